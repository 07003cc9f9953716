namespace PerfLab.Cli.Verbs.Testing;

/// <summary>Something that must not be: a failed test, or a test program that went wrong as a whole.</summary>
/// <param name="Test">The test's full name, or the project's.</param>
/// <param name="Message">What happened, in one or more lines.</param>
internal sealed record TestFailure(string Test, string Message);
