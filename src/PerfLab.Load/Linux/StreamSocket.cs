using System.Runtime.InteropServices;

namespace PerfLab.Load.Linux;

/// <summary>Raw non-blocking TCP sockets; every call returns at once, failures are error numbers.</summary>
internal static unsafe class StreamSocket
{
    private const int TypeStreamNonBlockingCloseOnExec = 1 | 0x800 | 0x80000;
    private const int LevelSocket = 1;
    private const int OptionError = 4;
    private const int LevelTcp = 6;
    private const int OptionNoDelay = 1;
    private const int FlagNoSignal = 0x4000;

    /// <summary>Begins to connect.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="descriptor">The socket, to be closed by the caller; -1 when there is none.</param>
    /// <returns>0 when connected, <see cref="Errno.InProgress"/>, or the error number.</returns>
    public static int BeginConnect(SocketAddress address, out int descriptor)
    {
        descriptor = LibC.Socket(address.Family, TypeStreamNonBlockingCloseOnExec, 0);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        // Without this a second small write waits for the acknowledgement of the first (Nagle).
        var on = 1;
        _ = LibC.SetSocketOption(descriptor, LevelTcp, OptionNoDelay, &on, sizeof(int));
        fixed (byte* bytes = address.Bytes.Span)
        {
            return LibC.Connect(descriptor, bytes, (uint)address.Bytes.Length) == 0 ? 0 : Marshal.GetLastPInvokeError();
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
        nint sent;
        do
        {
            sent = LibC.Send(descriptor, bytes, (nuint)length, FlagNoSignal);
        }
        while (sent < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        return sent >= 0 ? (int)sent : -Marshal.GetLastPInvokeError();
    }

    /// <summary>Receives what is there.</summary>
    /// <returns>Bytes received, 0 at the end of the stream, or minus the error number.</returns>
    public static int Receive(int descriptor, byte* buffer, int capacity)
    {
        nint received;
        do
        {
            received = LibC.Receive(descriptor, buffer, (nuint)capacity, 0);
        }
        while (received < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        return received >= 0 ? (int)received : -Marshal.GetLastPInvokeError();
    }
}
