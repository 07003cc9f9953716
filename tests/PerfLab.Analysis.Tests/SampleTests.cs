using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

public class SampleTests
{
    [Fact]
    public void Costs_are_totals_from_the_first_slice_to_the_closing_reading_over_answered_requests()
    {
        // (5 + 1,000 * 0.0004 - 5) / 1,000 and likewise for bytes and pause: what the warm-up used is not charged.
        var arm = LabRun.Arm("off", cpuSeconds: 0.0004, bytes: 14_200, pauseSeconds: 0.00002);

        Assert.Equal(0.0004, Take(MetricId.Cpu, arm).Value!.Value, 12);
        Assert.Equal(14_200, Take(MetricId.Allocation, arm).Value);
        Assert.Equal(0.00002, Take(MetricId.GcPause, arm).Value!.Value, 12);
    }

    [Fact]
    public void The_first_slice_is_found_by_its_round_and_not_by_its_place()
    {
        var arm = LabRun.Arm("off");

        Assert.Equal(Take(MetricId.Cpu, arm), Take(MetricId.Cpu, arm with { Slices = [.. arm.Slices.Reverse()] }));
    }

    [Fact]
    public void A_lump_in_one_round_is_kept()
    {
        // A batch export burns 0.1 s of CPU during round 5 only: (0.4 + 0.1) / 1,000 = 0.0005. A median of rounds says 0.0004.
        var arm = LabRun.Arm("off", cpuSeconds: 0.0004);
        var lumpy = arm with
        {
            Slices = [.. arm.Slices.Select(slice => slice.Round <= 5 ? slice : slice with { Before = Add(slice.Before, 0.1) })],
            ClosingReading = Add(arm.ClosingReading, 0.1),
        };

        Assert.Equal(0.0005, Take(MetricId.Cpu, lumpy).Value!.Value, 12);
    }

    [Fact]
    public void A_voided_round_takes_its_cost_and_its_requests_with_it()
    {
        // The machine made round 5 dearer by 0.1 s. Without it every request costs 0.0004 s again.
        var arm = LabRun.Arm("off", cpuSeconds: 0.0004);
        var disturbed = arm with
        {
            Slices =
            [
                .. arm.Slices.Select(slice => (slice.Round <= 5 ? slice : slice with { Before = Add(slice.Before, 0.1) }) with { IsVoided = slice.Round == 5 }),
            ],
            ClosingReading = Add(arm.ClosingReading, 0.1),
        };

        Assert.Equal(0.0004, Take(MetricId.Cpu, disturbed).Value!.Value, 12);
    }

    [Fact]
    public void What_the_runtimes_compiler_used_is_not_charged()
    {
        var arm = LabRun.Arm("off", cpuSeconds: 0.0004);
        var compiling = arm with
        {
            Slices = [.. arm.Slices.Select(slice => slice with { Before = slice.Before with { CompilerCpuSeconds = 3 } })],
            ClosingReading = Add(arm.ClosingReading, 0.1) with { CompilerCpuSeconds = 3.1 },
        };

        Assert.Equal(0.0004, Take(MetricId.Cpu, compiling).Value!.Value, 12);
    }

    [Fact]
    public void A_lump_after_the_last_slice_is_charged_too()
    {
        var arm = LabRun.Arm("off", cpuSeconds: 0.0004);

        Assert.Equal(0.0005, Take(MetricId.Cpu, arm with { ClosingReading = Add(arm.ClosingReading, 0.1) }).Value!.Value, 12);
    }

    [Theory]
    [InlineData(MetricId.P50, 0.002)]
    [InlineData(MetricId.P90, 0.004)]
    [InlineData(MetricId.P99, 0.006)]
    [InlineData(MetricId.P999, 0.010)]
    public void Percentiles_come_from_the_recorded_spectrum(MetricId metric, double expected) =>
        Assert.Equal(expected, Take(metric, LabRun.Arm("off", p50Seconds: 0.002)).Value!.Value, 12);

    [Fact]
    public void A_percentile_that_was_not_recorded_is_missing_and_not_its_neighbour()
    {
        var arm = LabRun.Arm("off");
        var coarse = arm with { ResponseTime = arm.ResponseTime! with { Spectrum = [new PercentilePoint(50, 1), new PercentilePoint(99, 2)] } };

        Assert.Null(Take(MetricId.P999, coarse).Value);
        Assert.Equal(MissingReason.NoPercentile, Take(MetricId.P999, coarse).MissingReason);
        Assert.Equal(2, Take(MetricId.P99, coarse).Value);
        Assert.Null(Take(MetricId.P50, arm with { ResponseTime = null }).Value);
        Assert.Null(Take(MetricId.P50, arm with { ResponseTime = arm.ResponseTime with { Count = 0 } }).Value);
    }

