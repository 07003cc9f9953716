using PerfLab.Experiments.Results;
using PerfLab.MicroBenchmarks;

// Started by `./run.sh micro`, and by itself as the receiver of its exports.
switch (args)
{
    case [NullReceiver.Argument]:
        await NullReceiver.RunAsync();
        return 0;
    case [AllocationGuard.Argument, .. var rest]:
        AllocationGuard.Run(rest.FirstOrDefault());
        return 0;
    case [var word, var folder, LayerRun.HalfArgument, .. var rest] when Enum.TryParse<MicroBenchmarkMode>(word, ignoreCase: true, out var mode):
        return LayerRun.Write(mode, folder, rest.FirstOrDefault(), isHalf: true);
    case [var word, var folder, .. var rest] when Enum.TryParse<MicroBenchmarkMode>(word, ignoreCase: true, out var mode):
        return LayerRun.Write(mode, folder, rest.FirstOrDefault(), isHalf: false);
    default:
        await Console.Error.WriteLineAsync("This program is started by ./run.sh micro.");
        return 1;
}
