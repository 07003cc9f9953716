using System.Net.Sockets;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Readings;

namespace PerfLab.Runner.Tests.Readings;

/// <summary>Sockets of probes under temporary folders of any length.</summary>
public sealed class ProbeSocketFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(200)]
    public void A_probe_can_listen_and_be_asked_however_long_the_path_of_temporary_files_is(int length)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The probe answers over a Unix socket.");
        var preferred = Directory.CreateDirectory(Path.Combine(_folder, new string('t', length))).FullName;
        using var sockets = new ProbeSocketFolder([preferred, null, Path.Combine(_folder, "missing"), "/tmp"]);

        // The largest number that Linux gives to a process.
        var path = Path.Combine(sockets.Path, "4194304.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        using var client = ProbeClient.Connect(path);

        Assert.NotNull(client);
        Assert.Equal(length < 50, sockets.Path.StartsWith(preferred, StringComparison.Ordinal));
        Assert.True(!OperatingSystem.IsWindows() && File.GetUnixFileMode(sockets.Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute), "only this user may enter");
    }

    [Fact]
    public void A_folder_whose_owner_was_killed_is_removed_and_that_of_a_living_one_is_not()
    {
        using var living = new ProbeSocketFolder([_folder]);

        // A process that is killed closes its files and removes none.
        var left = Directory.CreateDirectory(living.Path + "-killed").FullName;
        File.WriteAllText(Path.Combine(left, Path.GetFileName(Directory.GetFiles(living.Path, ".*").Single())), string.Empty);
        File.WriteAllText(Path.Combine(left, "1.sock"), string.Empty);

        Assert.Equal([left], LeftFolders.RemoveTemporary([_folder, _folder + "/", "/no such folder"]));
        Assert.Equal([living.Path], Directory.GetDirectories(_folder));
    }

    [Fact]
    public void Where_no_short_folder_exists_the_message_names_the_limit_and_what_was_tried()
    {
        var preferred = Directory.CreateDirectory(Path.Combine(_folder, new string('t', 120))).FullName;

        var fault = Assert.Throws<IOException>(() => new ProbeSocketFolder([preferred]));

        Assert.Contains(preferred, fault.Message, StringComparison.Ordinal);
        Assert.Contains("103 bytes", fault.Message, StringComparison.Ordinal);
    }
}
