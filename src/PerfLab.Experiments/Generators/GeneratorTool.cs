namespace PerfLab.Experiments.Generators;

/// <summary>The contract of a load tool: how it is started, what it writes, and what its numbers mean. <see cref="GeneratorCatalog"/> has one for each.</summary>
public sealed record GeneratorTool
{
    /// <summary>Gets the name in scenario files, in lower case.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how it sends requests if the scenario does not say otherwise.</summary>
    public required LoadLoop Loop { get; init; }

    /// <summary>Gets a value indicating whether its response times count from the moment at which a request was due, so that waiting to be sent is part of them.</summary>
    public bool IsCorrected { get; init; }

    /// <summary>Gets the smallest difference between two response times that its output can show, in seconds.</summary>
    public required double ResolutionSeconds { get; init; }

    /// <summary>Gets a value indicating whether its output has every response time, or a histogram of them, so that windows can be merged.</summary>
    public bool IsMergeable { get; init; }

    /// <summary>Gets a value indicating whether its output tells responses apart by status; otherwise its own idea of an error counts.</summary>
    public bool CountsStatuses { get; init; }

    /// <summary>Gets the program and its arguments with placeholders; empty where the tool needs a script of the user.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Gets what to do where the file that <see cref="Command"/> runs does not exist; null for a program to install.</summary>
    public string? BuildAdvice { get; init; }

    /// <summary>Gets the arguments that make it write its machine output, added to a command of the user that names no file for it.</summary>
    public IReadOnlyList<string> OutputArguments { get; init; } = [];

    /// <summary>Gets the command that turns what it wrote into text on standard output; empty where none is needed.</summary>
    public IReadOnlyList<string> ReportCommand { get; init; } = [];

    /// <summary>Gets the name of the file that it writes; null where the output is what it prints.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Gets the name of a further file that it may write, with what the other does not tell; null for none.</summary>
    public string? DetailsFile { get; init; }

    /// <summary>Gets the methods that its command line can send.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Gets the arguments for method, headers and body, in the place of <c>{options}</c>.</summary>
    public Func<GeneratorRun, IReadOnlyList<string>> Options { get; init; } = static _ => [];

    /// <summary>Gets the files that it reads, by the placeholder that stands for their path.</summary>
    public IReadOnlyDictionary<string, Func<GeneratorRun, string>> Files { get; init; } = new Dictionary<string, Func<GeneratorRun, string>>(StringComparer.Ordinal);

    /// <summary>Gets the exit codes of a run whose output is complete.</summary>
    public IReadOnlyList<int> ExitCodes { get; init; } = [0];

    /// <summary>Gets the shortest window of which it reports response times, in seconds.</summary>
    public int LeastSeconds { get; init; } = 1;

    /// <summary>Gets about how long a run takes beyond its window, in seconds: to start, to wait for nothing, to write its report; 0 where that is little.</summary>
    public double OverheadSeconds { get; init; }

    /// <summary>Gets what reads its machine output; it throws a <see cref="FormatException"/> where that is something else.</summary>
    public required Func<GeneratorText, GeneratorOutput> Read { get; init; }
}

/// <summary>How a load tool decides when to send a request.</summary>
public enum LoadLoop
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>By a schedule, whatever the service answers.</summary>
    Open = 1,

    /// <summary>By a schedule for each of a fixed number of connections, each of which waits for its response first.</summary>
    Paced = 2,

    /// <summary>As soon as the response to the request before has arrived.</summary>
    Closed = 3,
}

/// <summary>One run of a tool against one arm.</summary>
public sealed record GeneratorRun
{
    /// <summary>Gets scheme, host and port of the arm, without a slash at the end.</summary>
    public required string Url { get; init; }

    /// <summary>Gets the request of the scenario that a command without a script sends.</summary>
    public required GeneratorRequest Request { get; init; }

    /// <summary>Gets the name of that request.</summary>
    public required string RequestName { get; init; }

    /// <summary>Gets the requests per second; at least 1.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Gets the length of the window.</summary>
    public required int Seconds { get; init; }

    /// <summary>Gets the connections of a tool that keeps a number of them.</summary>
    public required int Connections { get; init; }

    /// <summary>Gets an empty folder of this run.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets the folder that holds <c>scenarios/</c>.</summary>
    public required string Root { get; init; }

    /// <summary>Gets the processors of the tool.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>A request as a command line sends it.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Path">Absolute path with query.</param>
/// <param name="Headers">In file order.</param>
/// <param name="Body">Text; null sends none.</param>
public sealed record GeneratorRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string? Body);

/// <summary>What a tool has written, and what counts as an answer.</summary>
/// <param name="Text">Its machine output.</param>
/// <param name="Allows">Tells whether a status counts as an answer.</param>
/// <param name="Details">The text of <see cref="GeneratorTool.DetailsFile"/>; null where it wrote none.</param>
public sealed record GeneratorText(string Text, Func<int, bool> Allows, string? Details = null);
