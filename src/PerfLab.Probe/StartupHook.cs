using System.Diagnostics.CodeAnalysis;
using PerfLab.Probe;

/// <summary>
/// The runtime calls <c>StartupHook.Initialize</c> of every assembly in <c>DOTNET_STARTUP_HOOKS</c> before the program's own
/// entry point; name and missing namespace are the runtime's convention.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks the type up without one.")]
[SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = "The runtime looks the type up without one.")]
internal static class StartupHook
{
    /// <summary>The folder in which the probe opens its socket, <c>PROCESS-ID.sock</c>.</summary>
    private const string FolderVariable = "PERFLAB_PROBE_FOLDER";

    /// <summary>Starts to answer snapshots; does nothing when the folder is not named.</summary>
    public static void Initialize()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        if (string.IsNullOrEmpty(folder))
        {
            return;
        }

        try
        {
            ExitReport.Register(folder);
            SnapshotServer.Start(Path.Combine(folder, $"{Environment.ProcessId}.sock"));
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException or ArgumentException)
        {
            // The target must run without its probe; the runner sees that no socket is there and reads /proc instead.
            Console.Error.WriteLine($"perflab probe: no snapshots: {error.Message}");
        }
    }
}
