using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary>The layers with another version of OpenTelemetry, built and run for real.</summary>
public sealed class MicroTests
{
    private const string Other = "1.20.1";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Another_version_is_built_beside_this_one_and_each_layer_is_compared()
    {
        using var folder = new TemporaryFolder();

        var run = await Micro(folder, "--smoke", "--filter", "recorded/child", "--against", Other);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains($"against {Other}", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        using var comparison = JsonDocument.Parse(await File.ReadAllBytesAsync(
            Assert.Single(Directory.GetFiles(folder.FullPath, "comparison.json", SearchOption.AllDirectories)), TestContext.Current.CancellationToken));
        Assert.Equal(Other, comparison.RootElement.GetProperty("other_versions").GetProperty("OpenTelemetry").GetString());
        Assert.NotEqual(Other, comparison.RootElement.GetProperty("versions").GetProperty("OpenTelemetry").GetString());
        Assert.Contains("recorded/child", comparison.RootElement.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("layer").GetString()));
    }

    [Theory]
    [InlineData("0.0.1", "0.0.1")]
    [InlineData("the newest", "is no version")]
    public async Task A_version_that_there_is_not_is_told(string version, string words)
    {
        using var folder = new TemporaryFolder();

        var run = await Micro(folder, "--smoke", "--filter", "recorded/child", "--against", version);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private static Task<ProgramResult> Micro(TemporaryFolder folder, params string[] options) =>
        RunningProgram.RunAsync(folder.FullPath, Checkout.Script, ["micro", "--results", folder.FullPath, .. options], s_limit);
}
