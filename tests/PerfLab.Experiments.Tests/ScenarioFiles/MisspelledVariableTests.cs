using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>What an SDK would pass over in silence, and a readiness path that asks another host, are refused.</summary>
public sealed class MisspelledVariableTests
{
    [Theory]
    [InlineData("OTEL_TRACE_SAMPLER: always_on", "OTEL_TRACES_SAMPLER")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADER: a=b", "OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("OTEL_SERVICENAME: shop", "OTEL_SERVICE_NAME")]
    [InlineData("OTEL_TRACES_SAMPLER: always_onn", "always_on")]
    [InlineData("OTEL_TRACES_SAMPLER: parent_based_always_on", "parentbased_always_on")]
    [InlineData("OTEL_SDK_DISABLED: \"1\"", "only true does")]
    [InlineData("OTEL_SDK_DISABLED: yes", "only true does")]
    [InlineData("otel_traces_sampler: always_on", "OTEL_TRACES_SAMPLER")]
    [InlineData("OTEL-TRACES-SAMPLER: always_on", "OTEL_TRACES_SAMPLER")]
    [InlineData("OTEL_EXPORTER_OTPL_ENDPOINT: http://a", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_TRACES_EXPORTER: otpl", "Did you mean otlp?")]
    [InlineData("OTEL_TRACES_EXPORTER: \"console,zipkn\"", "Did you mean zipkin?")]
    [InlineData("OTEL_PROPAGATORS: tracecontex", "Did you mean tracecontext?")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION: gzipp", "Did you mean gzip?")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY: 5s", "milliseconds")]
    [InlineData("OTEL_TRACES_SAMPLER: traceidratio, OTEL_TRACES_SAMPLER_ARG: 10%", "from 0 to 1")]
    [InlineData("OTEL_TRACES_SAMPLER: parentbased_traceidratio, OTEL_TRACES_SAMPLER_ARG: \"50\"", "from 0 to 1")]
    [InlineData("OTEL_TRACES_SAMPLER: Always_Off", "Write always_off.")]
    [InlineData("OTEL_TRACES_SAMPLER: \" parentbased_traceidratio\"", "Write parentbased_traceidratio.")]
    [InlineData("OTEL_TRACES_SAMPLER: ratio", "Write traceidratio.")]
    [InlineData("OTEL_TRACES_SAMPLER: \"true\"", "Write always_on.")]
    [InlineData("OTEL_TRACES_SAMPLER: \"Off\"", "Write always_off.")]
    [InlineData("OTEL_TRACES_SAMPLER: \"0.1\"", "Write traceidratio, and the share in OTEL_TRACES_SAMPLER_ARG.")]
    [InlineData("OTEL_TRACES_SAMPLER: \"50%\"", "the share in OTEL_TRACES_SAMPLER_ARG.")]
    [InlineData("OTEL_TRACES_SAMPLER: \"traceidratio:0.1\"", "the share in OTEL_TRACES_SAMPLER_ARG.")]
    [InlineData("OTEL_TRACES_SAMPLER: \"traceidratio,0.1\"", "the share in OTEL_TRACES_SAMPLER_ARG.")]
    [InlineData("OTEL_TRACES_SAMPLER: \"traceidratio(0.1)\"", "the share in OTEL_TRACES_SAMPLER_ARG.")]
    [InlineData("OTEL_PROPAGATORS: \"tracecontext baggage\"", "Separate names by commas.")]
    [InlineData("OTEL_TRACES_EXPORTER: \"otlp;console\"", "Separate names by commas.")]
    [InlineData("OTEL_TRACES_SAMPLER_RATIO: \"0.1\"", "OTEL_TRACES_SAMPLER_ARG")]
    [InlineData("OTEL_BSP_MAX_BATCH_SIZE: \"256\"", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE")]
    [InlineData("OTEL_BSP_EXPORT_INTERVAL: \"500\"", "OTEL_BSP_SCHEDULE_DELAY")]
    [InlineData("OTEL_TRACES_EXPORTER: disabled", "Write none.")]
    [InlineData("OTEL_TRACES_EXPORTER: \"console, grpc\"", "OTEL_EXPORTER_OTLP_PROTOCOL")]
    [InlineData("OTEL_PROPAGATORS: \"w3c,baggage\"", "Write tracecontext.")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION: zstd", "the exporter of .NET has")]
    [InlineData("OTEL_TRACES_SAMPLER: jaeger_remote", "the SDK of .NET has no jaeger_remote")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION: br", "none, gzip")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: \"true\"", "none, gzip")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE: five", "not a whole number")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE: \"0\"", "1 to 2147483647")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE: \"-1\"", "not a whole number")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY: \"99999999999\"", "out of range")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY: \"1e3\"", "not a whole number")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL: 60s", "milliseconds")]
    [InlineData("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: ten", "not a whole number")]
    [InlineData("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: unlimited", "not a whole number")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE: \"256\"", "batches of 512 spans do not fit into a queue of 256")]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE: \"4096\"", "OTEL_BSP_MAX_QUEUE_SIZE to at least 4096")]
    public void What_an_SDK_would_pass_over_is_refused_with_what_was_meant(string variable, string meant)
    {
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(
            MinimalScenario.Text.Replace("OTEL_TRACES_SAMPLER: always_on", variable, StringComparison.Ordinal), MinimalScenario.Path));

        Assert.Contains(meant, error.Message, StringComparison.Ordinal);
        Assert.Contains("(11,", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_DOTNET_AUTO_HOME: /opt")]
    [InlineData("OTEL_TRACES_SAMPLER: my_own_sampler")]
    [InlineData("OTEL_TRACES_SAMPLER: my_own_sampler, OTEL_TRACES_SAMPLER_ARG: rate=5")]
    [InlineData("OTEL_TRACES_SAMPLER: traceidratio, OTEL_TRACES_SAMPLER_ARG: \"0.25\"")]
    [InlineData("OTEL_TRACES_EXPORTER: my-own")]
    [InlineData("OTEL_PROPAGATORS: \"tracecontext,baggage\"")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY: \"\"")]
    [InlineData("OTEL_SDK_DISABLED: \"TRUE\"")]
    [InlineData("OTEL_BSP_EXPORT_TIMEOUT: \"0\"")]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE: \"4096\", OTEL_BSP_MAX_QUEUE_SIZE: \"4096\"")]
    [InlineData("OTEL_ATTRIBUTE_COUNT_LIMIT: \"0\"")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION: \"\"")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION: GZIP")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: \"5\"")]
    public void What_an_SDK_of_its_own_may_know_is_taken(string variable) => Assert.NotNull(ScenarioFile.Parse(
        MinimalScenario.Text.Replace("OTEL_TRACES_SAMPLER: always_on", variable, StringComparison.Ordinal), MinimalScenario.Path));

    // Line 5 is the target's, line 11 that of the variant; the argument is named where it stands.
    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER: traceidratio", "OTEL_TRACES_SAMPLER_ARG: \"10%\"", "'10%'", true)]
    [InlineData("OTEL_TRACES_SAMPLER_ARG: \"10\"", "OTEL_TRACES_SAMPLER: parentbased_traceidratio", "'10'", true)]
    [InlineData("OTEL_TRACES_SAMPLER: traceidratio, OTEL_TRACES_SAMPLER_ARG: \"half\"", "OTEL_SERVICE_NAME: shop", "'half'", false)]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE: \"1024\"", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE: \"2048\"", "batches of 2048", true)]
    public void What_does_not_go_together_in_two_sections_is_refused_too(string ofTarget, string ofVariant, string named, bool isVariant)
    {
        var fault = Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(WithTarget(ofTarget, ofVariant), MinimalScenario.Path)).Faults);

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        Assert.Equal(isVariant, fault.Subject.StartsWith("variants", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER: traceidratio", "OTEL_TRACES_SAMPLER_ARG: \"0.1\"")]
    [InlineData("OTEL_TRACES_SAMPLER: my_own_sampler", "OTEL_TRACES_SAMPLER_ARG: rate=5")]
    [InlineData("OTEL_TRACES_SAMPLER: traceidratio", "OTEL_TRACES_SAMPLER: always_on")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE: \"8192\"", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE: \"4096\"")]
    public void What_both_sections_say_together_is_taken(string ofTarget, string ofVariant) =>
        Assert.NotNull(ScenarioFile.Parse(WithTarget(ofTarget, ofVariant), MinimalScenario.Path));

    private static string WithTarget(string ofTarget, string ofVariant) => MinimalScenario.Text
        .Replace("  ready:", $"  env: {{ {ofTarget} }}\n  ready:", StringComparison.Ordinal)
        .Replace("OTEL_TRACES_SAMPLER: always_on", ofVariant, StringComparison.Ordinal);

    [Theory]
    [InlineData("//127.0.0.1:18777/health")]
    [InlineData("/\\\\127.0.0.1:18777/health")]
    public void A_readiness_path_that_names_another_host_is_refused(string path)
    {
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(
            MinimalScenario.Text.Replace("path: /health", $"path: '{path}'", StringComparison.Ordinal), MinimalScenario.Path));

        Assert.Contains("target.ready.path", error.Message, StringComparison.Ordinal);
    }
}
