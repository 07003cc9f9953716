using System.CommandLine;

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

            return FaultOfWriting(Path.Combine(folder, $".writable-{Guid.NewGuid():N}"));
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

    /// <summary>Says why a file cannot be written; null where it can. Permissions, read-only file systems and names that the system does not allow: only trying tells.</summary>
    public static string? FaultOfWriting(string file)
    {
        try
        {
            var isThere = File.Exists(file);
            using (new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }

            if (!isThere)
            {
                File.Delete(file);
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
            File.Delete(file);
        }

        return file;
    }
}
