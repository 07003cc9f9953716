using System.Net;
using System.Net.Sockets;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary><c>--forward</c> to a port at which every span would be lost.</summary>
public sealed class ForwardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_port_of_gRPC_is_104_with_the_one_to_use_and_nothing_is_started()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ending.CancelAfter(TimeSpan.FromSeconds(60));
        var listener = new TcpListener(IPAddress.Loopback, 0);
        try
        {
            listener.Start();
            var serving = ServeAsync(listener, ending.Token);
            var results = Path.Combine(_folder.FullPath, "results");

            var run = await Cli.RunAsync("scenario", "smoke", "--forward", $"http://{listener.LocalEndpoint}", "--results", results);

            await ending.CancelAsync();
            await serving;
            Assert.True(run.ExitCode == 104, run.ToString());
            Assert.Contains($"http://{listener.LocalEndpoint} speaks HTTP/2 alone, as gRPC does", run.Error, StringComparison.Ordinal);
            Assert.Contains("usually 4318", run.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(results));
        }
        finally
        {
            listener.Dispose();
        }
    }

    public void Dispose() => _folder.Dispose();

    // An empty SETTINGS frame (RFC 9113, section 6.5), whatever is asked.
    private static async Task ServeAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        var question = new byte[4096];
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                var stream = client.GetStream();
                _ = await stream.ReadAsync(question, cancellationToken);
                await stream.WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, cancellationToken);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // The one who asked has heard enough, or the test is over.
            }
        }
    }
}
