using PerfLab.Experiments.Scenarios;

namespace PerfLab.Load.Feeds;

/// <summary>The steps of a scenario with their placeholders; all steps of a variant take the same row of a feed.</summary>
internal sealed class ScenarioTemplate
{
    private readonly RequestTemplate[] _steps;

    /// <exception cref="FormatException">A placeholder is wrong.</exception>
    public ScenarioTemplate(IReadOnlyList<RequestDefinition> steps, FeedRows? rows) =>
        _steps = [.. steps.Select(step => new RequestTemplate(step, rows))];

    public int StepCount => _steps.Length;

    public int VariantCount => _steps.Max(step => step.VariantCount);

    public IEnumerable<RequestDefinition> Fill(int variant) => _steps.Select(step => step.Fill(variant));
}
