using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads the whole of a scenario from its tree, and checks what no section can check alone.</summary>
internal static class ScenarioReader
{
    // Rounds that are measured again, and starts that take longer than others.
    private const double ToolBudgetMargin = 1.25;

    /// <summary>Reads a scenario; it may be used only if no fault was added.</summary>
    /// <param name="root">The document.</param>
    /// <param name="path">The file; without folder and ending it is called as the scenario.</param>
    /// <param name="folders">Where programs are looked for; null leaves that to the run.</param>
    /// <param name="generator">The load tool of the command line, in place of that of the file; null for none.</param>
    /// <param name="faults">Where faults go.</param>
    public static Scenario Read(YamlNode root, string path, CommandFolders? folders, string? generator, YamlFaults faults)
    {
        var section = ScenarioSection.Open(root, SectionKeys.Scenario, faults);
        var target = section.Find("target") is { } targetNode
            ? TargetReader.Read(targetNode, Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".", faults)
            : new TargetDefinition([], []);
        var variants = VariantReader.ReadAll(section, target);
        if (folders is not null && target.BaseFolder is { } baseFolder)
        {
            new CommandCheck(folders, baseFolder).Report(section, target, variants);
        }

        var visibility = TraceRetentionReader.Read(section.Find("visibility"), faults, target.Login is not null);
        var load = LoadReader.Read(section.Find("load"), generator, faults);
        var loadNode = section.Has("load") ? section.Value("load") : root;
        GeneratorReader.Check(loadNode, load, target.Requests, faults);
        if (folders is not null && target.BaseFolder is { } loadFolder)
        {
            new CommandCheck(folders, loadFolder).Report(loadNode, load.Generator, faults);
        }

        var faultsBefore = faults.Count;
        var metrics = new MetricMeasurability(target, variants, load.Generator);
        var design = WithTool(DesignReader.Read(section.Find("design"), load, metrics, faults), load, variants.Count + 1);
        if (faults.Count == faultsBefore)
        {
            CheckBudget(section, target, variants, design, load, visibility?.TotalSeconds ?? 0);
        }

        var baseline = ReadBaseline(section, variants);
        CheckLevels(section, load, variants);
        var traffic = MoneyReader.ReadTraffic(section.Find("traffic"), faults);
        var pricing = MoneyReader.ReadPlans(section, traffic, Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".", folders?.Supplied);
        var measurability = new ThresholdMeasurability(target, variants, metrics, baseline, load, design);
        var scenario = new Scenario
        {
            Name = ReadName(section, Path.GetFileNameWithoutExtension(path)),
            Question = section.Text("question", TextRule.Sentence),
            Target = target,
            Load = load,
            Design = design,
            PersonalData = PersonalDataReader.Read(section.Find("personal_data"), faults),
            TraceRetention = visibility,
            Decision = DecisionReader.Read(section.Find("decide"), visibility, traffic, section.Has("pricing"), measurability, faults) is { } decision ? decision with { Pricing = pricing } : null,
            Variants = variants,
            Baseline = baseline,
            PracticalThresholds = ReadPracticalThresholds(section),
            Thresholds = ThresholdListReader.Read(section, measurability),
        };
        CheckControl(section, scenario);
        return scenario;
    }

    private static string ReadName(ScenarioSection section, string fileStem)
    {
        var name = section.Text("scenario", TextRule.ScenarioName);
        if (name.Length > 0 && name != fileStem)
        {
            section.Faults.Add(section.Value("scenario"), $"{QuotedText.Of(name)} is not the name of the file, {QuotedText.Of(fileStem)}.", "Make them the same: the name is how the scenario is called.");
        }

        return name;
    }

    private static string ReadBaseline(ScenarioSection section, IReadOnlyList<Variant> variants)
    {
        var baseline = section.Text("baseline", TextRule.VariantName);
        var isKnown = variants.Any(variant => variant.Name == baseline);

        // Without any readable variant there is another fault, and this one would be its echo.
        if (baseline.Length > 0 && variants.Count > 0 && !isKnown)
        {
            section.Faults.Add(section.Value("baseline"), $"{QuotedText.Of(baseline)} is not a variant.", NearestName.Advise(baseline, [.. variants.Select(variant => variant.Name)]));
        }

        return baseline;
    }

    private static OrderedDictionary<MetricId, double> ReadPracticalThresholds(ScenarioSection section)
    {
        var thresholds = new OrderedDictionary<MetricId, double>();
        if (section.Find("practical_thresholds") is not { } node)
        {
            return thresholds;
        }

        var keys = MetricCatalog.All.Select(metric => KeyRule.Optional(metric.Key, $"{metric.Key}: 5%")).ToList();
        var metrics = ScenarioSection.Open(node, keys, section.Faults);
        foreach (var metric in MetricCatalog.All)
        {
            if (metrics.Find(metric.Key) is { } value && ScenarioSection.ReadNumber(value, Quantities.PracticalThreshold, section.Faults) is { } threshold)
            {
                thresholds.Add(metric.Id, threshold);
            }
        }

        return thresholds;
    }

    // A fault lasts for a share of the first load's rounds; what follows it would be measured in its aftermath.
    private static void CheckLevels(ScenarioSection section, LoadDefinition load, IReadOnlyList<Variant> variants)
    {
        var key = load.Levels.Count > 0 ? "levels" : load.ClosedLoopConnections is null ? null : "closed_loop";
        if (key is not null && variants.FirstOrDefault(variant => variant.BackEnd is not null) is { } faulty)
        {
            section.Faults.Add(section.Value("load"), $"load.{key} cannot be combined with back_end, which {faulty.Name} has.", "Remove one of them.");
        }
    }

