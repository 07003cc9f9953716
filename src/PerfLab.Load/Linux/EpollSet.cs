using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfLab.Load.Linux;

/// <summary>
/// Waits for many sockets at once, edge-triggered: a socket is registered once in its life, so a request costs no
/// <c>epoll_ctl</c>. Timeouts have nanosecond resolution by <c>epoll_pwait2</c> (Linux 5.11), or by a timer descriptor before.
/// </summary>
internal sealed unsafe class EpollSet : IDisposable
{
    public const uint Readable = 0x1;
    public const uint Writable = 0x4;
    public const uint Error = 0x8;
    public const uint HungUp = 0x10;
    public const uint PeerClosed = 0x2000;
    private const uint EdgeTriggered = 1u << 31;

    private const int CloseOnExec = 0x80000;
    private const int OperationAdd = 1;
    private const nint PreciseWaitNumber = 441; // epoll_pwait2, the same on every architecture
    private const ulong TimerToken = ulong.MaxValue;
    private const int ClockMonotonic = 1;

    // struct epoll_event is packed on x64 only: 4 bytes of events, then 8 bytes of the caller's.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int TokenOffset = EventSize - 8;

    private readonly int _epoll;
    private readonly byte* _events;
    private readonly int _capacity;
    private int _timer = -1;
    private bool _disposed;

    public EpollSet(int capacity, bool forceTimerDescriptor = false)
    {
        _capacity = capacity;
        _epoll = Check(LibC.EpollCreate(CloseOnExec), "epoll_create1");
        _events = (byte*)NativeMemory.AllocZeroed((nuint)(capacity * EventSize));
        if (forceTimerDescriptor)
        {
            AddTimer();
        }
    }

    /// <summary>Registers a socket for reading, writing and closing by the peer, for all its life.</summary>
    public int Add(int descriptor, ulong token) => Add(descriptor, token, Readable | Writable | PeerClosed | EdgeTriggered);

    /// <summary>Waits until something happens or the time has passed.</summary>
    /// <param name="timeoutNanoseconds">0 looks once and returns.</param>
    /// <returns>The number of events to read by <see cref="EventsAt"/> and <see cref="TokenAt"/>; 0 when the time has passed.</returns>
    public int Wait(long timeoutNanoseconds)
    {
        int count;
        if (timeoutNanoseconds <= 0)
        {
            count = LibC.EpollPeek(_epoll, _events, _capacity, 0);
        }
        else if (_timer >= 0)
        {
            count = WaitByTimer(timeoutNanoseconds);
        }
        else
        {
            var timeout = TimeSpec.FromNanoseconds(timeoutNanoseconds);
            count = (int)LibC.EpollPreciseWait(PreciseWaitNumber, _epoll, _events, _capacity, &timeout, 0, 0);
            if (count < 0 && Marshal.GetLastPInvokeError() == Errno.NoSuchSystemCall)
            {
                AddTimer();
                return Wait(timeoutNanoseconds);
            }
        }

        // A signal ends a wait early; the caller looks at its clock anyway.
        return count >= 0 || Marshal.GetLastPInvokeError() == Errno.Interrupted ? Math.Max(count, 0) : Check(count, "epoll_wait");
    }

    public uint EventsAt(int index) => Unsafe.ReadUnaligned<uint>(_events + (index * EventSize));

    public ulong TokenAt(int index) => Unsafe.ReadUnaligned<ulong>(_events + (index * EventSize) + TokenOffset);

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_timer >= 0)
        {
            _ = LibC.Close(_timer);
        }

        _ = LibC.Close(_epoll);
        NativeMemory.Free(_events);
    }

    private static int Check(int result, string call) => result >= 0
        ? result
        : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call} failed in the load generator: {Marshal.GetLastPInvokeErrorMessage()}. Look at the limits of the process (ulimit -n).");

    private int Add(int descriptor, ulong token, uint events)
    {
        var epollEvent = stackalloc byte[16];
        Unsafe.WriteUnaligned(epollEvent, events);
        Unsafe.WriteUnaligned(epollEvent + TokenOffset, token);
        return LibC.EpollControl(_epoll, OperationAdd, descriptor, epollEvent) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    private void AddTimer()
    {
        const int nonBlocking = 0x800;
        _timer = Check(LibC.TimerCreate(ClockMonotonic, CloseOnExec | nonBlocking), "timerfd_create");
        _ = Check(-Add(_timer, TimerToken, Readable | EdgeTriggered), "epoll_ctl");
    }

    private int WaitByTimer(long timeoutNanoseconds)
    {
        var spec = new TimerSpec(default, TimeSpec.FromNanoseconds(timeoutNanoseconds));
        _ = Check(LibC.TimerSet(_timer, 0, &spec, null), "timerfd_settime");
        var count = LibC.EpollWait(_epoll, _events, _capacity, -1);
        return RemoveTimerEvent(count);
    }

    private int RemoveTimerEvent(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (TokenAt(i) == TimerToken)
            {
                // The last event takes the place of the timer's.
                Unsafe.CopyBlockUnaligned(_events + (i * EventSize), _events + ((count - 1) * EventSize), (uint)EventSize);
                return count - 1;
            }
        }

        return count;
    }
}
