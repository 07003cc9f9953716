using PerfLab.Experiments.Generators;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

/// <summary>What stands beside a response time that a load tool measured.</summary>
public sealed class GeneratorWordingTests
{
    [Theory]
    [InlineData("vegeta", "Measured by vegeta: open loop at 300 requests/s; counted from the moment a request was due, or its schedule does not wait; resolution 1\u00a0us. The response times of all windows are taken together. A difference below the resolution is not claimed.")]
    [InlineData("hey", "Measured by hey: 16 connections, together at 300 requests/s, each waiting for its response; not corrected for coordinated omission: what a user would have waited before a slow response is missing; resolution 0.1\u00a0ms. The response times of all windows are taken together. They are shown and decide nothing.")]
    [InlineData("wrk", "Measured by wrk: closed loop with 16 connections: the next request follows the response; not corrected for coordinated omission: what a user would have waited before a slow response is missing; resolution 0.01\u00a0ms. The tool reports percentiles of each window, which cannot be merged: a figure is the median over the windows of that percentile. They are shown and decide nothing.")]
    [InlineData("autocannon", "Measured by autocannon: 16 connections, together at 300 requests/s, each waiting for its response; counted from the moment a request was due, or its schedule does not wait; resolution 1\u00a0ms. The tool reports percentiles of each window, which cannot be merged: a figure is the median over the windows of that percentile. A difference below the resolution is not claimed.")]
    public void Tool_loop_correction_and_resolution_are_stated(string tool, string sentence) =>
        Assert.Equal(sentence, GeneratorWording.ResponseTime(new GeneratorDefinition(tool), 300));
}
