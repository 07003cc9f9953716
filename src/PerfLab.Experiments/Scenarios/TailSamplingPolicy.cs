using System.Globalization;
using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Scenarios;

/// <summary>
/// Tail sampling in the collector: it holds the spans of a trace back until it can judge the whole, and keeps the trace for the
/// first rule that fits, or drops it.
/// </summary>
public sealed record TailSamplingPolicy
{
    /// <summary>Gets how long a trace is held back, in seconds from the arrival of its first span.</summary>
    public required double WaitSeconds { get; init; }

    /// <summary>Gets a value indicating whether a trace is judged before that time as soon as its root has ended and no parent is missing.</summary>
    public required bool DecidesWhenComplete { get; init; }

    /// <summary>Gets the rules in the order in which they are asked; a trace that none fits is dropped.</summary>
    public required IReadOnlyList<TailSamplingRule> Keep { get; init; }

    /// <summary>Gets the traces that may be held back at once; for one more the oldest is judged early.</summary>
    public required int MaxTraces { get; init; }

    /// <summary>Gets the bytes that they may hold; for more the oldest are judged early.</summary>
    public required long MaxBytes { get; init; }
}

/// <summary>A reason for which tail sampling keeps a trace.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "rule")]
[JsonDerivedType(typeof(Errors), "errors")]
[JsonDerivedType(typeof(SlowerThan), "slower_than")]
[JsonDerivedType(typeof(HasAttribute), "attribute")]
[JsonDerivedType(typeof(AtMost), "at_most")]
[JsonDerivedType(typeof(Share), "share")]
public abstract record TailSamplingRule
{
    private protected TailSamplingRule()
    {
    }

    /// <summary>Gets the rule in a few words for a reader.</summary>
    [JsonIgnore]
    public abstract string Words { get; }

    /// <summary>A span of the trace has the status Error.</summary>
    public sealed record Errors : TailSamplingRule
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Words => "errors";
    }

    /// <summary>A span of the trace lasted at least so long.</summary>
    /// <param name="Seconds">The bound, above 0.</param>
    public sealed record SlowerThan(double Seconds) : TailSamplingRule
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Words => Format($"slower than {Seconds * 1000:0.###} ms");
    }

    /// <summary>A span of the trace has an attribute.</summary>
    /// <param name="Name">The attribute's name.</param>
    /// <param name="Value">Its value as text (numbers as written in JSON, true, false); null takes any.</param>
    public sealed record HasAttribute(string Name, string? Value) : TailSamplingRule
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Words => Value is null ? $"with {Name}" : $"with {Name}={Value}";
    }

    /// <summary>Any trace, up to a rate: a token bucket that holds one second's worth.</summary>
    /// <param name="TracesPerSecond">The rate, above 0.</param>
    public sealed record AtMost(double TracesPerSecond) : TailSamplingRule
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Words => Format($"at most {TracesPerSecond:0.###} a second");
    }

    /// <summary>A share of all traces, chosen by their ids: the same traces in every run of the same ids.</summary>
    /// <param name="Ratio">0.1 is one in ten.</param>
    public sealed record Share(double Ratio) : TailSamplingRule
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Words => Format($"{Ratio * 100:0.###} % of the rest");
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
