using System.Collections;

namespace Shop.Tests.InMemory;

/// <summary>Sets exactly these OTEL_* and SHOP_* variables of the test process, and puts the old ones back at the end.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private readonly Dictionary<string, string?> _before = Current();

    public EnvironmentScope(IReadOnlyDictionary<string, string> variables)
    {
        Clear();
        foreach (var (name, value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    public void Dispose()
    {
        Clear();
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private static Dictionary<string, string?> Current() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => ((string)entry.Key, (string?)entry.Value))
            .Where(entry => entry.Item1.StartsWith("OTEL_", StringComparison.Ordinal) || entry.Item1.StartsWith("SHOP_", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);

    private static void Clear()
    {
        foreach (var name in Current().Keys)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
