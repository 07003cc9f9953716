using System.CommandLine;
using PerfLab.Cli;
using PerfLab.Cli.Verbs;

var root = new RootCommand("PerfLab: what tracing costs a service, what it lets you see, and which configuration to run.")
{
    TestVerb.Create(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."))),
};
var parse = root.Parse(args.Length == 0 ? ["--help"] : args);
if (parse.Errors.Count > 0)
{
    parse.Errors.ToList().ForEach(error => Console.Error.WriteLine(error.Message));
    return ExitCode.InvalidConfiguration;
}

try
{
    return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (UsageException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return ExitCode.InvalidConfiguration;
}
