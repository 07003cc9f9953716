using System.Globalization;
using System.Text;
using PerfLab.Collector.Payloads;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Collector.TailSampling;

/// <summary>
/// The rules of a policy, asked in their order. What a single span can show is looked up when it arrives and remembered as one
/// bit a rule; the rest is asked when the trace is judged.
/// </summary>
internal sealed class PolicyEvaluator
{
    /// <summary>The most rules that a policy may have: one bit each.</summary>
    public const int MaxRules = 64;

    private readonly TailSamplingRule[] rules;
    private readonly AttributeMatcher?[] attributes;
    private readonly TokenBucket?[] buckets;
    private readonly ulong[] slowNanoseconds;

    /// <summary>Initialises a new instance of the <see cref="PolicyEvaluator"/> class.</summary>
    /// <exception cref="ArgumentException">There are too many rules.</exception>
    public PolicyEvaluator(IReadOnlyList<TailSamplingRule> rules)
    {
        if (rules.Count > MaxRules)
        {
            throw new ArgumentException($"{rules.Count} rules are more than {MaxRules}. In a tail policy. Leave some out.", nameof(rules));
        }

        this.rules = [.. rules];
        attributes = [.. rules.Select(rule => rule is TailSamplingRule.HasAttribute wanted ? new AttributeMatcher(wanted) : null)];
        buckets = [.. rules.Select(rule => rule is TailSamplingRule.AtMost limit ? new TokenBucket(limit.TracesPerSecond) : null)];
        slowNanoseconds = [.. rules.Select(rule => rule is TailSamplingRule.SlowerThan bound ? (ulong)(bound.Seconds * 1e9) : 0)];
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
                TailSamplingRule.Errors => span.StatusCode == SpanView.ErrorStatus,
                TailSamplingRule.SlowerThan => span.EndUnixNanoseconds > span.StartUnixNanoseconds
                    && span.EndUnixNanoseconds - span.StartUnixNanoseconds >= slowNanoseconds[index],
                TailSamplingRule.HasAttribute => attributes[index]!.Matches(span),
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
    public int? Decide(TraceKey trace, ulong matched, double nowSeconds)
    {
        for (var index = 0; index < rules.Length; index++)
        {
            var keeps = rules[index] switch
            {
                TailSamplingRule.AtMost => buckets[index]!.TryTake(nowSeconds),

                // The upper 53 bits are as many as a double holds; a share of 1 keeps all of them.
                TailSamplingRule.Share share => (trace.Hash >> 11) * (1.0 / (1UL << 53)) < share.Ratio,
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

/// <summary>Looks for an attribute of a span, by name or by name and value.</summary>
/// <param name="rule">What is looked for.</param>
internal sealed class AttributeMatcher(TailSamplingRule.HasAttribute rule)
{
    // Fields of AnyValue (opentelemetry/proto/common/v1/common.proto).
    private const int TextField = 1;
    private const int FlagField = 2;
    private const int WholeField = 3;
    private const int RealField = 4;

    private readonly byte[] name = Encoding.UTF8.GetBytes(rule.Name);
    private readonly byte[]? text = rule.Value is null ? null : Encoding.UTF8.GetBytes(rule.Value);
    private readonly ulong? flag = rule.Value switch { "true" => 1, "false" => 0, _ => null };
    private readonly long? whole = long.TryParse(rule.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    private readonly double? real = double.TryParse(rule.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Says whether a span has it.</summary>
    public bool Matches(SpanView span)
    {
        foreach (var keyValue in span.Attributes)
        {
            var attribute = new AttributeView(keyValue);
            if (attribute.Key.SequenceEqual(name) && (text is null || MatchesValue(attribute.Value)))
            {
                return true;
            }
        }

        return false;
    }

    private bool MatchesValue(ReadOnlySpan<byte> value)
    {
        var reader = new ProtoReader(value);
        var fits = false;
        while (!reader.AtEnd && reader.TryReadTag(out var number, out var type))
        {
            // Of a oneof the last field on the wire counts.
            switch (number, type)
            {
                case (TextField, WireType.LengthDelimited):
                    reader.TryReadBytes(out var bytes, out _);
                    fits = bytes.SequenceEqual(text);
                    break;
                case (FlagField, WireType.Varint):
                    reader.TryReadVarint(out var bit);
                    fits = bit == flag;
                    break;
                case (WholeField, WireType.Varint):
                    reader.TryReadVarint(out var integer);
                    fits = (long)integer == whole;
                    break;
                case (RealField, WireType.Fixed64):
                    reader.TryReadFixed64(out var bits);
                    fits = BitConverter.UInt64BitsToDouble(bits).Equals(real);
                    break;
                default:
                    reader.TrySkip(number, type, int.MaxValue);
                    break;
            }
        }

        return fits;
    }
}

/// <summary>Lets through up to a rate: a bucket of one second's tokens, full at first.</summary>
/// <param name="tokensPerSecond">The rate.</param>
internal sealed class TokenBucket(double tokensPerSecond)
{
    // A rate below one a second must be able to hold the one token that it hands out.
    private readonly double capacity = Math.Max(1, tokensPerSecond);
    private double tokens = Math.Max(1, tokensPerSecond);
    private double filledAtSeconds;

    /// <summary>Takes a token if there is one.</summary>
    /// <param name="nowSeconds">The time, by any clock that does not run backwards.</param>
    public bool TryTake(double nowSeconds)
    {
        tokens = Math.Min(capacity, tokens + (Math.Max(0, nowSeconds - filledAtSeconds) * tokensPerSecond));
        filledAtSeconds = nowSeconds;
        if (tokens < 1)
        {
            return false;
        }

        tokens--;
        return true;
    }
}
