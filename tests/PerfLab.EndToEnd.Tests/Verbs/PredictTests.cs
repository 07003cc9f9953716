using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary>A model fitted to runs that were measured once and for all, and what it predicts.</summary>
public sealed class PredictTests
{
    private const string Sampling = "20261129T010026Z-sampling-5ab8";
    private const string Tail = "20261129T024718Z-tail-62c8";

    private static readonly string[] s_service = ["predict", "--rps", "3000", "--spans", "18", "--attributes", "6", "--sampler", "ratio:0.1"];

    [Fact]
    public async Task Without_a_model_the_commands_that_make_one_are_named()
    {
        using var folder = new TemporaryFolder();

        var result = await Cli.RunAsync([.. s_service, "--model", Path.Combine(folder.FullPath, "none.json")]);

        Assert.Equal(104, result.ExitCode);
        Assert.All((string[])["./run.sh scenario cost-model", "./run.sh micro --quick", "./run.sh predict --fit latest"], command => Assert.Contains(command, result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_of_two_runs_predicts_an_order_as_those_runs_measured_it()
    {
        using var folder = new TemporaryFolder();
        using var sampling = new ReferenceRun(Sampling);
        using var tail = new ReferenceRun(Tail);
        var model = Path.Combine(folder.FullPath, "model.json");

        var fit = await Cli.RunAsync("predict", "--fit", sampling.Path, tail.Path, "--model", model, "--results", folder.FullPath);

        Assert.True(fit.ExitCode == 0, fit.ToString());
        Assert.Contains($"Written: {model}", fit.Output, StringComparison.Ordinal);
        Assert.Contains("tail-in-service", fit.Output, StringComparison.Ordinal);
        var first = await File.ReadAllTextAsync(model, TestContext.Current.CancellationToken);
        Assert.Contains(Sampling, first, StringComparison.Ordinal);

        await Cli.RunAsync("predict", "--fit", tail.Path, sampling.Path, "--model", model, "--results", folder.FullPath);
        Assert.Equal(first, await File.ReadAllTextAsync(model, TestContext.Current.CancellationToken));

        // An order has 11 spans with 5.5 attributes; the run of sampling measured it with every trace: summary.json of then.
        var order = await Cli.RunAsync("predict", "--rps", "2920", "--spans", "11", "--attributes", "5.55", "--no-calibration", "--model", model);
        Assert.True(order.ExitCode == 0, order.ToString());
        using var summary = sampling.SummaryOfThen();
        var arm = summary.RootElement.GetProperty("arms").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "always-on");
        var measured = arm.GetProperty("metrics").EnumerateArray().Single(one => one.GetProperty("metric").GetString() == "cpu").GetProperty("difference").GetProperty("estimate").GetDouble();
        var words = order.Output.Split(' ');
        var predicted = double.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("µs", words[3]);
        Assert.Equal(measured * 1e6, predicted, 0.1 * measured * 1e6);

        // Another machine takes more time, not more bytes.
        var scaled = await Cli.RunAsync("predict", "--rps", "2920", "--spans", "11", "--attributes", "5.55", "--scale", "2", "--model", model);
        Assert.Equal(2 * predicted, double.Parse(scaled.Output.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture), 1.0);
        Assert.Equal(order.Output.Split('\n')[1], scaled.Output.Split('\n')[1]);

        // More spans than any arm has.
        var more = await Cli.RunAsync([.. s_service, "--no-calibration", "--model", model]);
        Assert.Contains("Extrapolated", more.Output, StringComparison.Ordinal);

        // Nothing says how fast the model's machine is.
        var unscaled = await Cli.RunAsync([.. s_service, "--model", model]);
        Assert.Equal(104, unscaled.ExitCode);
        Assert.Contains("--no-calibration", unscaled.Error, StringComparison.Ordinal);

        // Everything that is wrong is said at once.
        var wrong = await Cli.RunAsync("predict", "--spans", "many", "--sampler", "half", "--scale", "2", "--no-calibration", "--http-spans", "-1", "--model", model);
        Assert.Equal(104, wrong.ExitCode);
        Assert.All((string[])["--rps is missing", "--spans: 'many'", "--attributes is missing", "--sampler: 'half'", "--scale states", "--http-spans: '-1'"], fault => Assert.Contains(fault, wrong.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("predict --fit describes a service", "--rps", "300")]
    [InlineData("no run", "--results", "/nonexistent")]
    public async Task A_fit_that_cannot_be_is_refused(string message, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var model = Path.Combine(folder.FullPath, "model.json");

        var result = await Cli.RunAsync(["predict", "--fit", "latest", "--model", model, .. options]);

        Assert.Equal(104, result.ExitCode);
        Assert.Contains(message.Replace("predict --fit ", string.Empty, StringComparison.Ordinal), result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(model));
    }
}
