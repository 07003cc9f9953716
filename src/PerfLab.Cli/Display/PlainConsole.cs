using System.Text;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Cli.Display;

/// <summary>Decides once, before anything is written, whether the console shows more than ASCII; where it does not, all that is written to it is made plain.</summary>
internal static class PlainConsole
{
    private static readonly string[] s_localeVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>Sets up the console of this process.</summary>
    /// <returns>Whether it shows no more than ASCII.</returns>
    public static bool Prepare()
    {
        if (IsUtf8(Environment.GetEnvironmentVariable, Console.OutputEncoding))
        {
            return false;
        }

        Console.SetOut(new PlainTextWriter(Console.Out));
        Console.SetError(new PlainTextWriter(Console.Error));
        return true;
    }

    /// <summary>
    /// Whether a console is UTF-8. POSIX: the first of LC_ALL, LC_CTYPE and LANG that is set counts, and C and POSIX are ASCII, for
    /// which .NET says UTF-8 all the same. Where none is set, .NET's encoding decides.
    /// </summary>
    internal static bool IsUtf8(Func<string, string?> variable, Encoding encoding)
    {
        var locale = OperatingSystem.IsWindows() ? null : s_localeVariables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is not ("C" or "POSIX") && encoding.CodePage == Encoding.UTF8.CodePage;
    }
}

/// <summary>Passes on what is written, made plain.</summary>
/// <param name="inner">Takes it; belongs to the process.</param>
internal sealed class PlainTextWriter(TextWriter inner) : TextWriter
{
    private char? _half;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (char.IsHighSurrogate(value))
        {
            _half = value;
            return;
        }

        inner.Write(PlainText.Of(_half is { } half ? $"{half}{value}" : value.ToString()));
        _half = null;
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => inner.Write(PlainText.Of(new string(buffer, index, count)));

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(value is null ? null : PlainText.Of(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : PlainText.Of(value));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
