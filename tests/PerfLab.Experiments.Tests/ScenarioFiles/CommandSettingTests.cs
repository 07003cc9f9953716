using PerfLab.Experiments.Plans;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>What commands and the variables of the JVM tell an SDK, by the manuals of env(1), of java and of the Java agent.</summary>
public sealed class CommandSettingTests
{
    [Theory]
    [InlineData("java -Dotel.sdk.disabled=true -jar a.jar", "", "OTEL_SDK_DISABLED", "true")]
    [InlineData("env OTEL_SDK_DISABLED=true python3 app.py", "", "OTEL_SDK_DISABLED", "true")]
    [InlineData("/usr/bin/env -u A OTEL_TRACES_SAMPLER=always_off nice -n 5 ./service", "", "OTEL_TRACES_SAMPLER", "always_off")]
    [InlineData("sudo -u app OTEL_TRACES_SAMPLER=always_off dotnet app.dll", "", "OTEL_TRACES_SAMPLER", "always_off")]
    [InlineData("python3 app.py OTEL_SDK_DISABLED=true", "", "OTEL_SDK_DISABLED", null)]
    [InlineData("java -jar a.jar", "JAVA_TOOL_OPTIONS=-Xmx1g -Dotel.traces.exporter=none", "OTEL_TRACES_EXPORTER", "none")]
    [InlineData("java -jar a.jar", "JDK_JAVA_OPTIONS=\"-Dotel.traces.exporter=none\"  '-Da=b c'", "OTEL_TRACES_EXPORTER", "none")]
    [InlineData("sh start.sh", "_JAVA_OPTIONS=-Dotel.traces.exporter=none", "OTEL_TRACES_EXPORTER", "none")]
    [InlineData("env JAVA_TOOL_OPTIONS=-Dotel.traces.exporter=none java -jar a.jar", "", "OTEL_TRACES_EXPORTER", "none")]
    [InlineData("node app.js", "JAVA_TOOL_OPTIONS=-Dotel.traces.exporter=none", "OTEL_TRACES_EXPORTER", null)]
    [InlineData("java -Dotel.service.name=command -jar a.jar", "JAVA_TOOL_OPTIONS=-Dotel.service.name=tool", "OTEL_SERVICE_NAME", "command")]
    [InlineData("java -Dotel.service.name=command -jar a.jar", "_JAVA_OPTIONS=-Dotel.service.name=last", "OTEL_SERVICE_NAME", "last")]
    [InlineData("env OTEL_SERVICE_NAME=env java -jar a.jar", "OTEL_SERVICE_NAME=variable", "OTEL_SERVICE_NAME", "env")]
    [InlineData("java -Dotel.bsp.schedule.delay=60s -jar a.jar", "", "OTEL_BSP_SCHEDULE_DELAY", "60000")]
    [InlineData("java -Dotel.bsp.schedule.delay=2m -jar a.jar", "", "OTEL_BSP_SCHEDULE_DELAY", "120000")]
    [InlineData("java -Dotel.bsp.schedule.delay=250ms -jar a.jar", "", "OTEL_BSP_SCHEDULE_DELAY", "250")]
    [InlineData("java -Dotel.bsp.export.timeout=1h -jar a.jar", "", "OTEL_BSP_EXPORT_TIMEOUT", "3600000")]
    [InlineData("java -Dotel.metric.export.interval=1d -jar a.jar", "", "OTEL_METRIC_EXPORT_INTERVAL", "86400000")]
    [InlineData("java -Dotel.bsp.schedule.delay=700 -jar a.jar", "", "OTEL_BSP_SCHEDULE_DELAY", "700")]
    public void A_setting_in_a_command_or_in_options_of_a_JVM_lies_over_the_environment(string command, string variable, string name, string? expected)
    {
        var process = new TargetProcess { Name = "target", Command = command.Split(' '), Environment = new Dictionary<string, string>(), Ready = new ReadinessCheck("/", TimeSpan.FromSeconds(1)) };
        var arm = variable.Length == 0 ? [] : new Dictionary<string, string> { [variable[..variable.IndexOf('=', StringComparison.Ordinal)]] = variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..] };