    [Theory]
    [InlineData(MetricId.P50, 2)]
    [InlineData(MetricId.P90, 10)]
    [InlineData(MetricId.P99, 100)]
    [InlineData(MetricId.P999, 1000)]
    [InlineData(MetricId.CompletionP50, 2)]
    [InlineData(MetricId.CompletionP99, 100)]
    public void A_percentile_that_would_be_the_longest_of_too_few_answers_is_missing(MetricId metric, long needed)
    {
        Assert.NotNull(Take(metric, With(needed)).Value);
        Assert.Null(Take(metric, With(needed - 1)).Value);
        Assert.Equal(MissingReason.TooFewAnswers, Take(metric, With(needed - 1)).MissingReason);
        Assert.NotNull(SampleExtractor.Take(metric, With(needed - 1), withholdsMaxima: false).Value);

        static ArmRecord With(long count)
        {
            var arm = LabRun.Arm("off");
            return arm with { ResponseTime = arm.ResponseTime! with { Count = count }, Completion = arm.Completion! with { Count = count } };
        }
    }

    [Fact]
    public void Exports_are_divided_by_the_requests_of_the_whole_life()
    {
        // 4,000 requests in the ledger: 16,000 spans are 4 each, 2,000,000 bytes are 500 each.
        var arm = LabRun.Arm("on") with { Spans = LabRun.Ledger(16_000, 16_000, 2_000_000) };

        Assert.Equal(4, Take(MetricId.ExportedSpans, arm).Value);
        Assert.Equal(500, Take(MetricId.ExportedBytes, arm).Value);
        Assert.Null(Take(MetricId.ExportedBytes, arm with { Spans = arm.Spans with { RequestCount = 0 } }).Value);
    }

    [Fact]
    public void Whatever_was_offered_and_not_answered_is_an_error()
    {
        // 10 of 1,000 missing in one slice: named, dropped or lost without a word, 1 %.
        var arm = LabRun.Arm("off");
        var slices = arm.Slices.Select(slice => slice.Round == 3 ? slice with { AnsweredCount = 90, DroppedCount = 4 } : slice);

        Assert.Equal(0.01, Take(MetricId.Errors, arm with { Slices = [.. slices] }).Value!.Value, 15);
        Assert.Equal(0, Take(MetricId.Errors, arm).Value);
        Assert.Null(Take(MetricId.Errors, arm with { Slices = [] }).Value);
    }

    [Fact]
    public void The_working_set_is_the_closing_reading()
    {
        var arm = LabRun.Arm("off");

        Assert.Equal(90_000_000, Take(MetricId.WorkingSet, arm).Value);
        Assert.Null(Take(MetricId.WorkingSet, arm with { ClosingReading = arm.ClosingReading with { WorkingSetBytes = null } }).Value);
    }

    [Fact]
    public void A_missing_reading_is_missing_and_never_zero()
    {
        var arm = LabRun.Arm("off");
        SliceRecord[] blind = [.. arm.Slices.Select(slice => slice with { Before = slice.Before with { CpuSeconds = null } })];

        Assert.Equal(MissingReason.NoReading, Take(MetricId.Cpu, arm with { Slices = blind }).MissingReason);
        Assert.Null(Take(MetricId.Cpu, arm with { Slices = blind }).Value);
        Assert.Null(Take(MetricId.Cpu, arm with { ClosingReading = arm.ClosingReading with { CpuSeconds = null } }).Value);
        Assert.Null(Take(MetricId.Cpu, arm with { Slices = [] }).Value);
        Assert.Null(Take(MetricId.Cpu, arm with { Slices = [.. arm.Slices.Select(slice => slice with { AnsweredCount = 0 })] }).Value);
    }

    [Fact]
    public void A_counter_that_ran_backwards_is_no_saving()
    {
        var arm = LabRun.Arm("off");
        var restarted = arm with { ClosingReading = arm.ClosingReading with { CpuSeconds = 0.1 } };

        Assert.Null(Take(MetricId.Cpu, restarted).Value);
        Assert.Equal(MissingReason.CounterRanBackwards, Take(MetricId.Cpu, restarted).MissingReason);
    }

    [Fact]
    public void Work_after_the_answer_takes_what_the_target_tells()
    {
        var arm = LabRun.Arm("off", p50Seconds: 0.002);

        Assert.Equal(0.02, Take(MetricId.CompletionP50, arm).Value!.Value, 12);
        Assert.Equal(0.06, Take(MetricId.CompletionP99, arm).Value!.Value, 12);
        Assert.Equal(MissingReason.NoCompletionReport, Take(MetricId.CompletionP50, arm with { Completion = null }).MissingReason);
        Assert.Equal(MissingReason.NothingCompleted, Take(MetricId.CompletionP50, arm with { Completion = new CompletionTimes(0, null, null, null, null) }).MissingReason);
    }

    [Fact]
    public void Every_metric_of_the_catalogue_has_an_extraction()
    {
        Assert.All(MetricCatalog.All, metric => Assert.NotNull(Take(metric.Id, LabRun.Arm("off")).Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => Take(MetricId.Unknown, LabRun.Arm("off")));
    }

    private static Sample Take(MetricId metric, ArmRecord arm) => SampleExtractor.Take(metric, arm);

    private static Reading Add(Reading reading, double cpuSeconds) => reading with { CpuSeconds = reading.CpuSeconds + cpuSeconds };
}
