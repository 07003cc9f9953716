using PerfLab.Collector.Tests;
using Shop.Tests.OutOfProcess;

namespace Shop.Tests.NodeOrders;

/// <summary>The order service in Node.js with its packages. Where they cannot be had it says why, and the tests are skipped.</summary>
public sealed class NodeOrdersPackages : IAsyncLifetime
{
    private NpmFolder? _packages;

    /// <summary>Gets its program; skips the test where its packages are not installed.</summary>
    public string Main
    {
        get
        {
            Assert.SkipWhen(_packages!.WhyMissing is not null, _packages.WhyMissing ?? string.Empty);
            return _packages.PathOf("main.cjs");
        }
    }

    public async ValueTask InitializeAsync() =>
        _packages = await NpmFolder.InstallAsync(Path.Combine(ShopProcess.Root(), "src", "Targets", "node-orders"), "node-orders");

    public ValueTask DisposeAsync()
    {
        _packages?.Dispose();
        return ValueTask.CompletedTask;
    }
}
