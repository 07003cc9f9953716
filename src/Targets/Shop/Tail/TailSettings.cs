namespace Shop.Tail;

/// <summary>Which traces a process exports when it judges them itself, after they have ended. Those with an error always are.</summary>
/// <param name="Share">The share of the others, from 0 to 1, chosen by trace id as the SDK's ratio sampler chooses.</param>
/// <param name="SlowerThan">A trace with a span that lasted at least so long is exported too; null leaves them to the share.</param>
internal sealed record TailSettings(double Share, TimeSpan? SlowerThan);
