using System.Diagnostics.CodeAnalysis;

namespace PerfLab.Experiments.Thresholds;

/// <summary>Walks through a text, token by token. It goes back by one word at most, so that no text can make it slow.</summary>
internal sealed class TextCursor(string text)
{
    private int _position;

    /// <summary>Gets the column of the next token, from 1; one behind the text at its end.</summary>
    internal int Column
    {
        get
        {
            SkipSpace();
            return _position + 1;
        }
    }

    internal bool AtEnd => Column > text.Length;

    /// <summary>Gets the next character, white space left out; null at the end.</summary>
    internal char? Next => AtEnd ? null : text[_position];

    /// <summary>Takes a run of characters, white space before it left out; empty when there is none.</summary>
    internal string Take(Func<char, bool> belongs)
    {
        SkipSpace();
        return TakeAdjacent(belongs);
    }

    /// <summary>Gets the run of characters that <see cref="Take"/> would take.</summary>
    internal string PeekWord(Func<char, bool> belongs)
    {
        SkipSpace();
        var before = _position;
        var word = TakeAdjacent(belongs);
        _position = before;
        return word;
    }

    /// <summary>Takes a run of characters that follows without white space; empty when there is none.</summary>
    internal string TakeAdjacent(Func<char, bool> belongs)
    {
        var start = _position;
        while (_position < text.Length && belongs(text[_position]))
        {
            _position++;
        }

        return text[start.._position];
    }

    /// <summary>Takes one character if it comes next.</summary>
    internal bool TryTake(char wanted)
    {
        if (Next != wanted)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>What comes next, as it stands in a message.</summary>
    internal string Describe() => Next is { } next ? QuotedText.Of(next.ToString()) : "the end";

    [DoesNotReturn]
    internal void Fail(int column, string problem, string advice) => throw new ThresholdSyntaxException(text, column, problem, advice);

    // Only these two: a line break in a threshold is a mistake of the file around it.
    private void SkipSpace()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t')
        {
            _position++;
        }
    }
}
