namespace PerfLab.Statistics.Tests;

/// <summary>Random values for simulations, from a named seed.</summary>
internal sealed class Draws
{
    private readonly Random _random;

    /// <summary>Begins a simulation; skips the test where none are wanted.</summary>
    internal Draws(int seed)
    {
        Simulations.SkipWhereUnwanted();
        _random = new Random(seed);
    }

    /// <summary>Standard normal, by Box and Muller.</summary>
    internal double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>Log-normal: right-skewed as response times are.</summary>
    internal double Skewed() => Math.Exp(Normal());

    /// <summary>Normal, one in ten with ten times the spread.</summary>
    internal double OutlierRidden() => Normal() * (_random.NextDouble() < 0.1 ? 10 : 1);

    /// <summary>Uniform from 0 to below 1.</summary>
    internal double Uniform() => _random.NextDouble();

    /// <summary>Exponential with mean 1.</summary>
    internal double Exponential() => -Math.Log(1 - _random.NextDouble());

    internal static double[] Many(int count, Func<double> draw)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = draw();
        }

        return values;
    }
}
