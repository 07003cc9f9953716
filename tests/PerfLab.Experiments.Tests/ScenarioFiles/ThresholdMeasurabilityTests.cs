using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class ThresholdMeasurabilityTests
{
    private const string Console = "  - { name: console, meaning: To the console, env: { OTEL_TRACES_EXPORTER: console } }\n";

    [Theory]
    [InlineData("overhead(cpu)<5%")]
    [InlineData("overhead(allocation)<5%")]
    [InlineData("overhead(p99)<5%")]
    [InlineData("spans_lost==0")]
    public void What_a_run_measures_may_have_a_threshold(string threshold) =>
        Assert.Single(ScenarioFile.Parse(MinimalScenario.With($"thresholds: [ '{threshold}' ]\n"), MinimalScenario.Path).Thresholds);

    [Theory]
    [InlineData("node, server.js, '{port}'", true)]
    [InlineData("npm, start", true)]
    [InlineData("python3, server.py, '{port}'", false)]
    [InlineData("/usr/bin/java, -jar, server.jar", false)]
    [InlineData("python3.12, server.py", false)]
    [InlineData("uvicorn, 'app:app', --port, '{port}'", false)]
    [InlineData("/srv/venv/bin/gunicorn, -w, '4', 'app:app'", false)]
    [InlineData("flask, run", false)]
    [InlineData("ruby, app.rb", false)]
    [InlineData("php8.3, -S, '127.0.0.1:{port}'", false)]
    [InlineData("env, A=1, nice, -n, '5', puma", false)]
    [InlineData("timeout, '600', python3, server.py", false)]
    [InlineData("timeout, --signal=KILL, 600s, python3, server.py", false)]
    [InlineData("setpriv, --reuid, root, python3, server.py", false)]
    [InlineData("env, -u, FOO, python3, server.py", false)]
    [InlineData("env, -i, python3, server.py", false)]
    [InlineData("dumb-init, --, ruby, app.rb", false)]
    [InlineData("tini, -g, --, /usr/bin/java, -jar, a.jar", false)]
    [InlineData("sudo, -u, node, python3, server.py", false)]
    [InlineData("gosu, app, java, -jar, a.jar", false)]
    [InlineData("numactl, --cpunodebind, '0', java, -jar, a.jar", false)]
    [InlineData("ionice, -c, '2', nice, -n, '5', stdbuf, -o, L, php, -S, a", false)]
    [InlineData("opentelemetry-instrument, python3, server.py", false)]
    [InlineData("mvn, 'spring-boot:run'", false)]
    [InlineData("./gradlew, bootRun", false)]
    [InlineData("uv, run, app.py", false)]
    [InlineData("uv, run, --with, httpx, src/app.py", false)]
    [InlineData("./manage.py, runserver", false)]
    [InlineData("bundle, exec, ./app.rb", false)]
    [InlineData("env, A=1, ./server.pl", false)]
    [InlineData("./public/index.php", false)]
    [InlineData("/srv/orders.jar, --port, '{port}'", false)]
    [InlineData("./server.js", true)]
    [InlineData("./Orders.Api", true)]
    [InlineData("timeout, '600', dotnet, app.dll", true)]
    [InlineData("sudo, -u, java, node, server.js", true)]
    [InlineData("env, -i, ./published, --engine, python", true)]
    [InlineData("nice, ./published, --engine, python", true)]
    [InlineData("node, server.js, --permission-file, a", true)]
    [InlineData("node, server.js, --permission", true)]
    [InlineData("node, -r, ./trace.js, server.js, --permission=read", true)]
    [InlineData("dotnet, app.dll, --permission", true)]
    [InlineData("env, A=1, dotnet, app.dll", true)]
    [InlineData("./published-service", true)]
    [InlineData("sh, -c, 'exec uvicorn app:app'", true)]
    public void Allocation_can_have_a_threshold_where_a_probe_reads_it(string command, bool canHave)
    {
        var yaml = MinimalScenario.Text.Replace("[dotnet, app.dll]", $"[ {command} ]", StringComparison.Ordinal) + "thresholds: [ overhead(allocation)<5% ]\n";

        if (canHave)
        {
            Assert.Single(ScenarioFile.Parse(yaml, MinimalScenario.Path).Thresholds);
        }
        else
        {
            Assert.Contains("neither", Fault(yaml).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("node, --permission, server.js", "")]
    [InlineData("node, -r, ./trace.js, --permission, server.js", "")]
    [InlineData("env, A=1, node, --experimental-permission, server.js", "")]
    [InlineData("npm, start", "NODE_OPTIONS: '--max-old-space-size=100 --permission'")]
    public void Allocation_can_have_no_threshold_where_Node_keeps_the_probe_out(string command, string variable)
    {
        var yaml = MinimalScenario.Text.Replace("[dotnet, app.dll]", $"[ {command} ]\n  env: {{ {variable} }}", StringComparison.Ordinal) + "thresholds: [ overhead(allocation)<5% ]\n";

        Assert.Contains("permission keeps the probe out", Fault(yaml).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decide: { budget: [allocation<5%] }", "allocation<5% is read inside .NET and Node.js processes, and \"python3\" is neither")]
    [InlineData("decide: { budget: [cpu<5%], see: [traces_kept>=10%] }", null)]
    [InlineData("design: { precision: { allocation: 2% } }", "a precision of allocation is read inside .NET and Node.js processes")]
    [InlineData("design: { precision: { completion_p99: 5% } }", "a precision of completion_p99 needs target.completion")]
    [InlineData("design: { precision: { cpu: 2% } }", null)]
    public void What_a_run_cannot_measure_is_no_condition_and_no_precision_either(string section, string? problem)
    {
        var yaml = MinimalScenario.WithCommand("[timeout, '600', python3, app.py]") + section + "\n";
        if (problem is null)
        {
            Assert.NotNull(ScenarioFile.Parse(yaml, MinimalScenario.Path));
            return;
        }

        var fault = Fault(yaml);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.Equal(12, fault.Line);
    }

    [Theory]
    [InlineData("p99<20%", "5/s", true)]
    [InlineData("p99<+2ms", "5/s", true)]
    [InlineData("p90<20%", "1/s", true)]
    [InlineData("p50<20%", "1/s", false)]
    [InlineData("p99<20%", "50/s", false)]
    [InlineData("p99<20%", "auto", false)]
    public void A_condition_on_a_percentile_needs_as_many_requests(string condition, string rate, bool isRefused)
    {
        var yaml = MinimalScenario.Text.Replace("  ready:", "  env: { OTEL_TRACES_EXPORTER: none }\n  ready:", StringComparison.Ordinal)
            + $"load: {{ rate: {rate} }}\ndesign: {{ rounds: 20, slice: 100ms }}\ndecide: {{ budget: ['{condition}'] }}\n";

        if (isRefused)
        {
            Assert.Contains("in each launch set", Fault(yaml).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.NotNull(ScenarioFile.Parse(yaml, MinimalScenario.Path).Decision);
        }
    }

    [Theory]
    [InlineData("p(99.9)<2s", "50/s", "{ rounds: 20, slice: 100ms }", "1,000 requests in each launch set, and 100 are due", "500/s or design.rounds to 200")]
    [InlineData("overhead(p999)<10%", "50/s", "{ rounds: 20, slice: 100ms }", "1,000 requests in each launch set, and 100 are due", "500/s")]
    [InlineData("p(99)<2s", "20/s", "{ rounds: 20, slice: 100ms }", "100 requests in each launch set, and 40 are due", "50/s or design.rounds to 50")]
    [InlineData("p(99.9)<2s", "500/s", "{ rounds: 20, slice: 100ms }", null, null)]
    [InlineData("p(99.9)<2s", "50/s", "{ rounds: 200, slice: 100ms }", null, null)]
    [InlineData("p(99)<2s", "50/s", "{ rounds: 20, slice: 100ms }", null, null)]
    [InlineData("p(50)<2s", "1/s", "{ rounds: 2, slice: 100ms }", null, null)]
    [InlineData("p(99.9)<2s", "auto", "{ rounds: 2, slice: 100ms }", null, null)]
    public void A_percentile_needs_as_many_requests_as_lie_beyond_it_once(string threshold, string rate, string design, string? problem, string? advice)
    {
        var yaml = MinimalScenario.Text.Replace("  ready:", "  env: { OTEL_TRACES_EXPORTER: none }\n  ready:", StringComparison.Ordinal)
            + $"load: {{ rate: {rate} }}\ndesign: {design}\nthresholds: [ '{threshold}' ]\n";
        if (problem is null)
        {
            Assert.Single(ScenarioFile.Parse(yaml, MinimalScenario.Path).Thresholds);
            return;
        }

        var message = Fault(yaml).ToString();

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.Contains(advice!, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Completion_needs_a_target_that_tells_of_it()
    {
        var fault = Fault(MinimalScenario.With("thresholds:\n  - overhead(completion_p99)<10%\n"));

        Assert.Equal((13, 5), (fault.Line, fault.Column));
        Assert.Contains("target.completion", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_spans_of_an_arm_that_exports_elsewhere_cannot_be_counted()
    {
        var fault = Fault(MinimalScenario.With(Console + "thresholds: [ spans_lost==0 ]\n"));

        Assert.Contains("no span of console", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_spans_of_the_other_arms_can() =>
        Assert.Single(ScenarioFile.Parse(MinimalScenario.With(Console + "thresholds: [ 'spans_lost==0 for off, on' ]\n"), MinimalScenario.Path).Thresholds);

    [Fact]
    public void Overhead_needs_a_variant_beside_the_baseline()
    {
        var alone = MinimalScenario.Text.Replace("  - { name: on, meaning: Every trace, env: { OTEL_TRACES_SAMPLER: always_on } }\n", "", StringComparison.Ordinal);

        Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(alone + "thresholds: [ overhead(cpu)<5% ]\n", MinimalScenario.Path));
    }

    private static ScenarioFault Fault(string yaml) =>
        Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(yaml, MinimalScenario.Path)).Faults);
}
