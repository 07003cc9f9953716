namespace PerfLab.Architecture.Tests.Sources;

/// <summary>The declaration of a type.</summary>
/// <param name="Name">Without type parameters.</param>
/// <param name="IsPublic">Whether other projects see it.</param>
/// <param name="Rest">What follows the name on the same line.</param>
public sealed record DeclaredType(string Name, bool IsPublic, string Rest)
{
    /// <summary>Whether the line names the other type after a colon or comma.</summary>
    public bool DerivesFrom(DeclaredType other) =>
        Rest.Contains($": {other.Name}", StringComparison.Ordinal) || Rest.Contains($", {other.Name}", StringComparison.Ordinal);
}
