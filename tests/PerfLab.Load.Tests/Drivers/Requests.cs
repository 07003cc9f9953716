using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests.Drivers;

/// <summary>Requests and drivers as tests need them.</summary>
public static class Requests
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    public static RequestDefinition Get(string path = "/", int expectedStatus = 200, double weight = 1) => new()
    {
        Name = $"get {path}",
        Method = "GET",
        Path = path,
        Headers = new Dictionary<string, string>(),
        Body = null,
        ExpectedStatus = expectedStatus,
        Weight = weight,
    };

    public static IRequestDriver Driver(Uri address, DriverKind kind, DriverOptions? options = null, params RequestDefinition[] requests) =>
        RequestDriverFactory.Create(
            address,
            RequestMix.Create(address, requests.Length == 0 ? [Get()] : requests, seed: 20261123),
            (options ?? new DriverOptions()) with { Kind = kind });

    /// <summary>Both drivers where both work.</summary>
    public static TheoryData<DriverKind> Kinds() => OperatingSystem.IsLinux()
        ? [DriverKind.Sockets, DriverKind.HttpClient]
        : [DriverKind.HttpClient];
}
