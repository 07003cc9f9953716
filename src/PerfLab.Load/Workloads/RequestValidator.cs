using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Http;

namespace PerfLab.Load.Workloads;

/// <summary>What a request must fulfil so that both drivers send the same.</summary>
internal static class RequestValidator
{
    /// <exception cref="ArgumentException">A rule is broken.</exception>
    public static void Validate(RequestDefinition request)
    {
        Require(IsToken(request.Method), request, $"method '{request.Method}' is not an HTTP method", "Use GET, POST or another word in capitals.");
        Require(request.Method != "CONNECT", request, "method CONNECT opens a tunnel", "Use another method.");
        Require(
            request.Path.StartsWith('/') && request.Path.All(c => c is > ' ' and < (char)127),
            request,
            $"path '{request.Path}' is not an absolute path in ASCII",
            "Begin it with / and escape spaces and other letters as %XX.");
        foreach (var (name, value) in request.Headers)
        {
            CheckHeader(request, name, value);
        }
    }

    /// <summary>Tells whether a header can carry a character; it is sent as one byte.</summary>
    public static bool IsHeaderCharacter(char character) => character is '\t' or (>= ' ' and < (char)127) or (> (char)159 and < (char)256);

    private static void CheckHeader(RequestDefinition request, string name, string value)
    {
        Require(IsToken(name), request, $"'{name}' is not a header name", "Use letters, digits and hyphens.");
        Require(
            !RequestDefinition.ExcludedHeaders.Contains(name),
            request,
            $"header {name} is set by the driver or not supported",
            "Leave it out.");
        Require(
            value.All(IsHeaderCharacter),
            request,
            $"the value of header {name} holds a character that a header cannot carry",
            "Remove line breaks and encode other letters.");
    }

    private static bool IsToken(string text) =>
        text.Length > 0 && Ascii.IsValid(text) && HeaderSyntax.IsToken(Encoding.ASCII.GetBytes(text));

    private static void Require(bool holds, RequestDefinition request, string what, string advice)
    {
        if (!holds)
        {
            throw new ArgumentException($"{what} (request '{request.Name}'). {advice}", nameof(request));
        }
    }
}
