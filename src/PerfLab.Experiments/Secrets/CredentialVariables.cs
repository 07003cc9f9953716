using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Secrets;

/// <summary>A scenario as a file has it that can be shared.</summary>
/// <param name="Scenario">The scenario, with references to variables of the caller.</param>
/// <param name="InClear">The names behind which it still has secrets, because no variable holds them.</param>
/// <param name="ToSet">The variables to which it refers and that nobody has set: they stand for the credentials of its requests.</param>
public sealed record ReferringScenario(Scenario Scenario, IReadOnlyList<string> InClear, IReadOnlyList<CredentialVariable> ToSet);

/// <summary>A variable for credentials that stand in a header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Header">The header.</param>
/// <param name="Scheme">What stands in the header before the reference: <c>Basic</c>; null for nothing.</param>
/// <param name="Value">The credentials.</param>
public sealed record CredentialVariable(string Name, string Header, string? Scheme, string Value);

/// <summary>Gives variables to credentials of requests that no variable of the caller holds; the same value has the same variable.</summary>
/// <param name="scenario">The name of the scenario, with which the names begin.</param>
/// <param name="caller">The variables that there are.</param>
internal sealed partial class CredentialVariables(string scenario, IReadOnlyDictionary<string, string> caller)
{
    // Headers that carry nothing but credentials (RFC 9110, section 11; RFC 6265).
    private static readonly string[] s_headers = ["Authorization", "Proxy-Authorization", "Cookie"];

    private readonly OrderedDictionary<string, CredentialVariable> _variables = new(StringComparer.Ordinal);

    /// <summary>Gets the variables, in the order in which they came.</summary>
    public IReadOnlyList<CredentialVariable> All => [.. _variables.Values];

    /// <summary>Says whether the whole value of a header is a credential.</summary>
    public static bool IsCredential(string? header) => s_headers.Contains(header, StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the value of a header with a reference in the place of the credentials.</summary>
    /// <param name="header">The header.</param>
    /// <param name="value">Its value.</param>
    public string Refer(string header, string value)
    {
        if (!_variables.TryGetValue(value, out var variable))
        {
            var scheme = SecretText.Schemes.FirstOrDefault(each => value.StartsWith(each + ' ', StringComparison.OrdinalIgnoreCase));
            variable = new CredentialVariable(NewName(header), header, scheme, scheme is null ? value : value[(scheme.Length + 1)..]);
            _variables.Add(value, variable);
        }

        return $"{(variable.Scheme is null ? string.Empty : variable.Scheme + ' ')}${{{variable.Name}}}";
    }

    private string NewName(string header)
    {
        var stem = Other().Replace($"{scenario}_{header}", "_").ToUpperInvariant();
        stem = char.IsAsciiDigit(stem[0]) ? '_' + stem : stem;
        return Enumerable.Range(1, int.MaxValue)
            .Select(number => number == 1 ? stem : $"{stem}_{number}")
            .First(name => !caller.ContainsKey(name) && _variables.Values.All(variable => variable.Name != name));
    }

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Other();
}
