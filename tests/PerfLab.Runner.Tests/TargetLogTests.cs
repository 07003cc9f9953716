using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>What a target prints is counted, also beyond what its log keeps.</summary>
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

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
