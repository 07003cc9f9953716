using Microsoft.Diagnostics.Tracing.Etlx;
using Microsoft.Diagnostics.Tracing.EventPipe;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace PerfLab.Analysis.Diagnosis;

/// <summary>Reads the stacks out of the files that EventPipe writes.</summary>
public static class TraceFile
{
    private const double MeanBytes = 102_400;

    /// <summary>Reads the traces of an arm.</summary>
    /// <param name="traces">Name and file of each process; a file beside each is written and removed again.</param>
    /// <exception cref="InvalidDataException">A file is no trace.</exception>
    public static ArmProfile Read(IReadOnlyList<(string Process, string File)> traces)
    {
        var processes = traces.Select(trace => (trace.Process, Profile: Read(trace.File))).ToArray();
        return new ArmProfile
        {
            Cpu = StackProfile.Merge([.. processes.Select(process => (process.Process, process.Profile.Cpu))]),
            Allocation = StackProfile.Merge([.. processes.Select(process => (process.Process, process.Profile.Allocation))]),
            WaitingSampleCount = processes.Sum(process => process.Profile.WaitingSampleCount),
            RoundCount = processes.Max(process => process.Profile.RoundCount),
            LostEventCount = processes.Sum(process => process.Profile.LostEventCount),
        };
    }

    /// <summary>
    /// Estimates the bytes that an event AllocationSampled of .NET 10 stands for: the runtime samples one of 102,400 allocated bytes on the
    /// average and tells the object that holds it, so an object of s bytes is sampled with the probability 1 - (1 - 1/102400)^s
    /// (dotnet/runtime, docs/design/features/RandomizedAllocationSampling.md).
    /// </summary>
    /// <param name="objectBytes">The size of the object.</param>
    public static double EstimatedBytes(long objectBytes) => objectBytes / (1 - Math.Pow(1 - (1 / MeanBytes), objectBytes));

    private static ArmProfile Read(string file)
    {
        var converted = file + ".etlx";
        try
        {
            TraceLog.CreateFromEventPipeDataFile(file, converted);
            using var log = new TraceLog(converted);
            return Read(log);
        }
        catch (Exception error) when (error is FormatException or EndOfStreamException or InvalidOperationException)
        {
            throw new InvalidDataException($"{file}: this is no complete trace of EventPipe: {error.Message} Run the diagnosis again.", error);
        }
        finally
        {
            File.Delete(converted);
        }
    }

    private static ArmProfile Read(TraceLog log)
    {
        var (ran, sampled, ticked) = (new StackCounter(log), new StackCounter(log), new StackCounter(log));
        var ofThreads = new Dictionary<int, long>();
        var waiting = 0L;
        foreach (var traceEvent in log.Events)
        {
            var second = (int)(traceEvent.TimeStampRelativeMSec / 1000);
            var stack = traceEvent.CallStackIndex();
            switch (traceEvent)
            {
                case ClrThreadSampleTraceData { Type: ClrThreadSampleType.External } when ran.IsWaiting(stack):
                    waiting++;
                    ofThreads[traceEvent.ThreadID] = ofThreads.GetValueOrDefault(traceEvent.ThreadID) + 1;
                    break;
                case ClrThreadSampleTraceData:
                    ran.Add(stack, type: null, second, weight: 1);
                    ofThreads[traceEvent.ThreadID] = ofThreads.GetValueOrDefault(traceEvent.ThreadID) + 1;
                    break;
                case AllocationSampledTraceData sample:
                    sampled.Add(stack, sample.TypeName, second, EstimatedBytes(sample.ObjectSize));
                    break;
                case GCAllocationTickTraceData tick:
                    ticked.Add(stack, tick.TypeName, second, tick.AllocationAmount64);
                    break;
                default:
                    break;
            }
        }

        // Before .NET 10 the runtime takes no samples, and tells every 100 kB of a thread's allocations alone.
        return new ArmProfile
        {
            Cpu = ran.ToProfile(),
            WaitingSampleCount = waiting,
            RoundCount = ofThreads.Values.DefaultIfEmpty().Max(),
            Allocation = sampled.Count > 0 ? sampled.ToProfile() : ticked.ToProfile(),
            LostEventCount = log.EventsLost,
        };
    }

    /// <summary>Adds up the samples of each stack.</summary>
    private sealed class StackCounter(TraceLog log)
    {
        private readonly Dictionary<(CallStackIndex Stack, string? Type), Dictionary<int, double>> _weights = [];
        private readonly Dictionary<CallStackIndex, bool> _isWaiting = [];

        public long Count { get; private set; }

        public bool IsWaiting(CallStackIndex stack)
        {
            if (!_isWaiting.TryGetValue(stack, out var isWaiting))
            {
                _isWaiting.Add(stack, isWaiting = stack == CallStackIndex.Invalid || WaitingFrames.Contain([.. FramesOf(stack).Take(WaitingFrames.Depth)]));
            }

            return isWaiting;
        }

        public void Add(CallStackIndex stack, string? type, int second, double weight)
        {
            if (stack == CallStackIndex.Invalid)
            {
                return;
            }

            Count++;
            if (!_weights.TryGetValue((stack, type), out var seconds))
            {
                _weights.Add((stack, type), seconds = []);
            }

            seconds[second] = seconds.GetValueOrDefault(second) + weight;
        }

        public StackProfile ToProfile() => new(
            [.. _weights.Select(entry => new ProfiledStack([.. FramesOf(entry.Key.Stack).Reverse(), .. entry.Key.Type is { } type ? new[] { new ProfileFrame(type, ProfileFrame.AllocatedType) } : []], entry.Value))],
            Count);

        // The innermost first. Code that the runtime makes itself, such as stubs between managed and native code, has no method.
        private IEnumerable<ProfileFrame> FramesOf(CallStackIndex stack)
        {
            for (var frame = log.CallStacks[stack]; frame is not null; frame = frame.Caller)
            {
                if (frame.CodeAddress.Method?.FullMethodName is { } name)
                {
                    var end = name.IndexOf('(', StringComparison.Ordinal);
                    yield return new ProfileFrame(end > 0 ? name[..end] : name, frame.CodeAddress.ModuleName);
                }
            }
        }
    }
}
