namespace PerfLab.Cli.Verbs.Loads;

/// <summary>One of a few words.</summary>
internal static class Choice
{
    /// <summary>Finds what a word stands for; none stands for the first.</summary>
    /// <exception cref="FormatException">The word is another; the message names those that exist.</exception>
    public static T Of<T>(string? text, string option, params (string Word, T Meaning)[] choices)
    {
        foreach (var (word, meaning) in choices)
        {
            if (text is null || text == word)
            {
                return meaning;
            }
        }

        throw new FormatException($"'{text}' is not known ({option}). Use {string.Join(" or ", choices.Select(choice => choice.Word))}.");
    }
}
