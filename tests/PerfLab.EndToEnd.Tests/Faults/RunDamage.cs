using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PerfLab.EndToEnd.Tests.Faults;

/// <summary>One way in which a disk, a copy or a person spoils the folder of a run.</summary>
/// <param name="Number">Decides the way and everything that is drawn for it.</param>
internal sealed partial record RunDamage(int Number)
{
    private static readonly string[] s_numbers = ["-1", "0", "1e308", "-1e308", "2147483648", "9223372036854775807", "0.5", "1e-320", "4000000000000000000000", "null", "\"NaN\"", "true", "[]", "{}"];
    private static readonly string[] s_texts = ["\"\"", "\"x\"", "\"\\u001b[2J\"", "\"../../etc/passwd\"", "\"\\ud800\"", "null", "7", "[]", "\"2026-13-45T00:00:00Z\""];

    private readonly Random _random = new(FaultCampaign.Seed + Number);

    /// <summary>Spoils the folder.</summary>
    /// <returns>What was done, for the message of a failure.</returns>
    public string Do(string run) => (Number % 16) switch
    {
        0 => Bytes(run, "one bit of", bytes => bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8))),
        1 => Whole(run, "cut off", bytes => bytes[.._random.Next(bytes.Length)]),
        2 => Bytes(run, "a block of zeros in", bytes => Array.Clear(bytes, _random.Next(bytes.Length) / 2, bytes.Length / 2)),
        3 => Whole(run, "emptied", _ => []),
        4 => Whole(run, "twice in a row", bytes => [.. bytes, .. bytes]),
        5 => Whole(run, "random bytes in place of", bytes => [.. Enumerable.Range(0, bytes.Length).Select(_ => (byte)_random.Next(256))]),
        6 => Entry(run, "removed", File.Delete),
        7 => Entry(run, "a folder in place of", file => Replace(file, () => Directory.CreateDirectory(file))),
        8 => Entry(run, "a link to nothing in place of", file => Replace(file, () => File.CreateSymbolicLink(file, "nowhere"))),
        9 => Entry(run, "another file's content in", file => File.WriteAllBytes(file, File.ReadAllBytes(Pick(run)))),
        10 or 11 => Json(run, NumberPattern(), s_numbers),
        12 => Json(run, TextPattern(), s_texts),
        13 => Json(run, LinePattern(), [""]),
        14 => Folder(run, "removed", folder => Directory.Delete(folder, recursive: true)),
        _ => Folder(run, "called 999", folder => Directory.Move(folder, Path.Combine(Path.GetDirectoryName(folder)!, "999"))),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"damage {Number}");

    // A value after a name: the number, the text or the whole line.
    [GeneratedRegex("(?<=\": )-?[0-9][0-9.eE+-]*", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NumberPattern();

    [GeneratedRegex("(?<=\": )\"[^\"]*\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TextPattern();

    [GeneratedRegex("^.*\n", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex LinePattern();

    private static void Replace(string file, Action create)
    {
        File.Delete(file);
        create();
    }

    // Those of the run itself as often as those of its launch sets, which are many more.
    private string Pick(string run, string pattern = "*")
    {
        var own = Directory.GetFiles(run, "*.json").Where(file => !file.EndsWith("summary.json", StringComparison.Ordinal));
        var launches = Directory.GetFiles(Path.Combine(run, "launches"), pattern, SearchOption.AllDirectories).Where(file => !file.EndsWith(".log", StringComparison.Ordinal));
        string[] files = [.. (_random.Next(2) == 0 ? own : launches).Order(StringComparer.Ordinal)];
        return files[_random.Next(files.Length)];
    }

    private string Bytes(string run, string what, Action<byte[]> spoil) => Whole(run, what, bytes =>
    {
        spoil(bytes);
        return bytes;
    });

    private string Whole(string run, string what, Func<byte[], byte[]> spoil) => Entry(run, what, file => File.WriteAllBytes(file, spoil(File.ReadAllBytes(file))));

    private string Entry(string run, string what, Action<string> spoil) => On(run, Pick(run), what, spoil);

    private string Json(string run, Regex pattern, string[] values) => On(run, Pick(run, "*.json"), "", file =>
    {
        var text = File.ReadAllText(file);
        var matches = pattern.Matches(text) is { Count: > 0 } some ? some : LinePattern().Matches(text);
        var (match, value) = (matches[_random.Next(matches.Count)], values[_random.Next(values.Length)]);
        File.WriteAllText(file, string.Concat(text.AsSpan(0, match.Index), value, text.AsSpan(match.Index + match.Length)), new UTF8Encoding(false));
        return $"{value} in place of {match.Value.Trim()} at {match.Index}";
    });

    private string Folder(string run, string what, Action<string> spoil)
    {
        string[] folders = [.. Directory.GetDirectories(Path.Combine(run, "launches")).Order(StringComparer.Ordinal)];
        return On(run, folders[_random.Next(folders.Length)], what, spoil);
    }

    private string On(string run, string path, string what, Action<string> spoil) => On(run, path, what, file =>
    {
        spoil(file);
        return "";
    });

    private string On(string run, string path, string what, Func<string, string> spoil) => $"{this}: {what}{spoil(path)} {Path.GetRelativePath(run, path)}";
}
