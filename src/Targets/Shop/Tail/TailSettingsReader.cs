using Shop.Variables;

namespace Shop.Tail;

/// <summary>Reads whether, and by what, the process judges its traces when they have ended.</summary>
internal static class TailSettingsReader
{
    private const string Share = "SHOP_TAIL_SHARE";
    private const string SlowerThan = "SHOP_TAIL_SLOWER_THAN_MS";

    // No order takes a minute; a longer bound would never be reached.
    private const int LongestBound = 60_000;

    /// <summary>Reads and checks.</summary>
    /// <param name="reader">The variables; collects the faults.</param>
    /// <returns>The settings; null when every sampled span is exported as it ends.</returns>
    public static TailSettings? Read(VariableReader reader)
    {
        var slowerThan = reader.Count(SlowerThan, 1, LongestBound);
        if (reader.Text(Share) is null)
        {
            if (reader.Text(SlowerThan) is not null)
            {
                reader.Idle(SlowerThan, $"{Share} is not set: set that to the share of ordinary traces");
            }

            return null;
        }

        return new TailSettings(reader.Ratio(Share) ?? 0, slowerThan is { } bound ? TimeSpan.FromMilliseconds(bound) : null);
    }
}
