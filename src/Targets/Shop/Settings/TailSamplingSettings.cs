namespace Shop.Settings;

/// <summary>Which traces a process exports when it judges them itself, after they have ended. Those with an error always are.</summary>
/// <param name="Share">The share of the others, from 0 to 1, chosen by trace id as the SDK's ratio sampler chooses.</param>
/// <param name="SlowerThan">A trace with a span that lasted at least so long is exported too; null leaves them to the share.</param>
internal sealed record TailSamplingSettings(double Share, TimeSpan? SlowerThan);

/// <summary>Reads whether, and by what, the process judges its traces when they have ended.</summary>
internal static class TailSamplingSettingsReader
{
    private const string Share = "SHOP_TAIL_SHARE";
    private const string SlowerThan = "SHOP_TAIL_SLOWER_THAN_MS";

    // No order takes a minute; a longer bound would never be reached.
    private const int LongestBound = 60_000;

    /// <summary>Reads and checks.</summary>
    /// <param name="reader">The variables; collects the faults.</param>
    /// <returns>The settings; null when every sampled span is exported as it ends.</returns>
    public static TailSamplingSettings? Read(VariableReader reader)
    {
        var slowerThan = reader.Count(SlowerThan, 1, LongestBound);
        if (reader.Text(Share) is null)
        {
            if (reader.Text(SlowerThan) is not null)
            {
                reader.ReportUnused(SlowerThan, $"{Share} is not set: set that to the share of ordinary traces");
            }

            return null;
        }

        return new TailSamplingSettings(reader.Ratio(Share) ?? 0, slowerThan is { } bound ? TimeSpan.FromMilliseconds(bound) : null);
    }
}
