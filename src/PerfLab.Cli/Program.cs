using System.CommandLine;
using PerfLab.Cli.Verbs;

var root = new RootCommand("PerfLab") { TestVerb.Create(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."))) };
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
