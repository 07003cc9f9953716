using Shop.Queues;

namespace Shop.Tests.OutOfProcess;

/// <summary>A real RabbitMQ for the tests of a class, started when the first of them wants it; each test has a queue of its own.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private RabbitMqBroker? _broker;

    /// <summary>Gets why there is none; null when there is.</summary>
    public static string? WhyMissing { get; } = !OperatingSystem.IsLinux()
        ? "RabbitMQ is started as Debian installs it."
        : !File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server")
            ? "RabbitMQ is missing: the boundary to it was not tested. On Debian and Ubuntu: apt-get install rabbitmq-server"
            : null;

    public async Task<string> AddressAsync()
    {
        Assert.SkipWhen(WhyMissing is not null, WhyMissing ?? string.Empty);
        _broker ??= await RabbitMqBroker.StartAsync(CancellationToken.None);
        return _broker.Address.OriginalString;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _broker?.DisposeAsync() ?? ValueTask.CompletedTask;
}
