using System.CommandLine;
using PerfLab.Cli;
using PerfLab.Cli.Bench;
using PerfLab.Cli.Display;
using PerfLab.Cli.Init;
using PerfLab.Cli.LoadTests;
using PerfLab.Cli.Nightly;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using Spectre.Console;

var isPlain = PlainConsole.Prepare();
LastingWriter.Install();

// Only now: the console of Spectre keeps the writers that it finds when it is first touched.
AnsiConsole.Profile.Capabilities.Unicode &= !isPlain;
var root = new RootCommand("PerfLab: what tracing costs a service, what it lets you see, and which configuration to run.")
{
    InitVerb.Create(),
    DoctorVerb.Create(),
    ScenarioVerb.Create(),
    LoadVerb.Create(),
    CapacityVerb.Create(),
    ListVerb.Create(),
    ValidateVerb.Create(),
    ReportVerb.Create(),
    PublishVerb.Create(),
    ClaimsVerb.Create(),
    CompareVerb.Create(),
    NoiseVerb.Create(),
    RepositoryVerb.Of(CalibrateVerb.Create()),
    NightlyVerb.Create(),
    RepositoryVerb.Of(BenchVerb.Create()),
    RepositoryVerb.Of(MicroVerb.Create()),
    LedgerVerb.Create(),
    PredictVerb.Create(),
    CleanVerb.Create(),
};

// The verb test is one of run.sh alone, which a tool does not have.
if (StartCommand.IsTool)
{
    root.Add(RepositoryVerb.Of(new Command("test") { Hidden = true }));
}

return await ErrorBoundary.InvokeAsync(root, args);
