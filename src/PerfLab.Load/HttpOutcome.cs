using PerfLab.Load.Outcomes;

namespace PerfLab.Load;

/// <summary>How one request over HttpClient ended.</summary>
/// <param name="Kind">The kind of error, or null for the expected answer.</param>
/// <param name="Text">About the error.</param>
/// <param name="BodyBytes">Length of the body of an answer.</param>
internal readonly record struct HttpOutcome(ErrorKind? Kind, string Text, long BodyBytes)
{
    public static HttpOutcome Answer(long bodyBytes) => new(null, string.Empty, bodyBytes);

    public static HttpOutcome Error(ErrorKind kind, string text) => new(kind, text, 0);
}
