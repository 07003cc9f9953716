using System.Buffers.Text;
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
    // Pinned for ever: the kernel reads from where the bytes lie, and nothing is pinned per request.
    private readonly byte[] _pinned;

    /// <param name="capacity">The most bytes that are ever written.</param>
    /// <param name="definition">What is sent.</param>
    /// <param name="check">The check of the response, or null.</param>
    public PreparedRequest(int capacity, RequestDefinition definition, BodyCheck? check)
    {
        _pinned = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
        IsHead = definition.Method == "HEAD";
        ExpectedStatus = definition.ExpectedStatus;
        BodyCheck = check;
    }

    /// <param name="bytes">What is always written.</param>
    /// <param name="definition">What is sent.</param>
    /// <param name="check">The check of the response, or null.</param>
    public PreparedRequest(ReadOnlySpan<byte> bytes, RequestDefinition definition, BodyCheck? check)
        : this(bytes.Length, definition, check)
    {
        bytes.CopyTo(_pinned);
        Length = bytes.Length;
    }

    public bool IsHead { get; }

    /// <summary>Gets the place in the list of all requests of the mix.</summary>
    public required int Index { get; init; }

    public StatusExpectation ExpectedStatus { get; }

    public BodyCheck? BodyCheck { get; }

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _pinned.AsSpan(0, Length);

    public byte* Pointer => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));

    /// <summary>Writes the n-th request into the bytes.</summary>
    public void Write(RequestLayout layout, long use) => Length = layout.Write(use, _pinned);
}

/// <summary>A request as HTTP/1.1 bytes: the head, the length of the body where there is one, the body.</summary>
internal sealed class RequestLayout
{
    private readonly WireTemplate _head;
    private readonly WireTemplate? _body;
    private readonly bool _statesLength;

    /// <param name="baseAddress">The target.</param>
    /// <param name="template">One whose requests <see cref="RequestValidator"/> allows.</param>
    public RequestLayout(Uri baseAddress, RequestTemplate template)
    {
        var request = template.Request;
        var pieces = new List<WirePiece>();
        Add($"{request.Method} {baseAddress.AbsolutePath.TrimEnd('/')}");
        pieces.AddRange(template.Path.Pieces);
        Add(" HTTP/1.1\r\n");
        if (!request.Headers.Keys.Contains("Host", StringComparer.OrdinalIgnoreCase))
        {
            // An IPv6 address in brackets, a name beyond ASCII in Punycode.
            var host = baseAddress.HostNameType == UriHostNameType.IPv6 ? baseAddress.Host : baseAddress.IdnHost;
            Add(string.Create(CultureInfo.InvariantCulture, $"Host: {host}{(baseAddress.IsDefaultPort ? string.Empty : $":{baseAddress.Port}")}\r\n"));
        }

        foreach (var (name, value) in template.Headers)
        {
            Add($"{name}: ");
            pieces.AddRange(value.Pieces);
            Add("\r\n");
        }

        _head = new WireTemplate(pieces);
        _body = template.Body;

        // RFC 9110, section 8.6: methods that expect content say so even when there is none.
        _statesLength = _body is not null || request.Method is "POST" or "PUT" or "PATCH";

        void Add(string text) => pieces.Add(new WirePiece.Literal(Encoding.Latin1.GetBytes(text)));
    }

    private static ReadOnlySpan<byte> LengthName => "Content-Length: "u8;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Gets the most bytes that one use takes.</summary>
    public int MaxLength => BodyRoom + (_body?.MaxLength ?? 0);

    // A length has at most ten digits.
    private int BodyRoom => _head.MaxLength + LengthName.Length + 10 + (2 * LineEnd.Length);

    public ReadOnlySpan<byte> ToBytes(long use)
    {
        var buffer = new byte[MaxLength];
        return buffer.AsSpan(0, Write(use, buffer));
    }

    /// <summary>Writes the n-th request.</summary>
    /// <returns>How many bytes it is.</returns>
    public int Write(long use, Span<byte> destination)
    {
        // The length stands before the body, so the body is written where it certainly has room, and moved.
        var body = destination[BodyRoom..];
        body = body[..(_body?.Write(use, body) ?? 0)];
        var length = _head.Write(use, destination);
        if (_statesLength)
        {
            Add(LengthName, destination);
            Utf8Formatter.TryFormat(body.Length, destination[length..], out var digits);
            length += digits;
            Add(LineEnd, destination);
        }

        Add(LineEnd, destination);
        Add(body, destination);
        return length;

        void Add(ReadOnlySpan<byte> bytes, Span<byte> target)
        {
            bytes.CopyTo(target[length..]);
            length += bytes.Length;
        }
    }
}

/// <summary>
/// The requests of a mix as bytes. Those with rows are written once, before the load; one with generated fields is written
/// when it starts, into bytes that are used again after its end. Not thread-safe.
/// </summary>
internal sealed class PreparedRequests
{
    private readonly PreparedRequest?[] _fixed;
    private readonly WrittenOnStart?[] _generated;
    private long _generatedCount;

    public PreparedRequests(Uri baseAddress, RequestMix mix)
    {
        _fixed = new PreparedRequest?[mix.Entries.Count];
        _generated = new WrittenOnStart?[mix.Entries.Count];
        RequestTemplate? template = null;
        RequestLayout? layout = null;
        for (var index = 0; index < _fixed.Length; index++)
        {
            var entry = mix.Entries[index];
            layout = ReferenceEquals(template, entry.Template) ? layout! : new RequestLayout(baseAddress, entry.Template);
            template = entry.Template;
            var check = mix.BodyCheckOf(template.Request);
            if (template.IsGenerated)
            {
                _generated[index] = new WrittenOnStart(layout, template.Request, check);
            }
            else
            {
                _fixed[index] = new PreparedRequest(layout.ToBytes(entry.Variant), template.Request, check) { Index = index };
            }
        }
    }

    /// <summary>Gets a request by its place in the mix, to be started at once.</summary>
    public PreparedRequest Take(int index) => _fixed[index] ?? _generated[index]!.Take(index, _generatedCount++);

    /// <summary>Takes a request back that has ended.</summary>
    public void Return(PreparedRequest request) => _generated[request.Index]?.Return(request);

    private sealed class WrittenOnStart(RequestLayout layout, RequestDefinition definition, BodyCheck? check)
    {
        private readonly Stack<PreparedRequest> _free = [];

        public PreparedRequest Take(int index, long use)
        {
            var request = _free.TryPop(out var free) ? free : new PreparedRequest(layout.MaxLength, definition, check) { Index = index };
            request.Write(layout, use);
            return request;
        }

        public void Return(PreparedRequest request) => _free.Push(request);
    }
}
