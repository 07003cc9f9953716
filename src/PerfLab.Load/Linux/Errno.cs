namespace PerfLab.Load.Linux;

/// <summary>Error numbers of Linux (asm-generic/errno.h), the same on x64 and Arm64.</summary>
internal static class Errno
{
    public const int Interrupted = 4;
    public const int Again = 11;
    public const int InvalidArgument = 22;
    public const int BrokenPipe = 32;
    public const int NoSuchSystemCall = 38;
    public const int ConnectionReset = 104;
    public const int TimedOut = 110;
    public const int ConnectionRefused = 111;
    public const int InProgress = 115;
}
