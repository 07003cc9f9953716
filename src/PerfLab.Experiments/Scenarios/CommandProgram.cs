namespace PerfLab.Experiments.Scenarios;

/// <summary>The program that a command starts in the end, and its runtime as far as its words tell; the probes are for .NET and Node.js alone.</summary>
public static class CommandProgram
{
    private static readonly HashSet<string> s_dotnet = new(StringComparer.OrdinalIgnoreCase) { "dotnet" };

    private static readonly HashSet<string> s_node = new(StringComparer.OrdinalIgnoreCase)
    {
        "node", "nodejs", "npm", "npx", "yarn", "pnpm", "tsx", "ts-node", "nodemon", "pm2", "pm2-runtime",
    };

    // Programs that are neither .NET nor Node.js and start none: the probes, which read some metrics, cannot be loaded into them.
    // What is not in the list (a shell, a published executable) may be .NET.
    private static readonly HashSet<string> s_others = new(StringComparer.OrdinalIgnoreCase)
    {
        "deno", "bun", "python", "pypy", "java", "jruby", "kotlin", "scala", "groovy", "ruby", "php", "go", "perl", "lua", "luajit", "elixir", "erl", "iex", "beam.smp",
        "uvicorn", "gunicorn", "hypercorn", "daphne", "granian", "waitress-serve", "uwsgi", "flask", "fastapi", "django-admin",
        "opentelemetry-instrument", "ddtrace-run", "newrelic-admin", "streamlit", "celery",
        "mvn", "mvnw", "mvnd", "gradle", "gradlew", "sbt", "lein", "quarkus", "mix", "cargo",
        "puma", "rails", "rackup", "unicorn", "php-fpm", "frankenphp", "nginx", "httpd", "apache2", "caddy", "catalina.sh", "jetty.sh",
    };

    // Files of these runtimes, which a launcher finds by the ending or the system by the first line.
    private static readonly HashSet<string> s_scripts = new(StringComparer.OrdinalIgnoreCase) { ".py", ".pyc", ".pyz", ".rb", ".ru", ".php", ".phar", ".pl", ".jar", ".war", ".lua", ".exs", ".go" };

    // They lie in the folder of the project that they start.
    private static readonly HashSet<string> s_ofProject = new(StringComparer.OrdinalIgnoreCase) { "mvnw", "gradlew", "rails", "catalina.sh", "jetty.sh" };

    // Programs that start another one in their place, or run it: the one behind them counts.
    private static readonly HashSet<string> s_launchers = new(StringComparer.OrdinalIgnoreCase)
    {
        "env", "nice", "ionice", "nohup", "setsid", "exec", "time", "timeout", "stdbuf", "unbuffer", "taskset", "chrt", "numactl", "prlimit", "catchsegv",
        "sudo", "doas", "runuser", "su-exec", "gosu", "setpriv", "chpst", "s6-setuidgid", "capsh", "unshare", "nsenter", "chroot", "firejail", "bwrap",
        "dumb-init", "tini", "tini-static", "catatonit", "strace", "ltrace", "perf", "cgexec", "systemd-run", "xvfb-run",
        "poetry", "pipenv", "uv", "hatch", "pdm", "rye", "conda", "micromamba", "run", "bundle",
    };

    // Behind these stands a name, of a user, a variable or a folder, that may be called like a program.
    private static readonly HashSet<string> s_beforeName = new(StringComparer.Ordinal)
    {
        "-u", "--user", "--reuid", "--regid", "--group", "--unset", "-C", "--chdir", "gosu", "su-exec", "s6-setuidgid", "chroot",
    };

    private static readonly string[] s_nodeOptionsWithValue = ["-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions", "--env-file"];

    private static readonly string[] s_nodeRestrictions = ["--permission", "--experimental-permission", "--experimental-policy"];

    /// <summary>Gets whether a command starts .NET by its host.</summary>
    /// <param name="command">Program and arguments.</param>
    public static bool IsDotNet(IReadOnlyList<string> command) => Is(s_dotnet, ProgramOf(command));

    /// <summary>Gets the program of a command whose runtime is known to be neither .NET nor Node.js; null where it is, or may be, one of them.</summary>
    /// <param name="command">Program and arguments.</param>
    public static string? OtherThanProbed(IReadOnlyList<string> command) => ProgramOf(command) is { Length: > 0 } program && IsOther(program) ? program : null;

