using System.Globalization;

namespace PerfLab.Statistics;

/// <summary>What every method asks of its input. Wrong numbers would come out as plausible ones, so they stop here.</summary>
internal static class Guard
{
    internal static void Finite(IReadOnlyList<double> values, string name)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Value {i} is {values[i]}. Leave out what was not measured; statistics take finite numbers only."),
                    name);
            }
        }
    }

    internal static void NotEmpty(IReadOnlyList<double> values, string name)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("There are no values. Ask whether anything was measured before asking for its centre.", name);
        }
    }

    internal static void AtMost(int count, int limit, string name)
    {
        if (count > limit)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{count} values are more than the {limit} that the exact method is made for. Pass one number per launch set, not one per request."),
                name);
        }
    }

    /// <summary>A probability strictly between 0 and 1.</summary>
    internal static void Probability(double value, string name)
    {
        if (!(value > 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "Must lie between 0 and 1, both excluded; 0.95 is 95 %.");
        }
    }

    /// <summary>A finite number above zero.</summary>
    internal static void Positive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "Must be a finite number above 0.");
        }
    }
}
