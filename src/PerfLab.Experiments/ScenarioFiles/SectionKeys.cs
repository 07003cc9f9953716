using static PerfLab.Experiments.ScenarioFiles.KeyRule;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Which keys each section has. <c>scenario.schema.json</c> repeats this; a test compares.</summary>
internal static class SectionKeys
{
    public static IReadOnlyList<KeyRule> Scenario { get; } =
    [
        Required("scenario", "scenario: sampling"),
        Required("question", "question: What does each sampling rate cost?"),
        Required("target", "target: {command: [...], ready: {path: /health}, requests: [...]}"),
        Optional("load", "load: {rate: auto}"),
        Optional("design", "design: {launch_sets: 12}"),
        Optional("visibility", "visibility: {requests: [{name: unknown, path: /nowhere, expect: 404, share: 1%}]}"),
        Optional("personal_data", "personal_data: {patterns: [{name: customer number, pattern: 'C-[0-9]{6}'}]}"),
        Optional("decide", "decide: {budget: [cpu<5%], see: [traces_kept>=10%]}"),
        Optional("traffic", "traffic: {requests_per_second: 300/s}"),
        Optional("pricing", "pricing: [grafana-cloud-traces]"),
        Optional("practical_thresholds", "practical_thresholds: {cpu: 5%}"),
        Optional("thresholds", "thresholds: [overhead(cpu)<5%]"),
        Required("baseline", "baseline: off"),
        Required("variants", "variants: [{name: off, meaning: No tracing}]"),
    ];

    public static IReadOnlyList<KeyRule> Target { get; } =
    [
        Optional("command", "command: [dotnet, \"{targets}/Shop/Shop.dll\"]"),
        Optional("directory", "directory: ../my-service"),
        Optional("env", "env: {NAME: value}"),
        Optional("ready", "ready: {path: /health}"),
        Optional("completion", "completion: {path: /jobs/times}"),
        Optional("login", "login: {path: /login, body: '{}', token: access_token}"),
        Optional("processes", "processes: [{name: api, command: [...], ready: {path: /health}}]"),
        Required("requests", "requests: [{name: home, path: /}]"),
    ];

    public static IReadOnlyList<KeyRule> Completion { get; } =
    [
        Required("path", "path: /jobs/times"),
        Optional("process", "process: worker"),
    ];

    public static IReadOnlyList<KeyRule> Login { get; } =
    [
        Optional("method", "method: POST"),
        Required("path", "path: /login"),
        Optional("headers", "headers: {Content-Type: application/json}"),
        Optional("body", "body: '{}'"),
        Optional("expect", "expect: 2xx"),
        Optional("token", "token: access_token"),
        Optional("cookie", "cookie: session"),
    ];

    public static IReadOnlyList<KeyRule> Process { get; } =
    [
        Required("name", "name: orders"),
        Required("command", "command: [node, \"{root}/app.js\"]"),
        Optional("directory", "directory: ../my-service"),
        Optional("env", "env: {NAME: value}"),
        Required("ready", "ready: {path: /health}"),
    ];

    public static IReadOnlyList<KeyRule> Ready { get; } =
    [
        Required("path", "path: /health"),
        Optional("timeout", "timeout: 30s"),
    ];

    public static IReadOnlyList<KeyRule> Request { get; } =
    [
        Required("name", "name: order"),
        Optional("method", "method: POST"),
        Required("path", "path: /orders"),
        Optional("headers", "headers: {Content-Type: application/json}"),
        Optional("body", "body: '{}'"),
        Optional("expect", "expect: 200"),
        Optional("weight", "weight: 1"),
    ];

    public static IReadOnlyList<KeyRule> Load { get; } =
    [
        Optional("rate", "rate: auto"),
        Optional("capacity_share", "capacity_share: 50%"),
        Optional("busy_share", "busy_share: 80%"),
        Optional("levels", "levels: [25%, 75%]"),
        Optional("closed_loop", "closed_loop: 200"),
        Optional("arrivals", "arrivals: poisson"),
        Optional("max_in_flight", "max_in_flight: 256"),
        Optional("generator", "generator: hey"),
    ];

    public static IReadOnlyList<KeyRule> Generator { get; } =
    [
        Required("tool", "tool: k6"),
        Optional("command", "command: [k6, run, -e, \"URL={url}\", -e, \"RATE={rate}\", -e, \"DURATION={duration}s\", script.js]"),
        Optional("connections", "connections: 16"),
        Optional("loop", "loop: open"),
    ];

    public static IReadOnlyList<KeyRule> Design { get; } =
    [
        Optional("launch_sets", "launch_sets: 12"),
        Optional("precision", "precision: {cpu: 2%}"),
        Optional("stop", "stop: when_decided"),
        Optional("rounds", "rounds: 20"),
        Optional("slice", "slice: 100ms"),
        Optional("warm_up", "warm_up: 2s"),
        Optional("warm_up_limit", "warm_up_limit: 6s"),
        Optional("budget", "budget: 11m"),
        Optional("runtime", "runtime: lab"),
        Optional("seed", "seed: 20260101"),
    ];

