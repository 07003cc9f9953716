using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>
/// Services in several languages, without dependencies: the first argument is the port, and every request but GET /health
/// exports one span as OTLP/JSON unless OTEL_SDK_DISABLED is true.
/// </summary>
internal static class TracedServices
{
    /// <summary>Whether the runtime is on the search path.</summary>
    public static bool IsInstalled(string runtime) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, runtime == "python" ? "python3" : runtime)));

    /// <summary>Writes a service.</summary>
    /// <returns>The command without the port; it is to be started in the folder.</returns>
    public static async Task<string[]> WriteAsync(TemporaryFolder folder, string runtime)
    {
        switch (runtime)
        {
            case "node":
                return ["node", folder.Write("server.js", Node)];
            case "python":
                return ["python3", folder.Write("server.py", Python)];
            case "java":
                // Compiled once and not at each start, which takes a second and more.
                folder.Write("Server.java", Java);
                var compiled = await RunningProgram.RunAsync(folder.FullPath, "java", ["--module", "jdk.compiler/com.sun.tools.javac.Main", "Server.java"], s_compilerLimit);
                Assert.True(compiled.ExitCode == 0, compiled.ToString());
                return ["java", "-cp", ".", "Server"];
            default:
                throw new ArgumentOutOfRangeException(nameof(runtime), runtime, "There is no such service.");
        }
    }

    private static readonly TimeSpan s_compilerLimit = TimeSpan.FromMinutes(1);

    private const string Node = """
        const { randomBytes } = require('crypto');
        const url = process.env.OTEL_EXPORTER_OTLP_ENDPOINT + '/v1/traces';
        const hex = (bytes) => randomBytes(bytes).toString('hex');
        require('http').createServer((request, response) => {
          const start = `${Date.now()}000000`;
          response.end('ok');
          if (request.url === '/health' || process.env.OTEL_SDK_DISABLED === 'true') return;
          const span = { traceId: hex(16), spanId: hex(8), name: 'GET', kind: 2, startTimeUnixNano: start, endTimeUnixNano: `${Date.now()}000000` };
          const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
          fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }).then((answer) => answer.arrayBuffer());
        }).listen(Number(process.argv[2]), '127.0.0.1');
        """;

    private const string Python = """
        import http.server, json, os, secrets, sys, time, urllib.request
        url = os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] + "/v1/traces"
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def do_GET(self):
                start = time.time_ns()
                if self.path != "/health" and os.environ.get("OTEL_SDK_DISABLED") != "true":
                    span = {"traceId": secrets.token_hex(16), "spanId": secrets.token_hex(8), "name": "GET", "kind": 2,
                            "startTimeUnixNano": str(start), "endTimeUnixNano": str(time.time_ns())}
                    body = json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}).encode()
                    urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"}), timeout=5).read()
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")
            def log_message(self, *_): pass
        http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
        """;

    private const string Java = """"
        import com.sun.net.httpserver.HttpServer;
        import java.net.*;
        import java.net.http.*;
        import java.util.concurrent.ThreadLocalRandom;

        public class Server {
            public static void main(String[] args) throws Exception {
                var on = !"true".equals(System.getenv("OTEL_SDK_DISABLED"));
                var url = URI.create(System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT").replaceAll("/$", "") + "/v1/traces");
                var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
                server.createContext("/", exchange -> {
                    var random = ThreadLocalRandom.current();
                    if (on && !exchange.getRequestURI().getPath().equals("/health")) {
                        var now = System.currentTimeMillis() + "000000";
                        var body = """
                            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%016x%016x","spanId":"%016x","name":"GET","kind":2,
                            "startTimeUnixNano":"%s","endTimeUnixNano":"%s"}]}]}]}""".formatted(random.nextLong(), random.nextLong(), random.nextLong(), now, now);
                        client.sendAsync(HttpRequest.newBuilder(url).header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.discarding());
                    }
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write("ok".getBytes());
                    exchange.close();
                });
                server.start();
            }
        }
        """";
}
