using System.Diagnostics;
using System.Globalization;

namespace Shop.Queues;

/// <summary>The programs of an installed RabbitMQ, and how to start them in isolation.</summary>
/// <param name="Server">The server.</param>
/// <param name="PortMapper">Erlang's port mapper. One of the server's own, so that none is left behind when it ends.</param>
/// <param name="Tie">What makes a child end with its parent; null where the system has no such program.</param>
internal sealed record RabbitMqInstallation(string Server, string PortMapper, string? Tie)
{
    /// <summary>Looks for them.</summary>
    /// <returns>The programs.</returns>
    /// <exception cref="QueueException">They are not installed.</exception>
    public static RabbitMqInstallation Find()
    {
        // Debian's command on the PATH wants to be root; the program behind it runs as anybody.
        var server = Find("rabbitmq-server", "/usr/lib/rabbitmq/bin");
        var mapper = Find("epmd", "/usr/lib/erlang/bin");
        return server is null || mapper is null
            ? throw new QueueException("--queue rabbitmq: there is no rabbitmq-server on this machine. Install it (on Debian and Ubuntu: apt-get install rabbitmq-server), or use --queue amqp://host:port.")
            : new RabbitMqInstallation(server, mapper, OperatingSystem.IsLinux() ? Find("setpriv", "/usr/bin") : null);
    }

    /// <summary>Says how to start the port mapper and the server.</summary>
    /// <param name="folder">An empty folder for all that it writes.</param>
    /// <param name="port">Where it listens for AMQP.</param>
    /// <param name="mapperPort">Where the port mapper listens.</param>
    /// <param name="nodePort">Where it listens for other nodes, of which there are none.</param>
    /// <returns>Both, in this order.</returns>
    public IReadOnlyList<ProcessStartInfo> CreateStartInfos(string folder, int port, int mapperPort, int nodePort)
    {
        var plugins = Path.Combine(folder, "plugins");
        File.WriteAllText(plugins, "[]." + Environment.NewLine);
        var mapper = Start(PortMapper, folder, "-port", Text(mapperPort), "-address", "127.0.0.1");
        var server = Start(Server, folder);
        foreach (var start in (ProcessStartInfo[])[mapper, server])
        {
            start.Environment["HOME"] = folder;
            start.Environment["ERL_EPMD_PORT"] = Text(mapperPort);
            start.Environment["ERL_EPMD_ADDRESS"] = "127.0.0.1";
        }

        server.Environment["RABBITMQ_NODENAME"] = "shop@localhost";
        server.Environment["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1";
        server.Environment["RABBITMQ_NODE_PORT"] = Text(port);
        server.Environment["RABBITMQ_DIST_PORT"] = Text(nodePort);
        server.Environment["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia");
        server.Environment["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log");
        server.Environment["RABBITMQ_ENABLED_PLUGINS_FILE"] = plugins;
        server.Environment["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf");
        server.Environment["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(folder, "advanced.config");
        server.Environment["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "rabbitmq-env.conf");
        server.Environment["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(folder, "generated");
        server.Environment["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid");

        // Otherwise a shell stays between this process and the server, and dies alone.
        server.Environment["RUNNING_UNDER_SYSTEMD"] = "true";

        // One scheduler that sleeps when there is nothing to do: a broker must not take the processors that are measured.
        server.Environment["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none";
        return [mapper, server];
    }

    private ProcessStartInfo Start(string program, string folder, params string[] arguments)
    {
        string[] words = Tie is null ? [program, .. arguments] : [Tie, "--pdeathsig", "KILL", "--", program, .. arguments];
        return new ProcessStartInfo(words[0], words[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,

            // Read by nobody: it writes a log as well, and nothing of it belongs among what the shop says.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static string? Find(string program, string first) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Prepend(first)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
