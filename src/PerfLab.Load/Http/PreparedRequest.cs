using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfLab.Load.Http;

/// <summary>The bytes of one request, ready to be sent as they are, and what counts as its answer.</summary>
internal sealed unsafe class PreparedRequest
{
    private readonly byte[] _pinned;

    public PreparedRequest(ReadOnlySpan<byte> bytes, bool isHead, int expectedStatus, BodyRules? bodyRules)
    {
        // Pinned for ever: the kernel reads from where the bytes lie, and nothing is pinned per request.
        _pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(_pinned);
        IsHead = isHead;
        ExpectedStatus = expectedStatus;
        BodyRules = bodyRules;
    }

    public bool IsHead { get; }

    /// <summary>Gets or sets the place in the list of all requests of the mix.</summary>
    public int Index { get; set; }

    public int ExpectedStatus { get; }

    public BodyRules? BodyRules { get; }

    /// <summary>Gets whether the request begins an iteration; the others begin when the one before was answered.</summary>
    public bool IsFirstStep { get; private set; } = true;

    /// <summary>Gets the next step of the iteration, or null after the last.</summary>
    public PreparedRequest? NextStep { get; private set; }

    public int Length => _pinned.Length;

    public ReadOnlySpan<byte> Span => _pinned;

    /// <summary>Links the steps of an iteration, once, before the load.</summary>
    public void AddNextStep(PreparedRequest next)
    {
        NextStep = next;
        next.IsFirstStep = false;
    }

    public byte* Pointer => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
}
