using System.Text.Json.Nodes;
using PerfLab.Experiments.Generators;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>What an editor says about a scenario file and what PerfLab says about it must not differ.</summary>
public sealed class ScenarioSchemaTests
{
    private static readonly JsonObject Root =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Scenarios, "scenario.schema.json")))!.AsObject();

    private static readonly SchemaValidator Validator = new(Root);

    private static readonly string BadFolder = Path.Combine(Repository.Tests, "ScenarioFiles", "Bad");

    /// <summary>Faults that a schema cannot express: relations of values, ranges of units, syntax below the data.</summary>
    private static readonly HashSet<string> BeyondSchema =
    [
        "baseline-is-no-variant", "budget-too-short", "budget-too-short-for-levels", "capacity-share-beside-fixed-rate", "capacity-share-out-of-range",
        "duplicate-key", "duplicate-variants", "duration-out-of-range", "key-not-text", "load-closed-loop-with-back-end", "load-levels-beside-fixed-rate", "load-levels-with-back-end", "name-not-the-file", "octal-number", "placeholder-without-feed",
        "question-of-two-lines", "rate-above-range", "tag", "threshold-out-of-range", "thresholds-never-judged", "two-documents", "unknown-placeholder",
        "variant-called-as-control", "warm-up-limit-below-warm-up",
    ];

    public static TheoryData<string> Shipped => ScenarioFileTests.Shipped;

    public static TheoryData<string> Bad => BadScenarioTests.Names;

    public static TheoryData<string, string> Sections => new()
    {
        { "", nameof(SectionKeys.Scenario) },
        { "target", nameof(SectionKeys.Target) },
        { "process", nameof(SectionKeys.Process) },
        { "ready", nameof(SectionKeys.Ready) },
        { "request", nameof(SectionKeys.Request) },
        { "load", nameof(SectionKeys.Load) },
        { "generator", nameof(SectionKeys.Generator) },
        { "design", nameof(SectionKeys.Design) },
        { "variant", nameof(SectionKeys.Variant) },
        { "back_end", nameof(SectionKeys.BackEnd) },
        { "decide", nameof(SectionKeys.Decision) },
        { "traffic", nameof(SectionKeys.Traffic) },
        { "personal_data", nameof(SectionKeys.PersonalData) },
        { "personal_pattern", nameof(SectionKeys.PersonalPattern) },
        { "visibility", nameof(SectionKeys.TraceRetention) },
        { "visibility_request", nameof(SectionKeys.RetentionRequest) },
        { "alerts", nameof(SectionKeys.Alerts) },
        { "tail", nameof(SectionKeys.Tail) },
        { "tail_rule", nameof(SectionKeys.TailRule) },
    };

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_scenario_fits_the_schema(string file) =>
        Assert.True(Validator.Accepts(YamlAsJson.Read(File.ReadAllText(Path.Combine(Repository.Scenarios, file)))));

    [Fact]
    public void The_minimal_scenario_fits_the_schema() => Assert.True(Validator.Accepts(YamlAsJson.Read(MinimalScenario.Text)));

    [Theory]
    [MemberData(nameof(Bad))]
    public void The_schema_refuses_what_the_parser_refuses_as_far_as_a_schema_can(string name)
    {
        var document = YamlAsJson.Read(File.ReadAllText(Path.Combine(BadFolder, name + ".yaml")));

        // Where the syntax is broken an editor has no document that a schema could judge.
        Assert.Equal(BeyondSchema.Contains(name), document is not null && Validator.Accepts(document));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Each_section_has_the_same_keys_in_schema_and_parser(string definition, string section)
    {
        var keys = (IReadOnlyList<KeyRule>)typeof(SectionKeys).GetProperty(section)!.GetValue(null)!;
        var schema = Definition(definition);

        Assert.Equal(keys.Select(key => key.Name), schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(keys.Where(key => key.IsRequired).Select(key => key.Name), schema["required"]?.AsArray().Select(key => key!.GetValue<string>()) ?? []);
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
    }

    [Fact]
    public void The_metrics_and_their_thresholds_are_those_of_the_catalogue()
    {
        var properties = Definition("practical_thresholds")["properties"]!.AsObject();

        Assert.Equal(MetricCatalog.All.Select(metric => metric.Key), properties.Select(property => property.Key));
        Assert.All(MetricCatalog.All, metric =>
            Assert.Equal(metric.PracticalThreshold, Quantities.PracticalThreshold.Parse(properties[metric.Key]!["default"]!.GetValue<string>()).Value, precision: 12));
    }

    [Fact]
    public void A_precision_can_be_asked_of_every_metric_that_has_a_ratio() =>
        Assert.Equal(
            MetricCatalog.All.Where(metric => !metric.IsDifferenceOnly).Select(metric => metric.Key),
            Definition("precision")["properties"]!.AsObject().Select(property => property.Key));

    [Fact]
    public void Words_are_the_same_in_schema_and_parser()
    {
        Assert.Equal(Choices.Arrivals.Keys, Words("load", "arrivals"));
        Assert.Equal(Choices.Loops.Keys, Words("generator", "loop"));
        Assert.Equal(GeneratorCatalog.Names, Definition("generator_tool")["enum"]!.AsArray().Select(word => word!.GetValue<string>()));
        Assert.Equal(Choices.Runtime.Keys, Words("design", "runtime"));
        Assert.Equal(Choices.Methods.Keys, Words("request", "method"));
        Assert.Equal(Choices.BackEndFaults.Keys, Words("back_end", "trouble"));
        Assert.Equal(Choices.TailDecisions.Keys, Words("tail", "decide"));
        Assert.Equal(Enum.GetValues<RuntimeProfile>().Skip(1).Order(), Choices.Runtime.Values.Order());
        Assert.Equal(Enum.GetValues<ArrivalProcess>().Skip(1).Order(), Choices.Arrivals.Values.Order());
    }

    [Fact]
    public void Patterns_are_the_same_in_schema_and_parser()
    {
        Assert.Equal(TextRule.ScenarioName.Pattern, Property("", "scenario")["pattern"]!.GetValue<string>());
        Assert.Equal(TextRule.VariantName.Pattern, Property("", "baseline")["pattern"]!.GetValue<string>());
        Assert.Equal(TextRule.VariantName.Pattern, Property("variant", "name")["pattern"]!.GetValue<string>());
        Assert.Equal(TextRule.ProcessName.Pattern, Property("process", "name")["pattern"]!.GetValue<string>());
        Assert.Equal(TextRule.RequestName.Pattern, Property("request", "name")["pattern"]!.GetValue<string>());
        Assert.Equal(TextRule.Path.Pattern, Definition("path")["pattern"]!.GetValue<string>());
        Assert.Equal(TextRule.VariableName.Pattern, Definition("env")["propertyNames"]!["pattern"]!.GetValue<string>());
        Assert.Equal(TextRule.AttributeName.Pattern, Property("tail_rule", "attribute")["pattern"]!.GetValue<string>());
        Assert.Equal(TextRule.HeaderName.Pattern, Property("request", "headers")["propertyNames"]!["pattern"]!.GetValue<string>());
    }

    [Fact]
    public void Ranges_are_the_same_in_schema_and_parser()
    {
        AssertRange(Quantities.LaunchSets.Least, Quantities.LaunchSets.Most, Property("design", "launch_sets"));
        AssertRange(Quantities.Rounds.Least, Quantities.Rounds.Most, Property("design", "rounds"));
        AssertRange(Quantities.Seed.Least, Quantities.Seed.Most, Property("design", "seed"));
        AssertRange(Quantities.MaxInFlight.Least, Quantities.MaxInFlight.Most, Property("load", "max_in_flight"));
        AssertRange(Quantities.Connections.Least, Quantities.Connections.Most, Property("generator", "connections"));
        AssertRange(Quantities.TailTraces.Least, Quantities.TailTraces.Most, Property("tail", "max_traces"));
        AssertRange(Quantities.AlertTraces.Least, Quantities.AlertTraces.Most, Property("alerts", "at_least"));
        AssertRange(Quantities.Hosts.Least, Quantities.Hosts.Most, Property("traffic", "hosts"));
        AssertRange(200, 599, Property("request", "expect")["anyOf"]![0]!.AsObject());
        AssertRange((decimal)Quantities.Weight.Least, (decimal)Quantities.Weight.Most, Property("request", "weight"));
    }

    [Fact]
    public void Defaults_are_the_same_in_schema_and_parser()
    {
        var written = ScenarioFile.Parse(MinimalScenario.With($"load: {Defaults("load")}\ndesign: {Defaults("design")}"), MinimalScenario.Path);
        var left = ScenarioFile.Parse(MinimalScenario.Text, MinimalScenario.Path);

        Assert.Equal(left.Load, written.Load);
        Assert.Equal(left.Design, written.Design);
        Assert.Equal("GET", Property("request", "method")["default"]!.GetValue<string>());
        Assert.Equal(200, Property("request", "expect")["default"]!.GetValue<int>());
        Assert.Equal(1, Property("request", "weight")["default"]!.GetValue<int>());
        Assert.Equal("30s", Property("ready", "timeout")["default"]!.GetValue<string>());
    }

    [Fact]
    public void Every_property_says_what_it_is()
    {
        var definitions = Root["$defs"]!.AsObject().Select(definition => definition.Value!.AsObject()).Append(Root);
        var properties = definitions
            .Where(definition => definition.ContainsKey("properties"))
            .SelectMany(definition => definition["properties"]!.AsObject());

        Assert.All(properties, property => Assert.NotNull(property.Value!["description"] ?? Validator.Resolve(property.Value.AsObject())["description"]));
    }

    private static void AssertRange(decimal least, decimal most, JsonObject property)
    {
        Assert.Equal(least, decimal.Parse(property["minimum"]!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(most, decimal.Parse(property["maximum"]!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture));
    }

    // JSON is YAML: the defaults of the schema, written out, are a section of a scenario file.
    private static string Defaults(string definition) => new JsonObject(
        Definition(definition)["properties"]!.AsObject()
            .Where(property => property.Value!["default"] is not null)
            .Select(property => KeyValuePair.Create(property.Key, property.Value!["default"]?.DeepClone()))).ToJsonString();

    private static IEnumerable<string> Words(string definition, string property) =>
        Property(definition, property)["enum"]!.AsArray().Select(word => word!.GetValue<string>());

    private static JsonObject Property(string definition, string property) => Definition(definition)["properties"]![property]!.AsObject();

    private static JsonObject Definition(string name) => name.Length == 0 ? Root : Root["$defs"]![name]!.AsObject();
}
