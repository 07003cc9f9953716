using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace PerfLab.Cli.Options;

/// <summary>Options whose value is a whole number of a range. What is none is refused with the range and what to write, not with a type of .NET.</summary>
internal static class NumberOption
{
    /// <summary>Creates an option that has a value also when it is not given.</summary>
    /// <param name="name">For example <c>--rounds</c>.</param>
    /// <param name="range">What it may be.</param>
    /// <param name="standard">Its value when it is not given.</param>
    /// <param name="description">For the help.</param>
    public static Option<T> Create<T>(string name, WholeNumbers<T> range, T standard, string description)
        where T : struct, IBinaryInteger<T> =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard, CustomParser = result => Read(result, name, range) ?? standard };

    /// <summary>Creates an option that has no value when it is not given.</summary>
    /// <param name="name">For example <c>--keep</c>.</param>
    /// <param name="range">What it may be.</param>
    /// <param name="description">For the help.</param>
    public static Option<T?> CreateOptional<T>(string name, WholeNumbers<T> range, string description)
        where T : struct, IBinaryInteger<T> =>
        new(name) { Description = description, HelpName = "N", CustomParser = result => Read(result, name, range) };

    private static T? Read<T>(ArgumentResult result, string name, WholeNumbers<T> range)
        where T : struct, IBinaryInteger<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= range.Least && number <= range.Most)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a whole number from {range.Least} to {range.Most} ({name}). {range.Advice}"));
        return null;
    }
}

/// <summary>Whole numbers that an option may have.</summary>
/// <param name="Least">The smallest, included.</param>
/// <param name="Most">The largest, included.</param>
/// <param name="Advice">A sentence with a number that suits.</param>
internal sealed record WholeNumbers<T>(T Least, T Most, string Advice)
    where T : struct, IBinaryInteger<T>;
