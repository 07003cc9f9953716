namespace PerfLab.Load;

/// <summary>The ranges of <see cref="DriverOptions"/>.</summary>
internal static class DriverOptionRules
{
    private const int SmallestHeadBytes = 64;

    /// <exception cref="ArgumentException">Options are out of their range; the message names all of them.</exception>
    public static void Check(DriverOptions options)
    {
        string[] faults =
        [
            .. Unless(options.MaxInFlight >= 1, $"{nameof(options.MaxInFlight)} {options.MaxInFlight} is below 1"),
            .. Unless(options.WhenBusy is BusyPolicy.Drop or BusyPolicy.Wait, $"{nameof(options.WhenBusy)} {options.WhenBusy} is neither Drop nor Wait"),
            .. Unless(options.ConnectTimeout > TimeSpan.Zero, $"{nameof(options.ConnectTimeout)} {options.ConnectTimeout} is not positive"),
            .. Unless(options.RequestTimeout > TimeSpan.Zero, $"{nameof(options.RequestTimeout)} {options.RequestTimeout} is not positive"),
            .. Unless(options.DrainLimit >= TimeSpan.Zero, $"{nameof(options.DrainLimit)} {options.DrainLimit} is negative"),
            .. Unless(options.MaxPacingLead >= TimeSpan.Zero, $"{nameof(options.MaxPacingLead)} {options.MaxPacingLead} is negative"),
            .. Unless(options.ProgressInterval > TimeSpan.Zero, $"{nameof(options.ProgressInterval)} {options.ProgressInterval} is not positive"),
            .. UnlessHead(options.MaxResponseLineBytes, nameof(options.MaxResponseLineBytes)),
            .. UnlessHead(options.MaxResponseHeaderBytes, nameof(options.MaxResponseHeaderBytes)),
            .. Unless(options.MaxResponseBodyBytes >= 0, $"{nameof(options.MaxResponseBodyBytes)} {options.MaxResponseBodyBytes} is negative"),
        ];
        if (faults.Length > 0)
        {
            throw new ArgumentException($"{string.Join("; ", faults)} (options of the load driver). Leave them out for the defaults.", nameof(options));
        }
    }

    private static string[] Unless(bool holds, string fault) => holds ? [] : [fault];

    private static string[] UnlessHead(int bytes, string name) =>
        Unless(bytes >= SmallestHeadBytes, $"{name} {bytes} is below {SmallestHeadBytes}");
}
