using System.Net;
using PerfLab.Load.Drivers;
using PerfLab.Load.LoadTests;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Drivers;

namespace PerfLab.Load.Tests;

/// <summary>What is compiled before the load must be what the load runs: TLS and HTTP/2 included.</summary>
public sealed class WarmUpServerTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 2)]
    public void Requests_are_answered_as_the_target_would(bool isSecure, int version)
    {
        using var server = new WarmUpServer(isSecure, version == 2);
        var options = new DriverOptions { Kind = DriverKind.HttpClient, HttpVersion = version == 2 ? HttpVersion.Version20 : HttpVersion.Version11, AcceptAnyCertificate = true };
        using var driver = Requests.Driver(server.Address, DriverKind.HttpClient, options);

        var result = driver.RunClosed(ClosedLoad.ForIterations(1, 20), new LatencyRecorder(), TestContext.Current.CancellationToken);

        Assert.True(result.Counts.Answered == 20, string.Join(", ", result.ErrorExamples));
    }

    [Theory]
    [InlineData("error:0A00045C:SSL routines::tlsv13 alert certificate required", "wants a certificate of its client")]
    [InlineData("error:0A000412:SSL routines::sslv3 alert bad certificate", "wants a certificate of its client")]
    [InlineData("error:0A000410:SSL routines::sslv3 alert handshake failure", "no version of TLS or cipher in common")]
    [InlineData("error:0A00042E:SSL routines::tlsv1 alert protocol version", "TLS 1.2 or 1.3")]
    [InlineData("error:0A000102:SSL routines::unsupported protocol", "TLS 1.2 or 1.3")]
    [InlineData("error:0A00010B:SSL routines::wrong version number", "http://")]
    [InlineData("The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot", "--insecure")]
    public void A_failed_start_of_tls_has_the_hint_of_its_cause(string text, string hint) =>
        Assert.Contains(hint, ExceptionClassifier.HintOfTls(text), StringComparison.Ordinal);

    [Theory]
    [InlineData(true, false, "https", false, "--insecure")]
    [InlineData(false, false, "https", true, "http://")]
    [InlineData(false, true, "http", false, "--http 2")]
    public void A_mismatch_of_tls_or_http_names_the_option(bool isSecure, bool isHttp2, string scheme, bool isInsecure, string option)
    {
        using var server = new WarmUpServer(isSecure, isHttp2);
        var address = new Uri($"{scheme}://{server.Address.Authority}");
        var options = new DriverOptions { AcceptAnyCertificate = isInsecure, RequestTimeout = TimeSpan.FromSeconds(10) };
        foreach (var kind in scheme == "https" ? [DriverKind.HttpClient] : Requests.Kinds().Select(row => row.Data))
        {
            using var driver = Requests.Driver(address, kind, options);

            var result = driver.RunClosed(ClosedLoad.ForIterations(1, 1), new LatencyRecorder(), TestContext.Current.CancellationToken);

            Assert.Contains(option, Assert.Single(result.ErrorExamples.Values), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Http_2_asked_of_a_server_without_it_names_the_option(bool isSecure)
    {
        using var server = new WarmUpServer(isSecure, isHttp2: false);
        var options = new DriverOptions { HttpVersion = HttpVersion.Version20, AcceptAnyCertificate = true, RequestTimeout = TimeSpan.FromSeconds(10) };
        using var driver = Requests.Driver(server.Address, DriverKind.HttpClient, options);

        var result = driver.RunClosed(ClosedLoad.ForIterations(1, 1), new LatencyRecorder(), TestContext.Current.CancellationToken);

        Assert.Contains("--http 2", Assert.Single(result.ErrorExamples.Values), StringComparison.Ordinal);
    }
}
