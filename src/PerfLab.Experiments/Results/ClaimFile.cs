using System.Text.Json;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Results;

/// <summary>A claim about tracing that runs of a scenario confirm or refute: an entry of <c>scenarios/claims.json</c>.</summary>
/// <param name="Claim">What is claimed, in a sentence.</param>
/// <param name="Scenario">The scenario that answers it.</param>
/// <param name="Evidence">What is so if the claim is true; at least one.</param>
public sealed record MeasuredClaim(string Claim, string Scenario, IReadOnlyList<ClaimEvidence> Evidence);

/// <summary>A condition that an arm meets, or does not meet, if a claim is true.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Condition">A condition of <c>decide</c>, for example <c>p50&lt;5ms</c>.</param>
/// <param name="Holds">Whether the arm meets it if the claim is true.</param>
/// <param name="CapacityShare">The load of the run at which it does, as a share of capacity from 0 to 1; null for the load that decides the run.</param>
/// <param name="ClosedLoop">Whether it does in the closed loop of the run, in place of a load.</param>
public sealed record ClaimEvidence(string Arm, string Condition, bool Holds, double? CapacityShare = null, bool ClosedLoop = false);

/// <summary>The file of claims.</summary>
public static class ClaimFile
{
    /// <summary>Its name in <c>scenarios/</c>.</summary>
    public const string FileName = "claims.json";

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no such file, or a condition of it is none.</exception>
    public static IReadOnlyList<MeasuredClaim> Read(string path)
    {
        try
        {
            var claims = ResultsJson.Deserialize<MeasuredClaim[]>(File.ReadAllText(path));
            if (claims.FirstOrDefault(claim => claim.Evidence.Count == 0) is { } empty)
            {
                throw new JsonException($"'{empty.Claim}' has no evidence.");
            }

            foreach (var evidence in claims.SelectMany(claim => claim.Evidence))
            {
                CheckLoad(evidence, DecisionCondition.Parse(evidence.Condition));
            }

            return claims;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{path} does not exist. Name a file of claims; docs/cli.md has its format.", error);
        }
        catch (Exception error) when (error is JsonException or ThresholdSyntaxException)
        {
            throw new InvalidDataException($"{path} is no file of claims: {error.Message} docs/cli.md has its format.", error);
        }
    }

    // At the other loads of a run only costs against the baseline are known.
    private static void CheckLoad(ClaimEvidence evidence, DecisionCondition condition)
    {
        if ((evidence.CapacityShare is not null || evidence.ClosedLoop) && condition is not { Metric: MetricId.Cpu or MetricId.P50 or MetricId.P90 or MetricId.P99 })
        {
            throw new JsonException($"{evidence.Condition} is not known at a load of its own. Use cpu, p50, p90 or p99, or leave the load out.");
        }

        if (evidence is { CapacityShare: not null, ClosedLoop: true } or { CapacityShare: not (null or (> 0 and < 1)) })
        {
            throw new JsonException($"The load of {evidence.Arm} is none. Write either a capacity_share between 0 and 1 or closed_loop.");
        }
    }
}
