namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary>Shell scripts that print what xunit 4.0.2 prints with <c>-reporter json</c>, shortened to the members that matter.</summary>
public static class XunitScript
{
    public static string Passed(string name) => Starting(name) + Line("test-passed", $"\"TestUniqueID\":\"{name}\"") + Finished(name);

    public static string PassedAfter(string name, string seconds) =>
        Starting(name) + Line("test-passed", $"\"TestUniqueID\":\"{name}\"") + Finished(name, seconds);

    public static string Failed(string name) =>
        Starting(name) +
        Line("test-failed", $"\"TestUniqueID\":\"{name}\",\"ExceptionTypes\":[\"Xunit.Sdk.EqualException\"],\"Messages\":[\"Expected 42, got 41\"],\"StackTraces\":[\"   at Xunit.Assert.Equal()\\\\n   at Own.Test() in Own.cs:line 7\"]") +
        Finished(name);

    public static string Skipped(string name, string reason) =>
        Starting(name) + Line("test-skipped", $"\"TestUniqueID\":\"{name}\",\"Reason\":\"{reason}\"") + Finished(name);

    public static string Starting(string name) => Line("test-starting", $"\"TestUniqueID\":\"{name}\",\"TestDisplayName\":\"{name}\"");

    public static string Finished(string name, string seconds = "0.01") => Line("test-finished", $"\"TestUniqueID\":\"{name}\",\"ExecutionTime\":{seconds}");

    /// <summary>The last message, with the counts that xunit itself arrived at.</summary>
    public static string End(int total, int failed = 0) =>
        Line("test-assembly-finished", $"\"TestsFailed\":{failed},\"TestsNotRun\":0,\"TestsSkipped\":0,\"TestsTotal\":{total}") +
        $"exit {(failed == 0 ? 0 : 1)}\n";

    public static string Line(string type, string members) =>
        $$"""
        printf '%b\n' '{"$type":"{{type}}",{{members}}}'

        """;
}
