using System.Diagnostics;
using System.Globalization;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>Whose port it is that answers, where the one who listens does not show what it holds, as in a container of a daemon.</summary>
public sealed class PortOwnerTests
{
    // A listening socket made by another user, which no process shows: it is on its way through another socket.
    private const string HiddenListener = """
        import array, os, socket, sys
        if os.geteuid() == 0: os.seteuid(int(sys.argv[1]))
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        one, other = socket.socketpair()
        one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [listener.fileno()]))])
        listener.close()
        print(port, flush=True)
        sys.stdin.read()
        """;

    [Theory]
    [InlineData(54321, true)]
    [InlineData(0, false)]
    public async Task A_socket_that_nobody_shows_is_not_the_targets_if_another_user_made_it(int user, bool isOther)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Makes a socket as another user.");
        Assert.SkipUnless(SystemTool.Find("python3") is not null, "python3 is not installed.");
        using var helper = Process.Start(new ProcessStartInfo("python3", ["-c", HiddenListener, user.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            var port = int.Parse((await helper.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);

            var owner = PortOwner.Find(port, [ProcessIdentity.Read(Environment.ProcessId)!]);

            Assert.Equal((isOther ? PortOwnerKind.Other : PortOwnerKind.Unknown, 0), (owner.Kind, owner.ProcessIds.Count));
            Assert.Equal("a process of another user", owner.Describe());
        }
        finally
        {
            helper.Kill();
        }
    }

    [Fact]
    public void A_port_at_which_nothing_listens_here_is_forwarded_elsewhere()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        using var another = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        another.Start();

        var owner = PortOwner.Find(PortReservation.Take(1)[0], []);

        Assert.Equal((PortOwnerKind.Nobody, "a process in another network namespace"), (owner.Kind, owner.Describe()));
    }
}
