using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>Scenario files over the real shop, or over small programs that misbehave in its place.</summary>
internal static class ScriptedTarget
{
    /// <summary>The variable by which a target and all that it starts are recognized: its value lies under the folder of the test.</summary>
    public const string FolderVariable = "SCRIPTED_TARGET_FOLDER";

    /// <summary>Writes a scenario over a command that is a YAML list.</summary>
    public static string Write(TemporaryFolder folder, string command, string readyTimeout = "20s", int rounds = 3, string budget = "2m") =>
        folder.Write("scripted.yaml", $$"""
            scenario: scripted
            question: What happens when a target misbehaves?
            target:
              command: {{command}}
              env: { {{FolderVariable}}: "{scratch}" }
              ready: { path: /health, timeout: {{readyTimeout}} }
              requests:
                - name: order
                  method: POST
                  path: /orders
                  headers: { Content-Type: application/json }
                  body: '{"userTier":"premium","paymentMethod":"card","items":[{"sku":"SKU-0101","quantity":1}]}'
            load: { rate: 100/s }
            design: { launch_sets: 6, rounds: {{rounds}}, slice: 100ms, warm_up: 500ms, budget: {{budget}} }
            baseline: a
            variants:
              - { name: a, meaning: First., env: { OTEL_SDK_DISABLED: "true" } }
              - { name: b, meaning: Second., env: { OTEL_SDK_DISABLED: "true" } }
            """);

    /// <summary>Gets the command of the real shop.</summary>
    public const string Shop = """[dotnet, "{targets}/Shop/Shop.dll", --services, all, --urls, "{url}"]""";
}
