using PerfLab.Experiments.Thresholds;

namespace PerfLab.Cli.Options;

/// <summary>Collects everything that is wrong with a command, so that the user corrects it once.</summary>
internal sealed class UsageFaults
{
    private readonly List<string> _faults = [];

    /// <summary>Adds a fault when a condition does not hold.</summary>
    public void Unless(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Reads something; what it throws about its text becomes a fault.</summary>
    /// <param name="read">Reads.</param>
    /// <param name="otherwise">Stands for what could not be read, until <see cref="ThrowIfAny"/>.</param>
    /// <param name="context">Stands before the message; empty when the message names the place itself.</param>
    public T Read<T>(Func<T> read, T otherwise, string context = "")
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FormatException or ArgumentException or Experiments.Thresholds.ThresholdSyntaxException)
        {
            // Without the framework's "(Parameter 'name')", which says nothing to a user.
            var message = error is ArgumentException { ParamName: { } name } ? error.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal) : error.Message;
            _faults.Add(context + message);
            return otherwise;
        }
    }

    /// <exception cref="UsageException">There was a fault; the message has all of them, a line each.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new UsageException(string.Join(Environment.NewLine, _faults));
        }
    }
}

/// <summary>The user asked for something that cannot be; the message has what, where and what to do.</summary>
/// <param name="message">Three-part message.</param>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>One of a few words.</summary>
internal static class OptionChoice
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

/// <summary>Thresholds of a command line.</summary>
internal static class ThresholdOptions
{
    /// <summary>Reads thresholds that a load test can judge; others become faults.</summary>
    /// <param name="texts">As they were given.</param>
    /// <param name="requests">Names of the requests; null where they are not told apart.</param>
    /// <param name="faults">Receives the faults.</param>
    public static Threshold[] ReadForLoad(IReadOnlyList<string> texts, IReadOnlyCollection<string>? requests, UsageFaults faults)
    {
        var thresholds = texts.Select(text => faults.Read(() => Threshold.Parse(text), null)).OfType<Threshold>().ToArray();
        foreach (var threshold in thresholds)
        {
            var fault = ThresholdApplicability.FaultInLoadTest(threshold, requests);
            faults.Unless(fault is null, $"threshold '{threshold.Text}': {fault}");
        }

        return thresholds;
    }
}
