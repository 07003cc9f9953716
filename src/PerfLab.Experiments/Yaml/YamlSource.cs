using System.Text;

namespace PerfLab.Experiments.Yaml;

/// <summary>From bytes to text that a YAML reader may see: of bounded size, UTF-8, indented by spaces.</summary>
internal static class YamlSource
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a file.</summary>
    /// <returns>The text without byte order mark, or null where a fault says why there is none.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes, YamlFaults faults)
    {
        if (bytes.Length > MaximumBytes)
        {
            faults.Add(1, 1, "file", "it is larger than 1 MiB.", "A scenario has some hundred lines; check that this is the right file.");
            return null;
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            faults.Add(1, 1, "file", "it is UTF-16.", "Save it as UTF-8.");
            return null;
        }

        if (bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            bytes = bytes[3..];
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            var (line, column) = Place(bytes[..error.Index]);
            faults.Add(line, column, "file", $"byte 0x{bytes[error.Index]:X2} is not UTF-8.", "Save the file as UTF-8.");
            return null;
        }
    }

    /// <summary>Reports every line that is indented with a tab, and characters that no text file has.</summary>
    /// <returns>Whether the text is fit to be read.</returns>
    public static bool Check(string text, YamlFaults faults)
    {
        var isFit = true;
        var lineNumber = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            var indentation = line[..(line.Length - line.TrimStart(" \t").Length)];
            if (indentation.Contains('\t'))
            {
                faults.Add(lineNumber, indentation.IndexOf('\t') + 1, "syntax", "the line is indented with a tab.", "Indent with spaces; until then the rest is not checked.");
                isFit = false;
            }

            if (line.IndexOfAnyInRange('\0', '\u0008') is var control and >= 0)
            {
                faults.Add(lineNumber, control + 1, "syntax", $"the control character U+{(int)line[control]:X4} is not text.", "Remove it; inside double quotes write it as an escape.");
                isFit = false;
            }
        }

        return isFit;
    }

    private static (int Line, int Column) Place(ReadOnlySpan<byte> before)
    {
        var line = before.Count((byte)'\n') + 1;
        return (line, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
