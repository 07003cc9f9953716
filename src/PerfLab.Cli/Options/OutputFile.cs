using System.CommandLine;
using PerfLab.Experiments.Results;

namespace PerfLab.Cli.Options;

/// <summary>A file that is written at the end: what would fail only then is found before anything starts.</summary>
internal static class OutputFile
{
    /// <summary>Finds why a file cannot be written.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="verb">The verb, for the message.</param>
    /// <param name="faults">Receives the faults.</param>
    public static void Check(string file, string verb, UsageFaults faults)
    {
        if (file.Length == 0)
        {
            faults.Unless(false, $"The name of a file is empty ({verb}). Name a file.");
            return;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        faults.Unless(folder is null || Directory.Exists(folder), $"'{file}' cannot be written: there is no folder {folder} ({verb}). Create it, or name another file.");
        faults.Unless(!Directory.Exists(file), $"'{file}' is a folder ({verb}). Name a file.");
        if (Directory.Exists(folder) && !Directory.Exists(file))
        {
            var fault = FaultOfWriting(file);
            faults.Unless(fault is null, $"'{file}' cannot be written: {fault} ({verb}). Name a file that you may write.");
        }
    }

    /// <summary>Finds files that several options name: the last would replace the others.</summary>
    /// <param name="faults">Receives the faults.</param>
    /// <param name="files">The options and the files that they name; null for none.</param>
    public static void CheckDistinct(UsageFaults faults, params IEnumerable<(string Option, string? File)> files)
    {
        foreach (var named in files.Where(each => each.File is { Length: > 0 }).GroupBy(each => NamedOutput.TargetOf(each.File!), StringComparer.Ordinal).Where(group => group.Count() > 1 && !NamedOutput.IsStream(group.Key)))
        {
            faults.Unless(false, $"'{named.First().File}' is named {named.Count()} times ({string.Join(", ", named.Select(each => each.Option).Distinct(StringComparer.Ordinal))}). Name a file for each.");
        }
    }

    /// <summary>Finds why a folder cannot take files; one that does not exist yet is made where that is possible, and removed again.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="verb">The verb, for the message.</param>
    /// <param name="faults">Receives the faults.</param>
    public static void CheckFolder(string folder, string verb, UsageFaults faults)
    {
        if (folder.Length == 0)
        {
            faults.Unless(false, $"The name of a folder is empty ({verb}). Name a folder.");
            return;
        }

        var fault = FaultOfCreating(folder);
        faults.Unless(fault is null, $"'{folder}' cannot be written: {fault} ({verb}). Name a folder that you may write.");
    }

    private static string? FaultOfCreating(string folder)
    {
        var missing = new Stack<string>();
        for (var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)); path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            missing.Push(path);
        }

        var made = new Stack<string>();
        try
        {
            while (missing.TryPop(out var path))
            {
                Directory.CreateDirectory(path);
                made.Push(path);
            }

            return FaultOfWritingIn(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
        finally
        {
            while (made.TryPop(out var path))
            {
                Directory.Delete(path);
            }
        }
    }

    /// <summary>Says why no file can be written in a folder; null where one can.</summary>
    public static string? FaultOfWritingIn(string folder) => FaultOfWriting(Path.Combine(folder, $".writable-{Guid.NewGuid():N}"));

    /// <summary>Says why a file cannot be written; null where it can. Permissions, read-only file systems and names that the system does not allow: only trying tells.</summary>
    public static string? FaultOfWriting(string file)
    {
        try
        {
            // Opening a pipe would end the program that reads from it.
            var target = NamedOutput.TargetOf(file);
            if (NamedOutput.IsStream(target))
            {
                return null;
            }

            var isThere = File.Exists(target);
            using (new FileStream(target, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }

            if (!isThere)
            {
                File.Delete(target);
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}

/// <summary><c>--junit FILE</c> of the verbs that judge a run.</summary>
internal static class JUnitOption
{
    /// <summary>Creates the option.</summary>
    public static Option<string?> Create() => new("--junit")
    {
        Description = "Write the thresholds into a file as test cases, which build servers show.",
        HelpName = "FILE",
    };

    /// <summary>Reads its value, and removes a file of an earlier run: what stands there at the end is of this one.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static string? Read(string? file)
    {
        if (file is not null)
        {
            var faults = new UsageFaults();
            OutputFile.Check(file, "--junit", faults);
            faults.ThrowIfAny();
            NamedOutput.Clear(file);
        }

        return file;
    }
}