    public static IReadOnlyList<KeyRule> Decision { get; } =
    [
        Optional("budget", "budget: [cpu<5%, p99<+2ms]"),
        Optional("see", "see: [errors_kept>=99%]"),
        Optional("requests_per_second", "requests_per_second: 300/s"),
    ];

    public static IReadOnlyList<KeyRule> Traffic { get; } =
    [
        Required("requests_per_second", "requests_per_second: 300/s"),
        Optional("hosts", "hosts: 4"),
        Optional("retention", "retention: 30d"),
    ];

    public static IReadOnlyList<KeyRule> PricingFile { get; } =
    [
        Required("plan", "plan: Grafana Cloud Traces"),
        Required("as_of", "as_of: 2026-11-29"),
        Required("source", "source: https://example.com/pricing"),
        Required("currency", "currency: USD"),
        Optional("note", "note: Taxes are not included."),
        Required("prices", "prices: [{per: gb, price: 0.40}]"),
    ];

    public static IReadOnlyList<KeyRule> Price { get; } =
    [
        Required("per", "per: gb"),
        Required("price", "price: 0.40"),
        Optional("free", "free: 50"),
        Optional("included_gb", "included_gb: 150"),
    ];

    public static IReadOnlyList<KeyRule> PersonalData { get; } =
    [
        Required("patterns", "patterns: [{name: customer number, pattern: 'C-[0-9]{6}'}]"),
    ];

    public static IReadOnlyList<KeyRule> PersonalPattern { get; } =
    [
        Required("name", "name: customer number"),
        Required("pattern", "pattern: 'C-[0-9]{6}'"),
    ];

    public static IReadOnlyList<KeyRule> TraceRetention { get; } =
    [
        Optional("rate", "rate: 100/s"),
        Optional("before", "before: 5s"),
        Optional("burst", "burst: 4s"),
        Optional("after", "after: 4s"),
        Optional("settle", "settle: 8s"),
        Required("requests", "requests: [{name: unknown, path: /nowhere, expect: 404, share: 1%, burst_share: 40%}]"),
        Optional("slower_than", "slower_than: 250ms"),
        Optional("attribute", "attribute: user_agent.original"),
        Optional("services", "services: [orders, stock]"),
        Optional("alerts", "alerts: {window: 2s, errors: 30%}"),
    ];

    public static IReadOnlyList<KeyRule> RetentionRequest { get; } =
    [
        .. Request.Where(key => key.Name != "weight"),
        Required("share", "share: 1%"),
        Optional("burst_share", "burst_share: 40%"),
    ];

    public static IReadOnlyList<KeyRule> Alerts { get; } =
    [
        Optional("window", "window: 2s"),
        Optional("errors", "errors: 30%"),
        Optional("slow", "slow: 30%"),
        Optional("at_least", "at_least: 5"),
    ];

    public static IReadOnlyList<KeyRule> Variant { get; } =
    [
        Required("name", "name: ratio-10"),
        Required("meaning", "meaning: One trace in ten"),
        Optional("build", "build: [dotnet, publish, ../src, -c, Release, -o, \"{build}\"]"),
        Optional("command", "command: [dotnet, ../other-build/app.dll]"),
        Optional("directory", "directory: ../other-build"),
        Optional("env", "env: {OTEL_TRACES_SAMPLER: always_on}"),
        Optional("back_end", "back_end: {trouble: slow, delay: 2s}"),
        Optional("tail", "tail: {keep: [errors, {share: 10%}]}"),
    ];

    public static IReadOnlyList<KeyRule> BackEnd { get; } =
    [
        Required("trouble", "trouble: unavailable"),
        Optional("delay", "delay: 2s"),
        Optional("retry_after", "retry_after: 1s"),
        Optional("share", "share: 50%"),
    ];

    public static IReadOnlyList<KeyRule> Tail { get; } =
    [
        Optional("wait", "wait: 2s"),
        Optional("decide", "decide: after_wait"),
        Required("keep", "keep: [errors, {slower_than: 250ms}, {share: 10%}]"),
        Optional("max_traces", "max_traces: 50000"),
        Optional("max_bytes", "max_bytes: 64MB"),
    ];

    public static IReadOnlyList<KeyRule> TailRule { get; } =
    [
        Optional("slower_than", "slower_than: 250ms"),
        Optional("attribute", "attribute: user.tier"),
        Optional("value", "value: vip"),
        Optional("at_most", "at_most: 5/s"),
        Optional("share", "share: 10%"),
    ];
}

/// <summary>A key that a section may or must have.</summary>
/// <param name="Name">The key.</param>
/// <param name="IsRequired">Whether the section is wrong without it.</param>
/// <param name="Example">How it is written, for the message that it is missing.</param>
internal sealed record KeyRule(string Name, bool IsRequired, string Example)
{
    /// <summary>A key without which the section is wrong.</summary>
    public static KeyRule Required(string name, string example) => new(name, IsRequired: true, example);

    /// <summary>A key that has a default.</summary>
    public static KeyRule Optional(string name, string example) => new(name, IsRequired: false, example);
}
