using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>back_end</c> of a variant.</summary>
internal static class BackEndReader
{
    /// <summary>Reads the trouble; null where the variant has none.</summary>
    public static BackEndTrouble? Read(Section variant)
    {
        if (variant.Find("back_end") is not { } node)
        {
            return null;
        }

        var section = Section.Open(node, SectionKeys.BackEnd, variant.Faults);
        var kind = section.Choice("trouble", Choices.Troubles, BackEndTroubleKind.Unknown);
        var delay = section.Number("delay", Quantities.BackEndDelay);
        var retryAfter = section.Number("retry_after", Quantities.RetryAfter);
        if (kind != BackEndTroubleKind.Unknown)
        {
            CheckUse(section, "delay", kind is BackEndTroubleKind.Slow, "slow");
            CheckUse(section, "retry_after", kind is BackEndTroubleKind.Unavailable or BackEndTroubleKind.Throttled, "unavailable or throttled");
            if (kind == BackEndTroubleKind.Slow && !section.Has("delay"))
            {
                section.ReportMissing(SectionKeys.BackEnd.Single(key => key.Name == "delay"));
            }
        }

        return new BackEndTrouble(kind, delay?.TotalSeconds, retryAfter?.TotalSeconds, section.Number("share", Quantities.TroubleShare, 1));
    }

    private static void CheckUse(Section section, string key, bool isUsed, string kinds)
    {
        if (!isUsed && section.Has(key))
        {
            section.Faults.Add(section.Value(key), "this trouble has no such key.", $"Remove it, or use trouble: {kinds}.");
        }
    }
}
