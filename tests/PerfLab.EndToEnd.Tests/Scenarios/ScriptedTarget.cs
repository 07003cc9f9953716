using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>Scenario files over the real shop, a small service, or small programs that misbehave in their place.</summary>
internal static class ScriptedTarget
{
    /// <summary>The variable by which a target and all that it starts are recognized: its value lies under the folder of the test.</summary>
    public const string FolderVariable = "SCRIPTED_TARGET_FOLDER";

    /// <summary>Writes a scenario over a command that is a YAML list; with <paramref name="isAlone"/> of the baseline alone, which is two arms in place of three.</summary>
    public static string Write(TemporaryFolder folder, string command, string readyTimeout = "20s", int rounds = 3, string budget = "2m", bool isAlone = false)
    {
        folder.Write("service.py", Service);
        return folder.Write("scripted.yaml", $$"""
            scenario: scripted
            question: What happens when a target misbehaves?
            target:
              command: {{command}}
              env: { {{FolderVariable}}: "{scratch}" }
              ready: { path: /health, timeout: {{readyTimeout}} }
              requests:
                - name: order
                  method: POST
                  path: /orders
                  headers: { Content-Type: application/json }
                  body: '{"userTier":"premium","paymentMethod":"card","items":[{"sku":"SKU-0101","quantity":1}]}'
            load: { rate: 100/s }
            design: { launch_sets: 6, rounds: {{rounds}}, slice: 100ms, warm_up: 250ms, budget: {{budget}} }
            baseline: a
            variants:
              - { name: a, meaning: First., env: { OTEL_SDK_DISABLED: "true" } }
            {{(isAlone ? string.Empty : "  - { name: b, meaning: Second., env: { OTEL_SDK_DISABLED: \"true\" } }")}}
            """);
    }

    /// <summary>Gets the command of the real shop.</summary>
    public const string Shop = """[dotnet, "{targets}/Shop/Shop.dll", --services, all, --urls, "{url}"]""";

    /// <summary>Gets the command of the small service, for runs whose target does not matter.</summary>
    public const string Small = """[python3, service.py, "{port}", "999"]""";

    // The second argument: how many of the first processes SIGTERM ends; without it two, which are those of the pilot of a baseline
    // alone. They write down their ids, for those that no variable shows.
    private const string Service =
        """
        import http.server, os, signal, sys
        with open('pids', 'a') as pids: pids.write(f'{os.getpid()}\n')
        if len(open('pids').readlines()) > int((sys.argv + ['2'])[2]): signal.signal(signal.SIGTERM, signal.SIG_IGN)
        class Answer(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def do_GET(self):
                self.rfile.read(int(self.headers.get('Content-Length', 0)))
                self.send_response(200)
                self.send_header('Content-Length', '0')
                self.end_headers()
            do_POST = do_GET
            def log_message(self, *rest): pass
        http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Answer).serve_forever()
        """;
}