    // The control's files are named after the baseline; no variant may be called like them.
    private static void CheckControl(ScenarioSection section, Scenario scenario)
    {
        if (scenario.Variants.Any(variant => string.Equals(variant.Name, scenario.ControlFileStem, StringComparison.OrdinalIgnoreCase)))
        {
            section.Faults.Add(section.Value("variants"), $"{QuotedText.Of(scenario.ControlFileStem)} is kept for the files of the control arm.", "Give that variant another name.");
        }
    }

    // The slices of a tool of the command line take the place of the file's, whose budget knows nothing of them.
    private static DesignDefinition WithTool(DesignDefinition design, LoadDefinition load, int arms)
    {
        if (load.KeepsDesign)
        {
            return design;
        }

        // One more at the end, without load.
        var windows = (design.Rounds * (design.Slice.TotalSeconds + load.SecondsBesideWindow)) + design.Slice.TotalSeconds;
        var launchSets = Math.Min(design.LaunchSets, DesignReader.Defaults.LaunchSets);
        return design with { Budget = design.Budget + TimeSpan.FromSeconds(ToolBudgetMargin * launchSets * arms * windows) };
    }

    // The least that any run takes: the smallest number of launch sets, slices and one warm-up, without starting anything.
    private static void CheckBudget(ScenarioSection section, TargetDefinition target, IReadOnlyList<Variant> variants, DesignDefinition design, LoadDefinition load, double visibilitySeconds)
    {
        var arms = variants.Count + 1;
        var rounds = BatchWindow.RoundsOf(target, variants, design);
        var levels = load.Levels.Count;
        var measuredRounds = rounds + (levels * BatchWindow.LevelRounds(target, variants, design));
        var closedLoopSeconds = ClosedLoopLevel.Of(load, target, variants, design)?.SecondsFor(arms) ?? 0;
        var launchSeconds = (arms * measuredRounds * (design.Slice.TotalSeconds + load.SecondsBesideWindow)) + closedLoopSeconds + design.WarmUp.TotalSeconds + visibilitySeconds;
        var least = TimeSpan.FromSeconds(Quantities.LaunchSets.Least * launchSeconds);
        if (least <= design.Budget)
        {
            return;
        }

        var node = section.Has("design") ? section.Value("design") : section.Node;
        var reason = $"{Quantities.LaunchSets.Least} launch sets with {rounds} rounds{(levels > 0 ? $", and {measuredRounds - rounds} at load.levels," : string.Empty)} of {arms} arms{(closedLoopSeconds > 0 ? $" and {Quantities.ShowDuration(TimeSpan.FromSeconds(closedLoopSeconds))} of load.closed_loop" : string.Empty)} take {Quantities.ShowDuration(least)} at least";
        if (rounds > design.Rounds)
        {
            var delay = Quantities.ShowDuration(BatchWindow.LongestDelay(target, variants));
            reason += $", and {rounds} is the least: {design.Rounds} measure {Quantities.ShowDuration(BatchWindow.Stated(variants, design))}, not twice the {delay} between two batches of the SDK";
            section.Faults.Add(node.Line, node.Column, "design.budget", $"{Quantities.ShowDuration(design.Budget)} is too short: {reason}.", "Raise the budget, or set OTEL_BSP_SCHEDULE_DELAY in target.env, for example to \"500\" milliseconds.");
            return;
        }

        section.Faults.Add(node.Line, node.Column, "design.budget", $"{Quantities.ShowDuration(design.Budget)} is too short: {reason}.", "Raise the budget, or lower rounds, slice or warm_up.");
    }
}

/// <summary>Reads <c>thresholds</c>.</summary>
internal static class ThresholdListReader
{
    /// <summary>Reads all of them, and reports those that no run of the scenario could judge.</summary>
    public static IReadOnlyList<Threshold> Read(ScenarioSection section, ThresholdMeasurability measurability)
    {
        string[] names = [.. measurability.Variants.Select(variant => variant.Name)];
        string[] requests = [.. measurability.Target.Requests.Select(request => request.Name)];
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        var thresholds = new List<Threshold>();
        foreach (var item in section.Items("thresholds", "Write one condition a line, for example - overhead(cpu)<5%, or remove the key."))
        {
            if (ScenarioSection.ReadText(item, TextRule.Sentence, section.Faults) is not { } text || Parse(item, text, section.Faults) is not { } threshold)
            {
                continue;
            }

            var fault = ThresholdApplicability.FaultInScenario(threshold, names, measurability.Baseline, requests) ?? measurability.FaultOf(threshold);
            if (fault is var (problem, advice))
            {
                section.Faults.Add(item, problem, advice);
            }
            else if (!firstLines.TryAdd(threshold.Text, item.Line))
            {
                section.Faults.Add(item, $"the same threshold stands on line {firstLines[threshold.Text]}.", "Keep one of them.");
            }

            thresholds.Add(threshold);
        }

        return thresholds;
    }

    private static Threshold? Parse(YamlNode item, string text, YamlFaults faults)
    {
        try
        {
            return Threshold.Parse(text);
        }
        catch (ThresholdSyntaxException error)
        {
            // In quotation marks or over several lines a column of the text is none of the file.
            var offset = item is YamlText { IsPlain: true } ? error.Column - 1 : 0;
            faults.Add(item.Line, item.Column + offset, item.Path.ToString(), error.Problem, error.Advice);
            return null;
        }
    }
}
