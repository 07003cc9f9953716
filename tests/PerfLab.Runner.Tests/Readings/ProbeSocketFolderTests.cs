using System.Net.Sockets;
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
    public void Where_no_short_folder_exists_the_message_names_the_limit_and_what_was_tried()
    {
        var preferred = Directory.CreateDirectory(Path.Combine(_folder, new string('t', 120))).FullName;

        var fault = Assert.Throws<IOException>(() => new ProbeSocketFolder([preferred]));

        Assert.Contains(preferred, fault.Message, StringComparison.Ordinal);
        Assert.Contains("103 bytes", fault.Message, StringComparison.Ordinal);
    }
}
