using System.Runtime.InteropServices;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>What Windows is told must have the layout that it expects.</summary>
public sealed class KillOnCloseJobTests
{
    // sizeof and offsetof on x64, from the Windows SDK's winnt.h.
    [Fact]
    public void The_limits_have_the_layout_of_the_windows_sdk()
    {
        Assert.SkipUnless(nint.Size == 8, "The sizes are those of 64 bits.");

        Assert.Equal(64, Marshal.SizeOf<KillOnCloseJob.BasicLimits>());
        Assert.Equal(16, Marshal.OffsetOf<KillOnCloseJob.BasicLimits>(nameof(KillOnCloseJob.BasicLimits.LimitFlags)));
        Assert.Equal(144, Marshal.SizeOf<KillOnCloseJob.ExtendedLimits>());
        Assert.Equal(112, Marshal.OffsetOf<KillOnCloseJob.ExtendedLimits>(nameof(KillOnCloseJob.ExtendedLimits.ProcessMemoryLimit)));
    }
}
