using System.CommandLine;
using PerfLab.Cli;
using PerfLab.Cli.Bench;
using PerfLab.Cli.Display;
using PerfLab.Cli.Init;
using PerfLab.Cli.LoadTests;
using PerfLab.Cli.Nightly;
using PerfLab.Cli.Options;
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
    CalibrateVerb.Create(),
    NightlyVerb.Create(),
    BenchVerb.Create(),
    MicroVerb.Create(),
    LedgerVerb.Create(),
    PredictVerb.Create(),
    CleanVerb.Create(),
};

return await ErrorBoundary.InvokeAsync(root, args);
