using System.Text.Json;
using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.History;

/// <summary>What a history holds.</summary>
/// <param name="Entries">The nights in the order in which they were added; of two lines about one night the first.</param>
/// <param name="Skipped">Lines that were not used.</param>
public sealed record HistoryReading(IReadOnlyList<HistoryEntry> Entries, IReadOnlyList<SkippedLine> Skipped);

/// <summary>A line of a history that was not used.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedLine(int Line, SkippedLineReason Reason);

/// <summary>Why a line was not used.</summary>
public enum SkippedLineReason
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The last line has no end: its writer was stopped, or the disk was full.</summary>
    Unfinished = 1,

    /// <summary>It is not JSON of this shape.</summary>
    Damaged = 2,

    /// <summary>A later version of PerfLab wrote it.</summary>
    LaterVersion = 3,

    /// <summary>A line before it is about the same night.</summary>
    Repeated = 4,
}

/// <summary>Reads the lines of a history. Each stands for itself: whatever is wrong with one costs no other.</summary>
internal static class HistoryReader
{
    private const string VersionMember = "format_version";

    // Editors of Windows write it, and PowerShell's redirection.
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Reads the content of a file; any bytes are allowed.</summary>
    public static HistoryReading Read(ReadOnlySpan<byte> content)
    {
        var entries = new List<HistoryEntry>();
        var skipped = new List<SkippedLine>();
        var nights = new HashSet<string>(StringComparer.Ordinal);
        content = content.StartsWith(ByteOrderMark) ? content[ByteOrderMark.Length..] : content;
        for (var number = 1; !content.IsEmpty; number++)
        {
            var end = content.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            content = end < 0 ? [] : content[(end + 1)..];
            if (line.Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            var reason = Parse(line, isFinished: end >= 0, out var entry);
            if (entry is not null && nights.Add(entry.Night.Name))
            {
                entries.Add(entry);
            }
            else
            {
                skipped.Add(new SkippedLine(number, entry is null ? reason : SkippedLineReason.Repeated));
            }
        }

        return new HistoryReading(entries, skipped);
    }

    // A last line without its end is used if it is whole: only the line feed is missing.
    private static SkippedLineReason Parse(ReadOnlySpan<byte> line, bool isFinished, out HistoryEntry? entry)
    {
        entry = null;
        try
        {
            if (VersionOf(line) is not { } version || version < 1)
            {
                return SkippedLineReason.Damaged;
            }

            if (version > HistoryEntry.CurrentFormatVersion)
            {
                return SkippedLineReason.LaterVersion;
            }

            entry = ResultsJson.DeserializeLine<HistoryEntry>(line);
            if (IsWhole(entry))
            {
                return SkippedLineReason.Unknown;
            }

            entry = null;
            return SkippedLineReason.Damaged;
        }
        catch (JsonException)
        {
            return isFinished ? SkippedLineReason.Damaged : SkippedLineReason.Unfinished;
        }
    }

    // JSON's null is a value of any list, and a number one of any enumeration.
    private static bool IsWhole(HistoryEntry entry) =>
        entry.Estimates.All(estimate => estimate is not null && Enum.IsDefined(estimate.Metric)) && entry.Verdicts.All(verdict => verdict is not null && Enum.IsDefined(verdict.Metric));

    private static int? VersionOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        using var document = JsonDocument.ParseValue(ref reader);
        if (reader.BytesConsumed < line.TrimEnd(" \t\r"u8).Length)
        {
            throw new JsonException("There is more than one value in the line.");
        }

        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty(VersionMember, out var version)
            && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out var number) ? number : null;
    }
}
