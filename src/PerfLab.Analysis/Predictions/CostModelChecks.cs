using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Predictions;

/// <summary>Predicts arms that a fit has not seen: each arm by itself, and all arms of each run.</summary>
internal static class CostModelChecks
{
    /// <summary>Checks them; an arm without which a driver cannot be told any more cannot be predicted and is left out.</summary>
    public static IReadOnlyList<CostModelCheck> Of(CostObservations cost, DriverSelection selection)
    {
        var runs = cost.Rows.Select(row => row.Observation.Group).Distinct().ToArray();
        return
        [
            .. cost.Rows.Where(row => !row.Arm.IsUntraced).SelectMany(row => Check(cost, selection, [row], withoutRun: false)),
            .. runs.Length < 2 ? [] : runs.SelectMany(run => Check(cost, selection, [.. cost.Rows.Where(row => row.Observation.Group == run)], withoutRun: true)),
        ];
    }

    private static IEnumerable<CostModelCheck> Check(CostObservations cost, DriverSelection selection, (CostArm Arm, EffectObservation Observation)[] heldOut, bool withoutRun)
    {
        CostObservations rest = new([.. cost.Rows.Except(heldOut)]);
        var told = EffectRegression.Identify([.. rest.Rows.Select(row => row.Observation)]);
        if (!selection.Columns.Where((_, index) => selection.Known[index] is null).All(told.Contains) || selection.Fit(rest) is not { } fit)
        {
            yield break;
        }

        foreach (var (arm, observation) in heldOut.Where(row => !row.Arm.IsUntraced))
        {
            // The overhead of an arm is over those of its run without an SDK, or over its first arm where all have one.
            var inRun = cost.Rows.Where(row => row.Observation.Group == observation.Group).ToArray();
            var untraced = inRun.Where(row => row.Arm.IsUntraced).DefaultIfEmpty(inRun[0]).ToArray();
            var reference = untraced.Average(row => row.Observation.Value);
            var effects = selection.Of(observation);
            double predicted, variance;
            if (withoutRun)
            {
                if (ReferenceEquals(untraced[0].Arm, arm))
                {
                    continue;
                }

                var below = selection.Of(untraced[0].Observation);
                double[] beyond = [.. effects.Zip(below, (one, other) => one - other)];
                predicted = fit.Model.Sum(beyond);
                variance = fit.Model.VarianceOfSum(beyond)
                    + Math.Pow(fit.Model.ResidualRatio * fit.Model.Sum(effects), 2)
                    + ((Math.Pow(fit.Model.ResidualRatio * fit.Model.Sum(below), 2) + Math.Pow(untraced[0].Observation.StandardError, 2)) / untraced.Length);
            }
            else
            {
                (var value, variance) = fit.PredictIn(observation.Group, effects);
                predicted = value - reference;
            }

            var reach = fit.Model.Reach(variance + Math.Pow(observation.StandardError, 2), CostModelFitter.Level);
            yield return new CostModelCheck(arm.RunId, arm.Arm.Name, withoutRun, observation.Value - reference, predicted, predicted - reach, predicted + reach);
        }
    }
}