        Assert.Equal(expected, process.SdkSettingsUnder(arm).GetValueOrDefault(name));
    }

    [Theory]
    [InlineData("[java, -Dotel.traces.samplr=always_on, -jar, a.jar]", "Did you mean OTEL_TRACES_SAMPLER?")]
    [InlineData("[java, -Dotel.traces.sampler=ratio, -jar, a.jar]", "Write traceidratio.")]
    [InlineData("[java, -Dotel.traces.sampler=traceidratio, -Dotel.traces.sampler.arg=10, -jar, a.jar]", "from 0 to 1")]
    [InlineData("[java, -Dotel.exporter.otlp.protocol=grcp, -jar, a.jar]", "not a protocol of OTLP")]
    [InlineData("[java, -Dotel.exporter.otlp.headers=a=b, -jar, a.jar]", "every export would be rejected")]
    [InlineData("[java, -Dotel.exporter.otlp.traces.headers=a=b, -jar, a.jar]", "Set OTEL_EXPORTER_OTLP_TRACES_HEADERS in env")]
    [InlineData("[java, -Dotel.exporter.otlp.compression=zstd, -jar, a.jar]", "the collector does not read zstd")]
    [InlineData("[java, -Dotel.bsp.schedule.delay=soon, -jar, a.jar]", "not a whole number")]
    [InlineData("[java, -Dotel.bsp.schedule.delay=5w, -jar, a.jar]", "not a whole number")]
    [InlineData("[java, -Dotel.bsp.max.queue.size=256, -jar, a.jar]", "do not fit into a queue of 256")]
    [InlineData("[env, OTEL_TRACES_SAMPLR=always_on, python3, app.py]", "Did you mean OTEL_TRACES_SAMPLER?")]
    [InlineData("[env, OTEL_EXPORTER_OTLP_HEADERS=a=b, python3, app.py]", "every export would be rejected")]
    public void A_setting_of_a_command_that_would_be_passed_over_or_undo_what_PerfLab_sets_is_refused(string command, string meant)
    {
        var fault = Assert.Single(Assert.Throws<ScenarioException>(() => Parse(command)).Faults);

        Assert.Contains(meant, fault.Message, StringComparison.Ordinal);
        Assert.Equal(4, fault.Line);
    }

    [Theory]
    [InlineData("JAVA_TOOL_OPTIONS: '-Xmx1g -Dotel.traces.samplr=always_on'", "Did you mean OTEL_TRACES_SAMPLER?")]
    [InlineData("JDK_JAVA_OPTIONS: -Dotel.exporter.otlp.headers=a=b", "every export would be rejected")]
    public void Options_of_a_JVM_in_a_variable_are_checked_too(string variable, string meant)
    {
        var text = MinimalScenario.WithCommand("[java, -jar, a.jar]").Replace("OTEL_TRACES_SAMPLER: always_on", variable, StringComparison.Ordinal);

        Assert.Contains(meant, Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(text, MinimalScenario.Path)).Faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[java, -Dotel.javaagent.debug=true, -Dotel.instrumentation.jdbc.enabled=false, -Dotel.bsp.schedule.delay=5s, -jar, a.jar]")]
    [InlineData("[java, '-Dotel.exporter.otlp.endpoint=http://127.0.0.1:9', -Dotel.exporter.otlp.headers=a=b, -jar, a.jar]")]
    [InlineData("[java, -Dotel.exporter.otlp.traces.protocol=grpc, -jar, a.jar]")]
    [InlineData("[env, OTEL_SERVICE_NAME=shop, python3, app.py, OTEL_TRACES_SAMPLR=1]")]
    public void Other_settings_are_left_alone(string command) => Assert.NotNull(Parse(command));

    // Two delays of 60 s in rounds of three arms of 100 ms.
    [Fact]
    public void A_delay_with_a_unit_gets_the_rounds_that_it_takes()
    {
        var text = MinimalScenario.WithCommand("[java, -Dotel.bsp.schedule.delay=60s, -jar, a.jar]") + "load: { rate: 10/s }\ndesign: { slice: 100ms, rounds: 4, launch_sets: 6, budget: 30m }\n";

        Assert.Equal(400, PlanBuilder.Build(ScenarioFile.Parse(text, MinimalScenario.Path), null, null, 6).Rounds);
    }

    private static Scenario Parse(string command) => ScenarioFile.Parse(MinimalScenario.WithCommand(command), MinimalScenario.Path);
}
