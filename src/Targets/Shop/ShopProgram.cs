using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Shop.Queues;
using Shop.Settings;

namespace Shop;

/// <summary>The whole life of the process, and the one place that turns exceptions into exit codes.</summary>
internal static class ShopProgram
{
    private const int InvalidUsage = 2;
    private const int CannotListen = 1;
    private const int CannotConnect = 1;

    /// <summary>Runs until SIGTERM or SIGINT.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <returns>0 after an orderly stop, 1 when the address cannot be listened on or the queue cannot be opened, 2 for invalid settings.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = ShopApplication.Build(args);
            await app.StartAsync();
            await Console.Out.WriteLineAsync($"shop: listening on {app.Urls.First()}");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (InvalidSettingsException exception)
        {
            var message = new StringBuilder();
            foreach (var fault in exception.Faults)
            {
                message.Append("shop: ").AppendLine(fault);
            }

            await Console.Error.WriteLineAsync(message.AppendLine(CommandLine.Usage).ToString());
            return InvalidUsage;
        }
        catch (QueueException exception)
        {
            await Console.Error.WriteLineAsync($"shop: {exception.Message}");
            return CannotConnect;
        }
        catch (Exception exception) when (exception is SocketException or IOException { InnerException: AddressInUseException })
        {
            await Console.Error.WriteLineAsync($"shop: --urls: cannot listen there: {exception.Message} Choose another address or port, or stop what uses this one.");
            return CannotListen;
        }
    }
}
