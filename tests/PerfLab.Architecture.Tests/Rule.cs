namespace PerfLab.Architecture.Tests;

/// <summary>Says in one failure who breaks a rule and what to do.</summary>
public static class Rule
{
    /// <param name="offenders">Those who break the rule, each with a place; empty when it is kept.</param>
    /// <param name="advice">What is wrong and what to do about it.</param>
    public static void IsKept(IEnumerable<string> offenders, string advice)
    {
        var all = offenders.Distinct(StringComparer.Ordinal).ToList();
        if (all.Count > 0)
        {
            Assert.Fail($"{advice}\n  {string.Join("\n  ", all)}");
        }
    }
}
