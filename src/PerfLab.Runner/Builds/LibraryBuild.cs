using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Runner.Builds;

/// <summary>The micro benchmarks built once more with another version of OpenTelemetry, in a folder of their own that is gone when it is disposed of.</summary>
public sealed partial class LibraryBuild : IDisposable
{
    private const int LogLinesInMessage = 15;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _scratch = LeftFolders.CreateTemporary("perflab-micro-");

    private readonly RunLock? _held;

    private LibraryBuild() => _held = RunLock.TryTake(_scratch.FullName);

    /// <summary>Gets the program.</summary>
    public string Program => Path.Combine(_scratch.FullName, "out", "PerfLab.MicroBenchmarks.dll");

    /// <summary>Builds it; lock files and the usual build stay as they are.</summary>
    /// <param name="root">The folder of the checkout.</param>
    /// <param name="version">The version of OpenTelemetry's packages; those of instrumentation have the same first two numbers.</param>
    /// <param name="log">The file that takes what the build prints.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="InvalidDataException">There is no such version, or the benchmarks cannot be built with it.</exception>
    public static Task<LibraryBuild> MakeAsync(string root, string version, string log, CancellationToken cancellationToken) =>
        MakeAsync(root, version, log, s_limit, cancellationToken);

    /// <summary>Builds it within a time.</summary>
    internal static async Task<LibraryBuild> MakeAsync(string root, string version, string log, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (VersionPattern().Match(version) is not { Success: true } parts)
        {
            throw new InvalidDataException($"'{version}' is no version (--against). Write it as NuGet does, for example 1.21.0.");
        }

        var build = new LibraryBuild();
        try
        {
            await build.RunAsync(root, version, parts, log, limit, cancellationToken);
            return build;
        }
        catch
        {
            build.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _held?.Dispose();
        try
        {
            _scratch.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Something of a build that was interrupted still writes; the first error is the one that is told.
        }
    }

    private async Task RunAsync(string root, string version, Match parts, string log, TimeSpan time, CancellationToken cancellationToken)
    {
        var (major, minor) = (parts.Groups["major"].Value, int.Parse(parts.Groups["minor"].Value, NumberStyles.None, CultureInfo.InvariantCulture));
        string[] command =
        [
            "dotnet", "build", Path.Combine(root, "src", "PerfLab.MicroBenchmarks", "PerfLab.MicroBenchmarks.csproj"), "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false",
            "-p:UseArtifactsOutput=true", $"-p:ArtifactsPath={Escape(_scratch.FullName)}", $"-p:OutputPath={Escape(Path.Combine(_scratch.FullName, "out"))}/",
            $"-p:LockFileFolder={Escape(_scratch.FullName)}", "-p:RestoreLockedMode=false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false",
            $"-p:OpenTelemetryVersion=[{version}]", string.Create(CultureInfo.InvariantCulture, $"-p:OpenTelemetryInstrumentationVersion=[{major}.{minor}.0%2C{major}.{minor + 1}.0)"),
        ];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(time);
        var printed = new StringBuilder();
        int code;
        try
        {
            code = await BuildProcess.RunAsync(command, root, PipeTarget.ToStringBuilder(printed), limit.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidDataException($"OpenTelemetry {version} was not restored and built within {time.TotalMinutes:0.#} minutes (--against). Check that the package sources answer; what the build printed stands in {log}.", error);
        }
        finally
        {
            await File.WriteAllTextAsync(log, printed.ToString(), CancellationToken.None);
        }

        var text = printed.ToString();
        if (code != 0)
        {
            throw Failure(version, text, log);
        }
    }

    // NuGet's errors NU1101 to NU1103: no such package, no such version, no stable version of it.
    private static InvalidDataException Failure(string version, string printed, string log)
    {
        if (NotFound().Match(printed) is { Success: true } missing)
        {
            var nearest = Nearest().Match(printed);
            return new InvalidDataException(
                $"OpenTelemetry {version} cannot be restored (--against): no package {missing.Groups["package"].Value} of this version is served{(nearest.Success ? $", the nearest is {nearest.Groups["version"].Value}" : string.Empty)}. " +
                "Name a version of which core, exporter, hosting and both packages of instrumentation are there.");
        }

        var errors = KnownSecrets.HideForeign(string.Join(Environment.NewLine, printed.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Take(LogLinesInMessage)));
        return new InvalidDataException($"The benchmarks cannot be built with OpenTelemetry {version} (--against). Name a newer version. All that the build printed stands in {log}, its errors:{Environment.NewLine}{errors}");
    }

    // MSBuild takes apart what it is told at these.
    private static string Escape(string value) => value.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<major>[0-9]{1,4})\.(?<minor>[0-9]{1,4})\.[0-9]{1,6}(?:-[0-9A-Za-z.-]{1,40})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"NU110[123]: [^\n]*?(?<package>OpenTelemetry(?:\.\w+)*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotFound();

    [GeneratedRegex(@"Nearest version: (?<version>[0-9A-Za-z.-]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nearest();
}
