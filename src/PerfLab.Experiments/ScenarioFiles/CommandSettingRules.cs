using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Settings of SDKs that stand in a command or in a variable of the JVM: the rules of <see cref="SdkVariableRules"/> hold for them too, and some would undo what PerfLab sets.</summary>
internal static class CommandSettingRules
{
    private const string Exporter = "OTEL_EXPORTER_OTLP_";
    private const string Headers = "HEADERS";

    /// <summary>Reports the faults of a process: those of its command, and those of the JVM's variables in <c>env</c>.</summary>
    /// <param name="section">Holds <c>command</c> and <c>env</c>, if it has them.</param>
    /// <param name="process">The process, with all its variables.</param>
    public static void Check(ScenarioSection section, TargetProcess process)
    {
        var settings = process.SdkSettingsUnder(new Dictionary<string, string>());
        if (section.Has("command") && section.Value("command") is YamlList { Items: var words } list && words.Count == process.Command.Count)
        {
            var isJvm = !process.IsDotNet && !CommandProgram.IsNode(process.Command);
            CommandSetting[] found = [.. CommandProgram.AssignmentsOf(process.Command), .. isJvm ? CommandSettings.PropertiesIn(process.Command) : []];
            CheckEach(found, setting => words[setting.Word], settings, process.IsDotNet, section.Faults);
            if (found.Length > 0 && FaultTogether(process.Environment) is null && FaultTogether(settings) is var (problem, advice))
            {
                section.Faults.Add(list, problem, advice);
            }
        }

        var variables = section.Has("env") ? section.Value("env") as YamlMap : null;
        foreach (var entry in variables?.Entries.Where(entry => CommandSettings.OptionVariables.Contains(entry.Key.Value, StringComparer.Ordinal)) ?? [])
        {
            var options = CommandSettings.OptionsIn((entry.Value as YamlText)?.Value ?? string.Empty);
            CheckEach([.. CommandSettings.PropertiesIn(options)], _ => entry.Value, settings, isDotNet: false, section.Faults);
        }
    }

    private static void CheckEach(CommandSetting[] found, Func<CommandSetting, YamlNode> nodeOf, IReadOnlyDictionary<string, string> settings, bool isDotNet, YamlFaults faults)
    {
        foreach (var setting in found)
        {
            if (FaultOf(setting, settings, isDotNet) is var (problem, advice))
            {
                faults.Add(nodeOf(setting), problem, advice);
            }
        }
    }

    private static (string Problem, string Advice)? FaultOf(CommandSetting setting, IReadOnlyDictionary<string, string> settings, bool isDotNet) =>
        OtlpEnvironment.IsRead(setting.Name) && CallerReference.NamesIn(setting.Value) is [var reference, ..]
            ? ($"${{{reference}}}: what {setting.Name} says must stand in the scenario, for the report judges the arms by it.", "Write the value itself.")
        : setting.Name.StartsWith(Exporter, StringComparison.Ordinal) && setting.Name.EndsWith(Headers, StringComparison.Ordinal) && !OtlpEnvironment.SetsEndpoint(settings)
            ? ($"it replaces {setting.Name}, in which PerfLab tells the collector which arm exports: over gRPC every export would be rejected.", $"Set {setting.Name} in env instead, to which PerfLab adds its own, or the endpoint of a collector of your own.")
        : SdkVariableRules.FaultOf(setting.Name, setting.Value, isDotNet) ?? OtlpEnvironment.FaultOf(setting.Name, setting.Value, isDotNet);

    // What belongs together may stand in different places.
    private static (string Problem, string Advice)? FaultTogether(IReadOnlyDictionary<string, string> settings) =>
        TraceSampler.Of(settings).FaultOfRatio() ?? OtlpEnvironment.FaultOfCompression(settings) ?? SdkNumberRules.FaultOfBatch(settings);
}
