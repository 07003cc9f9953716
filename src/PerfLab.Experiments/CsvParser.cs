using System.Globalization;
using System.Text;

namespace PerfLab.Experiments;

/// <summary>Comma-separated values by RFC 4180; lines may end in LF as well, empty lines are skipped.</summary>
public static class CsvParser
{
    /// <summary>Reads all records, the one with the names of the fields among them.</summary>
    /// <param name="text">The text; a byte order mark at its beginning is skipped.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="FormatException">A quote is out of place or a record has another number of fields than the first.</exception>
    public static IReadOnlyList<string[]> Parse(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        var records = new List<string[]>();
        var position = text.StartsWith('\uFEFF') ? 1 : 0;
        var line = 1;
        while (position < text.Length)
        {
            var begin = line;

            // A quoted empty field is a record, an empty line is none.
            var isEmptyLine = text[position] is '\r' or '\n';
            var record = ParseRecord(text, ref position, ref line, source, records.Count > 0 ? records[0] : []);
            if (isEmptyLine)
            {
                continue;
            }

            if (records.Count > 0 && record.Length != records[0].Length)
            {
                throw new FormatException($"{source}({begin}): {record.Length} fields where the first line has {records[0].Length}. Quote fields that hold commas.");
            }

            records.Add(record);
        }

        return records.Count > 0
            ? records
            : throw new FormatException($"{source}: the file is empty. Name the fields in its first line.");
    }

    private static string[] ParseRecord(string text, ref int position, ref int line, string source, string[] names)
    {
        var fields = new List<string>();
        while (true)
        {
            // A value may be a secret: the field alone is named.
            var field = fields.Count < names.Length ? $"field '{names[fields.Count]}'" : string.Create(CultureInfo.InvariantCulture, $"field {fields.Count + 1}");
            fields.Add(position < text.Length && text[position] == '"'
                ? ParseQuoted(text, ref position, ref line, source, field)
                : ParsePlain(text, ref position, line, source, field));
            if (position < text.Length && text[position] == ',')
            {
                position++;
                continue;
            }

            position += text.AsSpan(position).StartsWith("\r\n") ? 2 : Math.Min(1, text.Length - position);
            line++;
            return [.. fields];
        }
    }

    private static string ParsePlain(string text, ref int position, int line, string source, string name)
    {
        var length = text.AsSpan(position).IndexOfAny(",\r\n\"");
        length = length < 0 ? text.Length - position : length;
        var field = text.Substring(position, length);
        position += length;
        return position < text.Length && text[position] == '"'
            ? throw new FormatException($"{source}({line}): a quote in the middle of {name}. Quote the whole field and double the quotes in it.")
            : field;
    }

    private static string ParseQuoted(string text, ref int position, ref int line, string source, string name)
    {
        var begin = line;
        var field = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] == '"')
            {
                if (position + 1 >= text.Length || text[position + 1] != '"')
                {
                    position++;
                    return position == text.Length || text[position] is ',' or '\r' or '\n'
                        ? field.ToString()
                        : throw new FormatException($"{source}({line}): text after the closing quote of {name}. Double the quotes inside a quoted field.");
                }

                position++;
            }

            line += text[position] == '\n' ? 1 : 0;
            field.Append(text[position]);
        }

        throw new FormatException($"{source}({begin}): a quote is never closed. Close it or double it.");
    }
}
