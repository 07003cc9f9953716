namespace PerfLab.Experiments.Scenarios;

/// <summary>A trouble that an arm's back end is in while the arm is measured.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="DelaySeconds">How late a slow back end answers; null for other kinds.</param>
/// <param name="RetryAfterSeconds">When a sender may try again, where the back end says so; null where it does not.</param>
/// <param name="Share">The share of the rounds in trouble, from the first on, above 0 to 1; after it the back end is well again.</param>
public sealed record BackEndTrouble(BackEndTroubleKind Kind, double? DelaySeconds, double? RetryAfterSeconds, double Share);
