using System.Text;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Cli.Display;

/// <summary>
/// Standard output or error as everything here writes to it: without known secrets and control characters of others, and quiet when nobody can read it any more
/// because the terminal was closed or the reader of a pipe has ended. A run is not lost by that.
/// </summary>
internal sealed class LastingWriter(TextWriter inner, bool isTerminal) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Puts one before standard output and one before standard error.</summary>
    public static void Install()
    {
        Console.SetOut(new LastingWriter(Console.Out, !Console.IsOutputRedirected));
        Console.SetError(new LastingWriter(Console.Error, !Console.IsErrorRedirected));
    }

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value is null ? null : VisibleText.Of(KnownSecrets.Hide(value), isTerminal)));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <inheritdoc/>
    public override void WriteLine() => Write(NewLine);

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // Nobody reads it any more.
        }
    }
}
