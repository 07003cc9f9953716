namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>The shortest scenario that there is, to which a test adds what it is about.</summary>
internal static class MinimalScenario
{
    public const string Path = "scenarios/minimal.yaml";

    public const string Text = """
        scenario: minimal
        question: What does tracing cost?
        target:
          command: [dotnet, app.dll]
          ready: { path: /health }
          requests:
            - { name: home, path: / }
        baseline: off
        variants:
          - { name: off, meaning: No tracing }
          - { name: on, meaning: Every trace, env: { OTEL_TRACES_SAMPLER: always_on } }

        """;

    public static string With(string more) => Text + more;

    public static string WithCommand(string command) => Text.Replace("[dotnet, app.dll]", command, StringComparison.Ordinal);
}
