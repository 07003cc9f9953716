using System.Globalization;
using PerfLab.Experiments.Results;

namespace PerfLab.MicroBenchmarks.Tests;

/// <summary>What each layer allocates is known to the byte, so that a version that allocates more is seen at once.</summary>
public sealed class AllocationGuardTests
{
    [Fact]
    public void Every_layer_allocates_what_is_expected_of_the_versions_in_use()
    {
        var expectation = AllocationExpectations.ForLoadedVersions();
        var measured = Layer.All.ToDictionary(layer => layer.Name, AllocationGuard.Measure, StringComparer.Ordinal);
        if (expectation is null)
        {
            Assert.Fail($"Nothing is expected of these versions: {string.Join(", ", LibraryVersions.Loaded.Select(library => $"{library.Key} {library.Value}"))}. If that is right, add to allocations.json:\n{Json(measured)}");
        }

        var deviations = AllocationGuard.Check(measured, Layer.All, expectation);
        Assert.True(
            deviations.Count == 0,
            $"Layers allocate something else than expected:\n{string.Join('\n', deviations.Select(Describe))}\nIf that is right, correct allocations.json:\n{Json(measured)}");
    }

    [Fact]
    public void Every_expectation_is_of_a_layer() =>
        Assert.Empty(AllocationExpectations.ForLoadedVersions()!.AllocatedBytesPerOperation.Keys.Except(Layer.All.Select(layer => layer.Name), StringComparer.Ordinal));

    [Fact]
    public void Nobody_listening_allocates_nothing() => Assert.Equal(0, AllocationGuard.Measure(Find("no-listener")));

    // A byte[40] takes 64 bytes on a 64-bit runtime: object header, type and length of 8 bytes each, then the 40.
    [Theory]
    [InlineData("DatabaseSpans", "shop/database-span")]
    [InlineData("MessagingSpans", "shop/send-span", "shop/process-span")]
    public void Sixty_four_bytes_more_for_each_span_of_an_instrumentation_are_named_with_their_layer(string instrumentation, params string[] layers)
    {
        using var planted = CopiedInstrumentation.Compile(
            $"src/Targets/Shop/Tracing/{instrumentation}.cs", source => source.Replace("return span;", "System.GC.KeepAlive(new byte[40]); return span;", StringComparison.Ordinal));
        Layer[] measured = [.. Layer.All.Where(layer => layer.Name.StartsWith("shop/", StringComparison.Ordinal)).Select(layer => layers.Contains(layer.Name) ? layer with { Create = () => planted.Operation(layer.Name) } : layer)];

        var deviations = AllocationGuard.Check(
            measured.ToDictionary(layer => layer.Name, AllocationGuard.Measure, StringComparer.Ordinal), measured, AllocationExpectations.ForLoadedVersions()!);

        Assert.Equal(layers, deviations.Select(deviation => deviation.Layer));
        Assert.All(deviations, deviation => Assert.Equal(64, deviation.AllocatedBytesPerOperation - deviation.ExpectedBytesPerOperation));
    }

    [Fact]
    public void A_copy_of_an_instrumentation_without_anything_planted_is_as_expected()
    {
        using var copy = CopiedInstrumentation.Compile("src/Targets/Shop/Tracing/DatabaseSpans.cs", source => source);
        var layer = Find("shop/database-span") with { Create = () => copy.Operation("shop/database-span") };

        Assert.Empty(AllocationGuard.Check(new Dictionary<string, double> { [layer.Name] = AllocationGuard.Measure(layer) }, [layer], AllocationExpectations.ForLoadedVersions()!));
    }

    [Fact]
    public void A_layer_of_which_nothing_is_expected_deviates()
    {
        var layer = Find("no-listener");

        var deviation = Assert.Single(AllocationGuard.Check(
            new Dictionary<string, double> { [layer.Name] = 0 }, [layer], new AllocationExpectation(LibraryVersions.Loaded, new Dictionary<string, double>())));

        Assert.Equal(new AllocationDeviation("no-listener", null, 0), deviation);
    }

    private static Layer Find(string name) => Layer.All.Single(layer => layer.Name == name);

    private static string Describe(AllocationDeviation deviation) =>
        string.Create(CultureInfo.InvariantCulture, $"  {deviation.Layer}: {deviation.AllocatedBytesPerOperation} bytes per operation, expected {deviation.ExpectedBytesPerOperation?.ToString(CultureInfo.InvariantCulture) ?? "nothing yet"}");

    private static string Json(Dictionary<string, double> measured) =>
        string.Join(",\n", measured.Where(layer => !Find(layer.Key).AllocationVaries).Select(layer => string.Create(CultureInfo.InvariantCulture, $"        \"{layer.Key}\": {layer.Value}")));
}
