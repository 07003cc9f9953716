using PerfLab.Experiments;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load;
using PerfLab.Load.Simulations;
using PerfLab.Runner.Inspections;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.Diagnosis;

/// <summary>One arm: started as in a launch set, warmed up, loaded while its stacks are sampled, stopped; and stopped also when anything fails.</summary>
internal sealed class ArmDiagnosisRun(Plan plan, PlannedArm arm, ArmStarter starter, ISpanSink spans, GeneratorThread lab, IRunProgress progress)
{
    // After each the target is looked at: one that died is not loaded any further.
    private static readonly TimeSpan s_piece = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    /// <param name="duration">How long it is loaded; full seconds.</param>
    /// <param name="folder">Takes its logs and traces; exists.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="Targets.TargetFailedException">The target failed, or its stacks could not be sampled.</exception>
    /// <exception cref="NotDotNetException">None of its processes is .NET.</exception>
    public async Task<(DiagnosisLoad Load, IReadOnlyList<ProcessTrace> Traces)> RunAsync(TimeSpan duration, string folder, CancellationToken cancellationToken)
    {
        Report(second: 0, seconds: 0);
        spans.Reset(arm);
        await using var alive = new RunningArms(Path.Combine(folder, arm.FileStem));
        alive.Add(0, await starter.StartAsync(plan, arm, folder, alive.ScratchFolder, cancellationToken));
        var running = alive.InPlanOrder[0];
        var runtimes = running.Processes.ToDictionary(process => process, process => RuntimeDetector.Of(process.ServingProcessIds));
        if (runtimes.Values.All(runtime => runtime is not (ServiceRuntime.DotNet or ServiceRuntime.Unknown)))
        {
            throw new NotDotNetException(arm.Name, running.Processes[0].Name, runtimes[running.Processes[0]]);
        }

        await lab.RunAsync(() => new WarmUpPhase(plan, [running]).Run(launchSet: 1, cancellationToken));
        var recordings = new List<EventPipeRecording>();
        try
        {
            foreach (var process in running.Processes.Where(process => runtimes[process] is ServiceRuntime.DotNet or ServiceRuntime.Unknown))
            {
                var trace = new ProcessTrace(process.Name, Path.Combine(folder, $"{arm.FileStem}.{process.Name}.nettrace"));
                recordings.Add(await EventPipeRecording.BeginAsync(arm.Name, process.ServingProcessIds[0], trace, cancellationToken));
            }

            var load = await lab.RunAsync(() => Load(running, duration, cancellationToken));
            await Task.WhenAll(recordings.Select(recording => recording.EndAsync(cancellationToken)));
            return (load with { SampledProcesses = [.. recordings.Select(recording => recording.Trace.Process)], OtherProcesses = [.. running.Processes.Select(process => process.Name).Except(recordings.Select(recording => recording.Trace.Process))] },
                [.. recordings.Select(recording => recording.Trace)]);
        }
        finally
        {
            recordings.ForEach(recording => recording.Dispose());
        }
    }

    private DiagnosisLoad Load(RunningArm running, TimeSpan duration, CancellationToken cancellationToken)
    {
        var pieces = (int)Math.Ceiling(duration / s_piece);
        var before = running.Read().SteadyCpuSeconds;
        var results = new List<LoadResult>();
        var unused = new LatencyRecorder();
        for (var piece = 0; piece < pieces; piece++)
        {
            running.EnsureAlive();
            Report(piece + 1, pieces);
            var schedule = plan.Arrivals == ArrivalProcess.Poisson
                ? ArrivalSchedule.Poisson(plan.RatePerSecond, s_piece, SubSeed.Derive(plan.Seed, SeedPurpose.Arrivals, 1, piece))
                : ArrivalSchedule.ConstantPart(plan.RatePerSecond, s_piece, piece);
            results.Add(running.Driver.RunOpen(schedule, unused, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            running.Count(results[^1]);
        }

        running.EnsureAlive();
        return new DiagnosisLoad
        {
            Arm = arm.Name,
            FileStem = arm.FileStem,
            SampledProcesses = [],
            OtherProcesses = [],
            RatePerSecond = plan.RatePerSecond,
            Seconds = results.Sum(result => Math.Max(result.ScheduledSeconds, result.ElapsedSeconds)),
            AnsweredCount = results.Sum(result => result.Counts.Answered),
            CpuSeconds = running.Read().SteadyCpuSeconds - before,
        };
    }

    private void Report(int second, int seconds) => progress.Report(new RunStep(RunPhase.Diagnose, 0, 0) { Arm = arm.Name, Round = second, Rounds = seconds });
}
