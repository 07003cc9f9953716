using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using PerfLab.Load.Linux;
using SocketAddress = PerfLab.Load.Linux.SocketAddress;

namespace PerfLab.Load.NullServers;

/// <summary>A non-blocking listening socket on 127.0.0.1.</summary>
internal static unsafe class ListeningSocket
{
    private const int FlagsNonBlockingCloseOnExec = 0x800 | 0x80000;

    /// <summary>Listens on a free port.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public static int Open(int backlog, out int port)
    {
        var address = new SocketAddress(new IPEndPoint(IPAddress.Loopback, 0));
        var descriptor = Check(StreamSocket.Create(address), "socket");
        var bytes = stackalloc byte[address.Bytes.Length];
        address.Bytes.Span.CopyTo(new Span<byte>(bytes, address.Bytes.Length));
        var length = (uint)address.Bytes.Length;
        _ = Check(LibC.Bind(descriptor, bytes, length), "bind");
        _ = Check(LibC.Listen(descriptor, backlog), "listen");
        _ = Check(LibC.GetSocketName(descriptor, bytes, &length), "getsockname");
        port = BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(bytes + 2, 2));
        return descriptor;
    }

    /// <summary>Accepts a connection, with the options of the listening one.</summary>
    /// <returns>Its descriptor, or below 0 when none waits.</returns>
    public static int Accept(int listener) => LibC.Accept(listener, null, null, FlagsNonBlockingCloseOnExec);

    private static int Check(int result, string call) => result >= 0
        ? result
        : throw new IOException($"{call} failed for 127.0.0.1: {Marshal.GetLastPInvokeErrorMessage()} (null server). Look at the limits of the process (ulimit -n).");
}
