using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace PerfLab.MicroBenchmarks.Tests;

/// <summary>A source file of Shop, changed, compiled and called in place of the original.</summary>
internal sealed class CopiedInstrumentation : IDisposable
{
    private readonly AssemblyLoadContext _context = new("copy", isCollectible: true);
    private readonly Assembly _assembly;

    private CopiedInstrumentation(Stream compiled) => _assembly = _context.LoadFromStream(compiled);

    public static CopiedInstrumentation Compile(string file, Func<string, string> change)
    {
        var source = "using System;\n" + change(File.ReadAllText(Path.Combine(Root(), file)));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        using var compiled = new MemoryStream();
        var result = CSharpCompilation.Create(
            "Shop.Copy",
            [CSharpSyntaxTree.ParseText(source)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable)).Emit(compiled);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        compiled.Position = 0;
        return new CopiedInstrumentation(compiled);
    }

    /// <summary>Does what the layer of this name does, with the copy.</summary>
    public LayerOperation Operation(string layer)
    {
        var broker = new Uri("amqp://127.0.0.1:5672/");
        Action invoke;
        switch (layer)
        {
            case "shop/database-span":
                var statement = Method<Func<string, string, string, Activity?>>("DatabaseSpans", "Start");
                invoke = () => statement("SELECT", "products", "SELECT sku, name, stock FROM products WHERE sku = @sku")?.Dispose();
                break;
            case "shop/send-span":
                var send = Method<Func<string, Uri, string, string, int, Activity?>>("MessagingSpans", "StartSend");
                invoke = () => send("rabbitmq", broker, "orders", "42", 230)?.Dispose();
                break;
            default:
                var process = Method<Func<string, Uri, string, int, ActivityContext, bool, Activity?>>("MessagingSpans", "StartProcess");
                invoke = () => process("rabbitmq", broker, "orders", 230, default, false)?.Dispose();
                break;
        }

        return new LayerOperation(invoke, Sdk.CreateTracerProviderBuilder().AddSource("Shop.Database", "Shop.Messaging").SetSampler(new AlwaysOnSampler()).Build());
    }

    public void Dispose() => _context.Unload();

    private TDelegate Method<TDelegate>(string type, string name)
        where TDelegate : Delegate =>
        _assembly.GetType($"Shop.Tracing.{type}")!.GetMethod(name)!.CreateDelegate<TDelegate>();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PerfLab.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
