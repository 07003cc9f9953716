namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>The outcome of reading a scalar: a value, or a problem with its advice.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Value">The value; meaningless where there is a problem.</param>
/// <param name="Problem">What is wrong, or null.</param>
/// <param name="Advice">What to do about it, or null.</param>
internal readonly record struct Parsed<T>(T Value, string? Problem, string? Advice)
    where T : struct
{
    public static implicit operator Parsed<T>(T value) => new(value, null, null);

    public static implicit operator Parsed<T>((string Problem, string Advice) fault) => new(default, fault.Problem, fault.Advice);
}