    /// <summary>
    /// Gets the option by which Node.js forbids a program to load what its author does not list (the permission model, and the policies of
    /// Node.js 18 and 20), so that the probe is left out; null where there is none.
    /// </summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="options">The value of <c>NODE_OPTIONS</c>; null where it is not set.</param>
    public static string? NodeRestriction(IReadOnlyList<string> command, string? options)
    {
        ArgumentNullException.ThrowIfNull(command);
        var words = OptionsOfNode(command).Concat((options ?? string.Empty).Split(' '));
        return words.Select(word => s_nodeRestrictions.FirstOrDefault(restriction => word == restriction || word.StartsWith(restriction + "=", StringComparison.Ordinal))).FirstOrDefault(restriction => restriction is not null);
    }

    // What stands behind the script is the script's own; the word behind an option may be its value.
    private static IEnumerable<string> OptionsOfNode(IReadOnlyList<string> command)
    {
        var before = string.Empty;
        foreach (var word in command.SkipWhile(word => !Is(s_node, Path.GetFileName(word))).SkipWhile(word => Is(s_node, Path.GetFileName(word))))
        {
            if (word == "--" || (!word.StartsWith('-') && !s_nodeOptionsWithValue.Contains(before)))
            {
                yield break;
            }

            yield return word;
            before = word;
        }
    }

    /// <summary>Gets whether a command starts Node.js, or a program that does.</summary>
    /// <param name="command">Program and arguments.</param>
    public static bool IsNode(IReadOnlyList<string> command) => Is(s_node, ProgramOf(command));

    /// <summary>Gets whether a program, by its file name, is one that runs what other words of its command name; not one that a project brings along.</summary>
    /// <param name="program">The file name.</param>
    public static bool IsTool(string program) => (s_launchers.Contains(program) || IsKnown(program)) && !s_ofProject.Contains(program) && !IsScript(program);

    /// <summary>Gets the place of the program among the words of a command; behind the last word where a launcher starts what is not known.</summary>
    /// <param name="command">Program and arguments.</param>
    public static int IndexOfProgram(IReadOnlyList<string> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var before = string.Empty;
        for (var index = 0; index < command.Count; index++)
        {
            var word = command[index];
            var program = Path.GetFileName(word);

            // The word behind an option may be its value.
            var isPassedOver = s_beforeName.Contains(before) || IsOperand(word) || s_launchers.Contains(program)
                || (before.StartsWith('-') && before != "--" && !word.Contains('/', StringComparison.Ordinal) && !IsKnown(program));
            if (!isPassedOver)
            {
                return index;
            }

            before = program;
        }

        return command.Count;
    }

    /// <summary>Gets the variables that a command sets itself before its program: <c>NAME=VALUE</c> behind <c>env</c>, <c>sudo</c> and the like.</summary>
    /// <param name="command">Program and arguments.</param>
    internal static IEnumerable<CommandSetting> AssignmentsOf(IReadOnlyList<string> command) => command
        .Take(IndexOfProgram(command))
        .Select((word, index) => (Word: word, Index: index, Sign: word.IndexOf('=', StringComparison.Ordinal)))
        .Where(one => one.Index > 0 && one.Sign > 0 && !char.IsAsciiDigit(one.Word[0]) && one.Word[..one.Sign].All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        .Select(one => new CommandSetting(one.Index, one.Word[..one.Sign], one.Word[(one.Sign + 1)..]));

    private static string ProgramOf(IReadOnlyList<string> command) => IndexOfProgram(command) is var index && index < command.Count ? Path.GetFileName(command[index]) : string.Empty;

    private static bool IsKnown(string program) => Is(s_dotnet, program) || Is(s_node, program) || IsOther(program);

    private static bool IsOther(string program) => Is(s_others, program) || IsScript(program);

    private static bool IsScript(string program) => s_scripts.Contains(Path.GetExtension(program));

    // Options, assignments, numbers and times.
    private static bool IsOperand(string word) => word.Length == 0 || word[0] == '-' || char.IsAsciiDigit(word[0]) || word.Contains('=', StringComparison.Ordinal);

    // With an ending or a version: java.exe, python3.12, php8.
    private static bool Is(HashSet<string> programs, string program) =>
        programs.Contains(program)
        || programs.Contains(Path.GetFileNameWithoutExtension(program))
        || programs.Contains(program.TrimEnd('.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
}
