using PerfLab.Collector.Traces;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Collector.TailSampling;

/// <summary>
/// The rules of a policy, asked in their order. What a single span can show is looked up when it arrives and remembered as one
/// bit a rule; the rest is asked when the trace is judged.
/// </summary>
internal sealed class RuleBook
{
    /// <summary>The most rules that a policy may have: one bit each.</summary>
    public const int MostRules = 64;

    private readonly TailRule[] rules;
    private readonly AttributeRule?[] attributes;
    private readonly TokenBucket?[] buckets;
    private readonly ulong[] slowNanoseconds;

    /// <summary>Initialises a new instance of the <see cref="RuleBook"/> class.</summary>
    /// <exception cref="ArgumentException">There are too many rules.</exception>
    public RuleBook(IReadOnlyList<TailRule> rules)
    {
        if (rules.Count > MostRules)
        {
            throw new ArgumentException($"{rules.Count} rules are more than {MostRules}. In a tail policy. Leave some out.", nameof(rules));
        }

        this.rules = [.. rules];
        attributes = [.. rules.Select(rule => rule is TailRule.HasAttribute wanted ? new AttributeRule(wanted) : null)];
        buckets = [.. rules.Select(rule => rule is TailRule.AtMost limit ? new TokenBucket(limit.TracesPerSecond) : null)];
        slowNanoseconds = [.. rules.Select(rule => rule is TailRule.SlowerThan bound ? (ulong)(bound.Seconds * 1e9) : 0)];
    }

    /// <summary>Gets the number of rules.</summary>
    public int Count => rules.Length;

    /// <summary>Says which rules a span fulfils: a bit for each rule.</summary>
    public ulong Match(SpanView span)
    {
        var matched = 0UL;
        for (var index = 0; index < rules.Length; index++)
        {
            var fits = rules[index] switch
            {
                TailRule.Errors => span.StatusCode == SpanView.ErrorStatus,
                TailRule.SlowerThan => span.EndUnixNanoseconds > span.StartUnixNanoseconds
                    && span.EndUnixNanoseconds - span.StartUnixNanoseconds >= slowNanoseconds[index],
                TailRule.HasAttribute => attributes[index]!.Fits(span),
                _ => false,
            };
            matched |= fits ? 1UL << index : 0;
        }

        return matched;
    }

    /// <summary>Judges a trace.</summary>
    /// <param name="trace">Its id.</param>
    /// <param name="matched">What its spans showed.</param>
    /// <param name="nowSeconds">The time.</param>
    /// <returns>The first rule that keeps it; null when none does.</returns>
    public int? Judge(TraceKey trace, ulong matched, double nowSeconds)
    {
        for (var index = 0; index < rules.Length; index++)
        {
            var keeps = rules[index] switch
            {
                TailRule.AtMost => buckets[index]!.TryTake(nowSeconds),

                // The upper 53 bits are as many as a double holds; a share of 1 keeps all of them.
                TailRule.Share share => (trace.Hash >> 11) * (1.0 / (1UL << 53)) < share.Ratio,
                _ => (matched & (1UL << index)) != 0,
            };
            if (keeps)
            {
                return index;
            }
        }

        return null;
    }
}
