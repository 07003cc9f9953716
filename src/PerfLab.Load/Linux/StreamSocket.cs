using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace PerfLab.Load.Linux;

/// <summary>Raw non-blocking TCP sockets; every call returns at once, failures are error numbers.</summary>
internal static unsafe class StreamSocket
{
    private const int TypeStreamNonBlockingCloseOnExec = 1 | 0x800 | 0x80000;
    private const int LevelSocket = 1;
    private const int OptionError = 4;
    private const int LevelTcp = 6;
    private const int OptionNoDelay = 1;
    private const int OptionCongestion = 13;
    private const int FlagNoSignal = 0x4000;

    /// <summary>Begins to connect.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="descriptor">The socket, to be closed by the caller; -1 when there is none.</param>
    /// <returns>0 when connected, <see cref="Errno.InProgress"/>, or the error number.</returns>
    public static int BeginConnect(SocketAddress address, out int descriptor)
    {
        descriptor = Create(address);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        fixed (byte* bytes = address.Bytes.Span)
        {
            return LibC.Connect(descriptor, bytes, (uint)address.Bytes.Length) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Makes a socket that sends at once.</summary>
    /// <returns>The socket, or below 0 with the error number left behind.</returns>
    public static int Create(SocketAddress address)
    {
        var descriptor = LibC.Socket(address.Family, TypeStreamNonBlockingCloseOnExec, 0);
        if (descriptor < 0)
        {
            return descriptor;
        }

        // Without this a second small write waits for the acknowledgement of the first (Nagle).
        var on = 1;
        _ = LibC.SetSocketOption(descriptor, LevelTcp, OptionNoDelay, &on, sizeof(int)); // Unix sockets refuse it and do not need it.
        if (address.IsLoopback)
        {
            ChooseReno(descriptor);
        }

        return descriptor;
    }

    // Some systems default to congestion control that paces by timers (BBR), which delays sends and costs processor time
    // for a network that is not there. Reno is in every kernel and free to choose; where it is not, nothing is lost.
    private static void ChooseReno(int descriptor)
    {
        fixed (byte* name = "reno"u8)
        {
            _ = LibC.SetSocketOption(descriptor, LevelTcp, OptionCongestion, (int*)name, 4);
        }
    }

    /// <summary>Gets and clears the pending error of a socket: how connecting ended.</summary>
    public static int TakeError(int descriptor)
    {
        var error = 0;
        var length = (uint)sizeof(int);
        return LibC.GetSocketOption(descriptor, LevelSocket, OptionError, &error, &length) == 0
            ? error
            : Marshal.GetLastPInvokeError();
    }

    /// <summary>Sends what fits.</summary>
    /// <returns>Bytes sent, or minus the error number.</returns>
    public static int Send(int descriptor, byte* bytes, int length)
    {
        while (true)
        {
            var sent = LibC.Send(descriptor, bytes, (nuint)length, FlagNoSignal);
            if (sent >= 0)
            {
                return (int)sent;
            }

            // Read only on failure: storing it after every call is what SetLastError does, three calls more.
            var error = Marshal.GetLastSystemError();
            if (error != Errno.Interrupted)
            {
                return -error;
            }
        }
    }

    /// <summary>Receives what is there.</summary>
    /// <returns>Bytes received, 0 at the end of the stream, or minus the error number.</returns>
    public static int Receive(int descriptor, byte* buffer, int capacity)
    {
        while (true)
        {
            var received = LibC.Receive(descriptor, buffer, (nuint)capacity, 0);
            if (received >= 0)
            {
                return (int)received;
            }

            var error = Marshal.GetLastSystemError();
            if (error != Errno.Interrupted)
            {
                return -error;
            }
        }
    }
}

/// <summary>An IP endpoint, or the path of a Unix socket, as the kernel wants it.</summary>
internal sealed class SocketAddress
{
    private const int FamilyUnix = 1;
    private const int FamilyIPv4 = 2;
    private const int FamilyIPv6 = 10;

    public SocketAddress(EndPoint endPoint)
        : this(endPoint as IPEndPoint, endPoint.ToString())
    {
    }

    private SocketAddress(IPEndPoint? endPoint, string? path)
    {
        if (endPoint is null)
        {
            // The family, the path, a zero at the end (unix(7)).
            Family = FamilyUnix;
            Bytes = (byte[])[FamilyUnix, 0, .. Encoding.UTF8.GetBytes(path!), 0];
            return;
        }

        IsLoopback = IPAddress.IsLoopback(endPoint.Address);
        var isIPv6 = endPoint.AddressFamily == AddressFamily.InterNetworkV6;
        Family = isIPv6 ? FamilyIPv6 : FamilyIPv4;
        var bytes = new byte[isIPv6 ? 28 : 16];
        MemoryMarshal.Write(bytes, (ushort)Family);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)endPoint.Port);
        if (isIPv6)
        {
            endPoint.Address.TryWriteBytes(bytes.AsSpan(8), out _);
            MemoryMarshal.Write(bytes.AsSpan(24), (uint)endPoint.Address.ScopeId);
        }
        else
        {
            endPoint.Address.TryWriteBytes(bytes.AsSpan(4), out _);
        }

        Bytes = bytes;
    }

    public bool IsLoopback { get; }

    public int Family { get; }

    public ReadOnlyMemory<byte> Bytes { get; }
}
