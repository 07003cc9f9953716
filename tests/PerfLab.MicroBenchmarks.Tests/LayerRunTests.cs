using System.Diagnostics;
using PerfLab.Experiments.Results;

namespace PerfLab.MicroBenchmarks.Tests;

public sealed class LayerRunTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Every_layer_runs_once_within_a_minute()
    {
        var folder = Directory.CreateTempSubdirectory("perflab-micro-");
        try
        {
            var exitCode = await RunAsync("smoke", folder.FullName);

            Assert.Equal(0, exitCode);
            var record = MicroBenchmarkRecord.Read(folder.FullName);
            Assert.Equal(Layer.All.Select(layer => layer.Name), record.Layers.Select(layer => layer.Layer));
            Assert.All(record.Layers, layer => Assert.Null(layer.NanosecondsPerUnit));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_filter_that_no_layer_has_is_refused() => Assert.Equal(104, await RunAsync("smoke", Path.GetTempPath(), "no-such-layer"));

    [Fact]
    public void A_filter_takes_the_layers_below_along() =>
        Assert.Equal([Layer.Nothing, "recorded", "attributes/string-5", "redaction/nothing-found", "redaction/email-found"], Layer.Find("redaction").Select(layer => layer.Name));

    [Fact]
    public void Layers_have_names_of_their_own_and_stand_on_layers_before_them()
    {
        Assert.Equal(Layer.All.Count, Layer.All.Select(layer => layer.Name).Distinct(StringComparer.Ordinal).Count());
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in Layer.All)
        {
            Assert.True(layer.Over is null || before.Contains(layer.Over), layer.Name);
            before.Add(layer.Name);
        }
    }

    private static async Task<int> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Layer).Assembly.Location, .. arguments]) { UseShellExecute = false })!;
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(s_limit, TestContext.Current.CancellationToken);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
