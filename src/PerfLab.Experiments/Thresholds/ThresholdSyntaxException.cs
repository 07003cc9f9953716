namespace PerfLab.Experiments.Thresholds;

/// <summary>A text is no threshold. The message says what is wrong, in which column, and what is allowed there.</summary>
public sealed class ThresholdSyntaxException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="column">Where the fault begins, from 1, in UTF-16 units.</param>
    /// <param name="problem">What is wrong; one sentence.</param>
    /// <param name="advice">What is allowed; one sentence or more.</param>
    public ThresholdSyntaxException(string text, int column, string problem, string advice)
        : base($"threshold {QuotedText.Of(text)}, column {column}: {problem} {advice}")
    {
        Text = text;
        Column = column;
        Problem = problem;
        Advice = advice;
    }

    /// <summary>Gets the whole text.</summary>
    public string Text { get; }

    /// <summary>Gets where the fault begins, from 1, in UTF-16 units.</summary>
    public int Column { get; }

    /// <summary>Gets what is wrong.</summary>
    public string Problem { get; }

    /// <summary>Gets what is allowed there.</summary>
    public string Advice { get; }
}
