namespace PerfLab.Load.NullServers;

/// <summary>Counts the empty lines that end requests without a body, on many connections, in pieces of any size.</summary>
internal sealed class RequestEndCounter
{
    // How much of CR LF CR LF has come, by descriptor; -1 for no connection.
    private sbyte[] _matched = [];

    public IEnumerable<int> Descriptors => Enumerable.Range(0, _matched.Length).Where(descriptor => _matched[descriptor] >= 0);

    private static ReadOnlySpan<byte> EmptyLine => "\r\n\r\n"u8;

    public void Begin(int descriptor)
    {
        if (descriptor >= _matched.Length)
        {
            var old = _matched.Length;
            Array.Resize(ref _matched, Math.Max(1024, descriptor * 2));
            _matched.AsSpan(old).Fill(-1);
        }

        _matched[descriptor] = 0;
    }

    public void End(int descriptor) => _matched[descriptor] = -1;

    /// <summary>Takes the next bytes of a connection.</summary>
    /// <returns>The requests that end in them.</returns>
    public int Count(int descriptor, ReadOnlySpan<byte> bytes)
    {
        // Nearly always one whole request has come.
        if (_matched[descriptor] == 0 && bytes.IndexOf(EmptyLine) == bytes.Length - EmptyLine.Length)
        {
            return 1;
        }

        var count = 0;
        int matched = _matched[descriptor];
        foreach (var value in bytes)
        {
            matched = value == EmptyLine[matched] ? matched + 1 : value == EmptyLine[0] ? 1 : 0;
            if (matched == EmptyLine.Length)
            {
                count++;
                matched = 0;
            }
        }

        _matched[descriptor] = (sbyte)matched;
        return count;
    }
}
