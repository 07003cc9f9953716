using PerfLab.Cli.Packages;

namespace PerfLab.Cli.Verbs.Testing;

/// <summary>A program of the machine that some tests need and that comes with neither the SDK nor a package.</summary>
/// <param name="Commands">Its names; one of them on the PATH is enough.</param>
/// <param name="DebianPackage">The Debian or Ubuntu package that has it.</param>
/// <param name="Project">The test project that needs it.</param>
/// <param name="Purpose">What is not tested without it, after the word "without".</param>
internal sealed record TestTool(IReadOnlyList<string> Commands, string DebianPackage, string Project, string Purpose)
{
    /// <summary>Gets all of them. A test that needs one skips itself, with a reason, where it is absent.</summary>
    public static IReadOnlyList<TestTool> All { get; } =
    [
        new(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"], "chromium", "PerfLab.Reporting.Tests", "it no browser opens the report"),
        new(["initdb", "pg_ctlcluster"], "postgresql", "Shop.Tests", "it the shop is not tried with PostgreSQL"),
        new(["rabbitmq-server"], "rabbitmq-server", "Shop.Tests", "it the shop is not tried with RabbitMQ"),
    ];

    /// <summary>Gets whether it is on the PATH.</summary>
    public bool IsPresent => Commands.Any(ProgramPath.Has);
}
