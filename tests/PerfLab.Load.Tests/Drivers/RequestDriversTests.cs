using System.Net;
using PerfLab.Experiments.Results;
using PerfLab.Load.Drivers;

namespace PerfLab.Load.Tests.Drivers;

public sealed class RequestDriversTests
{
    [Fact]
    public void Plaintext_goes_over_sockets_on_Linux_and_the_rest_over_HttpClient()
    {
        Assert.IsType(OperatingSystem.IsLinux() ? typeof(SocketDriver) : typeof(HttpClientDriver), Create("http://127.0.0.1:1", new DriverOptions()));
        Assert.IsType<HttpClientDriver>(Create("https://127.0.0.1:1", new DriverOptions()));
        Assert.IsType<HttpClientDriver>(Create("http://127.0.0.1:1", new DriverOptions { HttpVersion = HttpVersion.Version20 }));
        Assert.IsType<HttpClientDriver>(Create("http://127.0.0.1:1", new DriverOptions { Kind = DriverKind.HttpClient }));
    }

    [Fact]
    public void Sockets_where_they_do_not_fit_are_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => Create("https://127.0.0.1:1", new DriverOptions { Kind = DriverKind.Sockets }));

        Assert.Contains("httpclient", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faulty_options_are_named_together()
    {
        var options = new DriverOptions { MaxInFlight = 0, RequestTimeout = TimeSpan.Zero, WhenBusy = BusyPolicy.Unknown, MaxResponseLineBytes = 3 };

        var message = Assert.Throws<ArgumentException>(() => Create("http://127.0.0.1:1", options)).Message;
        Assert.All((string[])["MaxInFlight", "RequestTimeout", "WhenBusy", "MaxResponseLineBytes"], name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Preparing_a_thread_says_what_it_could_not_do()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processors are bound on Linux");
        // A thread of its own: the binding ends with it.
        IReadOnlyList<Finding>? good = null;
        IReadOnlyList<Finding>? bad = null;
        var thread = new Thread(() =>
        {
            good = GeneratorThreadSetup.Prepare(null);
            bad = GeneratorThreadSetup.Prepare([1023]);
        });
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));

        Assert.Empty(good!);
        Assert.Equal("generator-placement", Assert.Single(bad!).Code);
    }

    private static IRequestDriver Create(string address, DriverOptions options)
    {
        using var driver = Requests.Driver(new Uri(address), options.Kind, options);
        return driver;
    }
}
