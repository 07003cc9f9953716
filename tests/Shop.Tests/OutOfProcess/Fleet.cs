namespace Shop.Tests.OutOfProcess;

/// <summary>A shop with all five services: in one process, or in a process each.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly string[] AnyPort = ["--urls", "http://127.0.0.1:0"];

    // The one that takes the orders is the last to start and the first to stop.
    private readonly List<ShopProcess> _processes = [];

    public string Url => _processes[^1].Url;

    public string NotificationsUrl => _processes[0].Url;

    public ShopProcess Orders => _processes[^1];

    public ShopProcess Notifications => _processes[0];

    public static async Task<Fleet> StartAsync(bool isOneProcess, string queue, params (string Name, string Value)[] variables)
    {
        var fleet = new Fleet();
        try
        {
            if (isOneProcess)
            {
                await fleet.AddAsync(["--queue", queue], variables);
                return fleet;
            }

            await fleet.AddAsync(["--services", "notifications", "--queue", queue], variables);
            var others = new List<string>();
            foreach (var service in (string[])["inventory", "shipping", "payments"])
            {
                await fleet.AddAsync(["--services", service], variables);
                others.AddRange([$"--{service}-url", fleet._processes[^1].Url]);
            }

            await fleet.AddAsync(["--services", "orders", "--queue", fleet.NotificationsUrl, .. others], variables);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends all of them in an orderly way.</summary>
    public async Task StopAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            Assert.Equal(0, await process.TerminateAsync());
            Assert.Empty(process.Errors);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    private async Task AddAsync(string[] args, (string Name, string Value)[] variables) =>
        _processes.Add(await ShopProcess.ListeningAsync([.. AnyPort, .. args], variables));
}
