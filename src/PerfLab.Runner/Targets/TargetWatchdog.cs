using System.Diagnostics;
using System.Globalization;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Targets;

/// <summary>
/// A shell that waits for the end of this process and then ends its targets: those that ignore SIGTERM, and those that detached
/// themselves from their parent, which the kernel does not end with it. It learns of the end by its standard input. It finds them
/// by the variable that they inherit, by the pipe that takes their output, and those that it is told of also by their number and start.
/// </summary>
internal sealed class TargetWatchdog : IDisposable
{
    // Two seconds for targets that the kernel has asked to end; then none is left to ask. Twice, for one may be starting another.
    // One search reads all processes: a program started for each of them took seconds where several runs were killed at once.
    private const string Script =
        """
        trap '' HUP INT TERM
        exec >/dev/null 2>&1
        told= pipes=
        while read -r line; do
          case $line in
            ended) exit ;;
            pipe:*) line=${line#pipe:?} pipes="$pipes ${line%?}" ;;
            *) told="$told $line" ;;
          esac
        done
        sleep 2
        for again in 1 2; do
          for file in $(grep -lsaF "$1" /proc/[0-9]*/environ); do
            process=${file#/proc/}
            kill -9 "${process%%/*}"
          done
          for pipe in $pipes; do
            for link in $(find /proc/[0-9]*/fd/[12] -maxdepth 0 -lname "pipe:?$pipe?"); do
              process=${link#/proc/}
              kill -9 "${process%%/*}"
            done
          done
          for process in $told; do
            stat=$(cat "/proc/${process%:*}/stat") || continue
            set -- "$1" ${stat##*) }
            [ "${21}" != "${process#*:}" ] || kill -9 "${process%:*}"
          done
        done
        """;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Process? _shell;

    /// <summary>Starts the shell; where the platform has no <c>/proc</c> there is none, and on Windows the kernel itself ends targets.</summary>
    public TargetWatchdog()
    {
        if (OperatingSystem.IsWindows())
        {
            KillOnCloseJob.Enter();
        }

        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // In a session of its own: who kills the whole process group, as timeout does, would end the shell with it.
        string[] command = ["/bin/sh", "-c", Script, "perflab-watchdog", $"{TargetMark.Variable}={TargetMark.Owner}"];
        command = SystemTool.Find("setsid") is { } setsid ? [setsid, .. command] : command;
        _shell = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        });
    }

    /// <summary>Tells it of a process of a target, which may have cleared its environment and detached itself.</summary>
    /// <param name="process">The process.</param>
    public void Watch(ProcessIdentity process)
    {
        if (_shell is not null)
        {
            Tell(string.Create(CultureInfo.InvariantCulture, $"{process.Id}:{process.StartTicks}"));
        }
    }

    /// <summary>Tells it of the pipe that takes the output of a target: who writes into it belongs to the target, whoever started it.</summary>
    /// <param name="processId">The process of the target that was started first.</param>
    public void WatchOutput(int processId)
    {
        if (_shell is not null && new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/fd/1")).LinkTarget is { } pipe && pipe.StartsWith("pipe:[", StringComparison.Ordinal))
        {
            Tell(pipe);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_shell is null)
        {
            return;
        }

        Tell("ended");
        _shell.WaitForExit(EndLimit);
        _shell.Dispose();
    }

    private void Tell(string line)
    {
        try
        {
            lock (_gate)
            {
                _shell!.StandardInput.WriteLine(line);
                _shell.StandardInput.Flush();
            }
        }
        catch (IOException)
        {
            // It was ended by somebody else.
        }
    }
}
