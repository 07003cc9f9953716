using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>What a target prints is counted, also beyond what its log keeps, and its end is shown without secrets.</summary>
public sealed class TargetLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;

    // 5 MiB of output, of which the log keeps 4.
    [Theory]
    [InlineData("printf 'one\\ntwo\\n'; printf three >&2", 13, 2)]
    [InlineData("head -c 5242880 /dev/zero | tr '\\0' '\\n'", 5_242_880, 5_242_880)]
    public async Task Bytes_and_lines_of_a_real_process_are_counted(string script, long bytes, long lines)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The target is a shell script.");
        using var log = new TargetLog(Path.Combine(_folder, "target.log"));

        await CliWrap.Cli.Wrap("sh").WithArguments(["-c", script])
            .WithStandardOutputPipe(log.Pipe())
            .WithStandardErrorPipe(log.Pipe())
            .ExecuteAsync(TestContext.Current.CancellationToken);

        Assert.Equal((bytes, lines), log.Printed);
    }

    // None of them stands in a scenario: a service has them from its own settings.
    [Theory]
    [InlineData("connect ECONNREFUSED postgres://app:planted97x@db:5432/shop")]
    [InlineData("refused eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.planted97x")]
    [InlineData("Host=db;Username=app;Password=planted97x;Timeout=3")]
    [InlineData("{\"level\":\"fatal\",\"apiKey\":\"planted97x\"}")]
    public async Task The_last_words_show_no_secret_of_the_target(string line)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The target is a shell script.");
        using var log = new TargetLog(Path.Combine(_folder, "target.log"));

        // The second time the secret reaches from before the tail, of 2,000 characters, into it.
        foreach (var (before, after) in ((int, int)[])[(0, 0), (30_000, 1_995)])
        {
            await CliWrap.Cli.Wrap("sh").WithArguments(["-c", "printf '%s\\n' \"$1\" \"$2\" \"$3\"", "print", new string('.', before), line, new string('.', after)])
                .WithStandardOutputPipe(log.Pipe())
                .ExecuteAsync(TestContext.Current.CancellationToken);

            Assert.DoesNotContain("97x", log.Tail(), StringComparison.Ordinal);
        }

        Assert.InRange(log.Tail().Length, 1_990, 2_000);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
