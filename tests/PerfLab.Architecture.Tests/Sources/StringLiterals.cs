using System.Text;

namespace PerfLab.Architecture.Tests.Sources;

/// <summary>A string literal of a C# source, an interpolated one with a 0 in place of each expression.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">Its text; an escape is a space.</param>
/// <param name="Statement">What stands before it in its statement.</param>
public sealed record StringLiteral(int Line, string Text, string Statement);

/// <summary>
/// Finds string literals: plain, verbatim, raw and interpolated ones, and those inside of interpolated expressions. It knows
/// comments and characters, and nothing else of the language.
/// </summary>
public sealed class StringLiterals
{
    private readonly string _source;
    private readonly List<StringLiteral> _found = [];
    private int _statement;

    private StringLiterals(string source) => _source = source;

    /// <summary>Gets those of a source, an inner one before the one that holds it.</summary>
    public static IReadOnlyList<StringLiteral> Of(string source)
    {
        var reader = new StringLiterals(source);
        reader.Code(0, isHole: false);
        return reader._found;
    }

    private bool At(int index, string text) => string.CompareOrdinal(_source, index, text, 0, text.Length) == 0;

    private char Peek(int index) => index < _source.Length ? _source[index] : '\0';

    // Reads on until the end, or until the brace that ends a hole of an interpolated string.
    private int Code(int index, bool isHole)
    {
        var depth = 0;
        while (index < _source.Length)
        {
            var letter = _source[index];
            if (isHole && depth == 0 && letter == '}')
            {
                return index;
            }

            if (Skip(index) is > 0 and var length)
            {
                index += length;
                continue;
            }

            if (StartsString(index))
            {
                index = String(index);
                continue;
            }

            depth += letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0;
            index++;
            _statement = !isHole && letter is ';' or '{' or '}' ? index : _statement;
        }

        return index;
    }

    // The length of a comment or of a character literal; 0 where there is none.
    private int Skip(int index)
    {
        var end = At(index, "//") ? _source.IndexOf('\n', index)
            : At(index, "/*") ? _source.IndexOf("*/", index, StringComparison.Ordinal) + 2
            : Peek(index) == '\'' ? _source.IndexOf('\'', index + (Peek(index + 1) == '\\' ? 3 : 2)) + 1
            : index;
        return (end < 0 ? _source.Length : end) - index;
    }

    private bool StartsString(int index)
    {
        while (Peek(index) is '$' or '@')
        {
            index++;
        }

        return Peek(index) == '"';
    }

    private int String(int index)
    {
        var start = index;
        var (dollars, isVerbatim) = (0, false);
        for (; Peek(index) != '"'; index++)
        {
            dollars += Peek(index) == '$' ? 1 : 0;
            isVerbatim |= Peek(index) == '@';
        }

        var quotes = _source.AsSpan(index).IndexOfAnyExcept('"');
        if (quotes == 2)
        {
            return index + 2;
        }

        var isRaw = quotes > 2;
        var end = new string('"', isRaw ? quotes : 1);
        var hole = new string('{', isRaw ? Math.Max(1, dollars) : 1);
        var text = new StringBuilder();
        index += end.Length;
        while (!At(index, end) || (isVerbatim && !isRaw && At(index, "\"\"")))
        {
            if (dollars > 0 && At(index, hole) && (isRaw || !At(index, "{{")))
            {
                index = Code(index + hole.Length, isHole: true) + hole.Length;
                text.Append('0');
                continue;
            }

            var isPair = !isRaw && ((isVerbatim ? At(index, "\"\"") : Peek(index) == '\\') || (dollars > 0 && At(index, "{{")));
            text.Append(isPair ? ' ' : Peek(index));
            index += isPair ? 2 : 1;
        }

        _found.Add(new StringLiteral(_source.AsSpan(0, start).Count('\n') + 1, text.ToString(), _source[Math.Min(_statement, start)..start]));
        return index + end.Length;
    }
}
