using System.Globalization;
using System.Text.RegularExpressions;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench.Load;

/// <summary>A tool that makes a closed loop at full speed. The set is closed.</summary>
/// <param name="Name">The tool's name.</param>
internal abstract partial record BenchGenerator(string Name)
{
    /// <summary>Gets every tool, ours first.</summary>
    public static IReadOnlyList<BenchGenerator> All(IReadOnlyList<string> program) =>
        [new PerfLabDriver("sockets", program), new PerfLabDriver("httpclient", program), new Wrk(), new H2Load()];

    /// <summary>Gets the tool as a bench names it.</summary>
    public virtual async Task<BenchTool> DescribeAsync(int core, CancellationToken cancellationToken)
    {
        if (SystemTool.Find(Name) is null)
        {
            return new BenchTool(Name, null, $"{Name} is not installed. On Debian and Ubuntu: sudo apt-get install {DebianPackage}");
        }

        var output = await BenchProcess.RunAsync(core, [Name, VersionOption], TimeSpan.FromSeconds(20), null, cancellationToken);
        return new BenchTool(Name, output.Text.Trim().Split('\n')[0], null);
    }

    /// <summary>Gets the package that holds it.</summary>
    protected abstract string DebianPackage { get; }

    /// <summary>Gets the option that makes it say its version.</summary>
    protected abstract string VersionOption { get; }

    /// <summary>Runs a closed loop.</summary>
    public abstract Task<BenchRound> RunAsync(int round, string url, int connections, TimeSpan length, int core, CancellationToken cancellationToken);

    private static TimeSpan Limit(TimeSpan length) => length + TimeSpan.FromSeconds(60);

    private static string Whole(TimeSpan length) => Math.Max(1, Math.Ceiling(length.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static double Number(BenchOutput output, string tool, Regex pattern)
    {
        var match = pattern.Match(output.Text);
        return match.Success
            ? double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            : throw new TargetFailedException($"{tool} said nothing that matches {pattern} (bench): {output.Text.Trim()} Run it by hand.");
    }

    /// <summary>wrk, as Debian has it.</summary>
    public sealed partial record Wrk() : BenchGenerator("wrk")
    {
        protected override string DebianPackage => "wrk";

        protected override string VersionOption => "-v";

        public override async Task<BenchRound> RunAsync(int round, string url, int connections, TimeSpan length, int core, CancellationToken cancellationToken)
        {
            return Read(round, await BenchProcess.RunAsync(core, [Name, "-t1", $"-c{connections}", $"-d{Whole(length)}s", url], Limit(length), null, cancellationToken));
        }

        /// <summary>Reads what it printed.</summary>
        internal static BenchRound Read(int round, BenchOutput output)
        {
            var completed = (long)Number(output, "wrk", Requests());
            return new BenchRound
            {
                Round = round,
                Tool = "wrk",
                Answered = completed - Sum(Refusals()),
                Errors = Sum(Failures()) + Sum(Refusals()),
                Seconds = SecondsOf(output, completed),
                CpuSeconds = output.CpuSeconds,
                AllocatedBytes = null,
            };

            long Sum(Regex pattern) => pattern.Matches(output.Text).Sum(match => long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture));
        }

        // The time itself has two digits in a unit of its choice, minutes from 51 s on; the rate is that of the exact time.
        private static double SecondsOf(BenchOutput output, long completed) => completed > 0 && Number(output, "wrk", Rate()) is > 0 and var rate
            ? completed / rate
            : Number(output, "wrk", Elapsed()) * Elapsed().Match(output.Text).Groups["unit"].Value switch { "us" => 1e-6, "ms" => 1e-3, "m" => 60, "h" => 3600, _ => 1 };

        [GeneratedRegex(@"(?<number>\d+) requests in ", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
        private static partial Regex Requests();

        [GeneratedRegex(@"requests in (?<number>[\d.]+)(?<unit>us|ms|s|m|h)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
        private static partial Regex Elapsed();

        [GeneratedRegex(@"Requests/sec: +(?<number>[\d.]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
        private static partial Regex Rate();

        // "Socket errors: connect 0, read 0, write 0, timeout 0", only when there are some.
        [GeneratedRegex(@"(connect|read|write|timeout) (?<number>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
        private static partial Regex Failures();

        // "Non-2xx or 3xx responses: 12", likewise; they are among the requests.
        [GeneratedRegex(@"responses: (?<number>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
        private static partial Regex Refusals();
    }

    /// <summary>h2load of nghttp2 over HTTP/1.1.</summary>
    public sealed partial record H2Load() : BenchGenerator("h2load")
    {
        protected override string DebianPackage => "nghttp2-client";

        protected override string VersionOption => "--version";

        public override async Task<BenchRound> RunAsync(int round, string url, int connections, TimeSpan length, int core, CancellationToken cancellationToken)
        {
            var output = await BenchProcess.RunAsync(core, [Name, "--h1", "-t1", $"-c{connections}", "-D", Whole(length), url], Limit(length), null, cancellationToken);
            return Read(round, output, double.Parse(Whole(length), CultureInfo.InvariantCulture));
        }

        /// <summary>Reads what it printed.</summary>
        internal static BenchRound Read(int round, BenchOutput output, double seconds) => new()
        {
            Round = round,
            Tool = "h2load",
            Answered = (long)Number(output, "h2load", Succeeded()),
            Errors = (long)Number(output, "h2load", Failed()),
            Seconds = seconds,
            CpuSeconds = output.CpuSeconds,
            AllocatedBytes = null,
        };

        [GeneratedRegex(@"requests:.* (?<number>\d+) succeeded", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
        private static partial Regex Succeeded();

        // Statuses among them; those that it calls errored and timed out are a part of these (h2load(1)).
        [GeneratedRegex(@"requests:.* (?<number>\d+) failed", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
        private static partial Regex Failed();
    }

    /// <summary>This program.</summary>
    /// <param name="Driver">The driver.</param>
    /// <param name="Program">The command that starts it.</param>
    public sealed record PerfLabDriver(string Driver, IReadOnlyList<string> Program) : BenchGenerator(Driver)
    {
        protected override string DebianPackage => string.Empty;

        protected override string VersionOption => "--version";

        public override Task<BenchTool> DescribeAsync(int core, CancellationToken cancellationToken) =>
            Task.FromResult(new BenchTool(Name, $"PerfLab {typeof(PerfLabDriver).Assembly.GetName().Version}, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}", null));

        public override async Task<BenchRound> RunAsync(int round, string url, int connections, TimeSpan length, int core, CancellationToken cancellationToken)
        {
            var record = await PerfLabGenerator.RunAsync(
                Program, core, [url, "--driver", Driver, "--connections", Text(connections), "--duration", $"{Text(length.TotalMilliseconds)}ms"], Limit(length), null, cancellationToken);
            return new BenchRound
            {
                Round = round,
                Tool = Name,
                Answered = record.Counts.AnsweredInWindow,
                Errors = record.Counts.Errors,
                Seconds = record.WindowSeconds,
                CpuSeconds = record.Generator.ProcessCpuSeconds,
                AllocatedBytes = record.Generator.AllocatedBytes,
            };
        }

        private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
