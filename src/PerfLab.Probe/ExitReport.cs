using System.Globalization;

namespace PerfLab.Probe;

/// <summary>
/// Writes <c>PROCESS-ID.exit</c> into the probe's folder when the process ends by itself: what only its shutdown knows. A process
/// that is killed leaves none.
/// </summary>
internal static class ExitReport
{
    private static SdkEventListener? s_events;

    /// <summary>Starts to listen, and writes the report at process exit.</summary>
    public static void Register(string folder)
    {
        s_events = new SdkEventListener();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Write(Path.Combine(folder, $"{Environment.ProcessId}.exit"));
    }

    private static void Write(string path)
    {
        try
        {
            File.WriteAllText(path, string.Create(
                CultureInfo.InvariantCulture,
                $"spans_dropped {SdkEventListener.DroppedSpans}\nfailed_exports {SdkEventListener.FailedExports}\n"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The runner has gone and taken the folder along; nobody is left to read the note.
            Console.Error.WriteLine($"perflab probe: no exit note: {error.Message}");
        }

        s_events?.Dispose();
    }
}
