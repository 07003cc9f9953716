namespace PerfLab.Load.NullServers;

/// <summary>What a null server says.</summary>
internal static class NullAnswer
{
    /// <summary>Gets an answer as small web services give it.</summary>
    public static ReadOnlySpan<byte> Bytes => "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nServer: null\r\nContent-Length: 13\r\n\r\nHello, World!"u8;
}
