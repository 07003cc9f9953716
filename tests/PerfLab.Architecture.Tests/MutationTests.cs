using System.Text.Json;

namespace PerfLab.Architecture.Tests;

/// <summary>The settings of mutation testing say what <c>docs/mutation.md</c> promises.</summary>
public sealed class MutationTests
{
    private const string Page = "docs/mutation.md";
    private const int LeastPercent = 85;

    private static IEnumerable<string> Settings => Checkout.Files.Where(path => path.EndsWith("/stryker-config.json", StringComparison.Ordinal));

    [Fact]
    public void A_project_fails_below_85_percent()
    {
        Assert.NotEmpty(Settings);
        Rule.IsKept(
            from path in Settings
            where !Read(path).TryGetProperty("thresholds", out var thresholds) || thresholds.GetProperty("break").GetInt32() != LeastPercent
            select path,
            $"Mutation testing does not fail below {LeastPercent} %. Set thresholds.break:");
    }

    [Fact]
    public void Every_project_with_settings_has_its_command_in_the_page() =>
        Assert.Equal(
            Settings.Select(path => $"(cd {Path.GetDirectoryName(path)!.Replace('\\', '/')} && PERFLAB_WITHOUT_SIMULATIONS=1 dotnet stryker)").Order(StringComparer.Ordinal),
            Checkout.Read(Page).Split('\n').Where(line => line.Contains("dotnet stryker)", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_mutated_exists() =>
        Rule.IsKept(
            from path in Settings
            let settings = Read(path)
            where settings.TryGetProperty("mutate", out _)
            let project = settings.GetProperty("project").GetString()!
            from pattern in settings.GetProperty("mutate").EnumerateArray().Select(pattern => pattern.GetString()!)
            let start = $"src/{Path.GetFileNameWithoutExtension(project)}/{pattern.Split('*')[0]}"
            where !Checkout.Files.Any(file => file.StartsWith(start, StringComparison.Ordinal))
            select $"{path}: {pattern}",
            "A pattern of mutated files matches none. Correct it:");

    private static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(Checkout.Read(path));
        return document.RootElement.GetProperty("stryker-config").Clone();
    }
}
