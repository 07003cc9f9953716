using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Http;

namespace PerfLab.Load.Workloads;

/// <summary>The bytes of one request, ready to be sent as they are, and what counts as its answer.</summary>
internal sealed unsafe class PreparedRequest
{
    private readonly byte[] _pinned;

    public PreparedRequest(ReadOnlySpan<byte> bytes, bool isHead, int expectedStatus, BodyCheck? bodyRules)
    {
        // Pinned for ever: the kernel reads from where the bytes lie, and nothing is pinned per request.
        _pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(_pinned);
        IsHead = isHead;
        ExpectedStatus = expectedStatus;
        BodyCheck = bodyRules;
    }

    public bool IsHead { get; }

    /// <summary>Gets or sets the place in the list of all requests of the mix.</summary>
    public int Index { get; set; }

    public int ExpectedStatus { get; }

    public BodyCheck? BodyCheck { get; }

    public int Length => _pinned.Length;

    public ReadOnlySpan<byte> Span => _pinned;

    public byte* Pointer => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
}

/// <summary>Writes a request as HTTP/1.1 bytes, once, before the load.</summary>
internal static class RequestSerializer
{
    /// <param name="baseAddress">The target.</param>
    /// <param name="request">One that <see cref="RequestValidator"/> allow.</param>
    /// <param name="bodyRules">The check of the response, or null.</param>
    public static PreparedRequest Prepare(Uri baseAddress, RequestDefinition request, BodyCheck? bodyRules)
    {
        var body = request.Body is null ? [] : Encoding.UTF8.GetBytes(request.Body);
        var head = new StringBuilder()
            .Append(request.Method).Append(' ').Append(RequestTargetOf(baseAddress, request)).Append(" HTTP/1.1\r\n");
        if (!request.Headers.Keys.Contains("Host", StringComparer.OrdinalIgnoreCase))
        {
            head.Append("Host: ").Append(baseAddress.IsDefaultPort ? baseAddress.IdnHost : baseAddress.Authority).Append("\r\n");
        }

        foreach (var (name, value) in request.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        // RFC 9110, section 8.6: methods that expect content say so even when there is none.
        if (request.Body is not null || request.Method is "POST" or "PUT" or "PATCH")
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }

        var bytes = Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
        return new PreparedRequest([.. bytes, .. body], request.Method == "HEAD", request.ExpectedStatus, bodyRules);
    }

    /// <summary>Gets the path to ask for: that of the base address, without a final slash, before that of the request.</summary>
    public static string RequestTargetOf(Uri baseAddress, RequestDefinition request) =>
        baseAddress.AbsolutePath.TrimEnd('/') + request.Path;
}

/// <summary>What a request must fulfil so that both drivers send the same.</summary>
internal static class RequestValidator
{
    private static readonly string[] ComputedHeaders = ["Content-Length", "Transfer-Encoding", "Expect", "Upgrade"];

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
        Require(request.ExpectedStatus is >= 200 and <= 599, request, $"expected status {request.ExpectedStatus} is not final", "Use 200 to 599.");
        foreach (var (name, value) in request.Headers)
        {
            CheckHeader(request, name, value);
        }
    }

    private static void CheckHeader(RequestDefinition request, string name, string value)
    {
        Require(IsToken(name), request, $"'{name}' is not a header name", "Use letters, digits and hyphens.");
        Require(
            !ComputedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase),
            request,
            $"header {name} is set by the driver or not supported",
            "Leave it out.");
        Require(
            value.All(c => c is '\t' or (>= ' ' and < (char)127) or (> (char)159 and < (char)256)),
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
