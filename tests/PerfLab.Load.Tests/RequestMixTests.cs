using System.Text;
using PerfLab.Load.Tests.Drivers;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests;

public sealed class RequestMixTests
{
    private static readonly Uri Address = new("http://shop.example:8080/api/");

    [Fact]
    public void The_path_of_the_address_comes_before_that_of_the_request()
    {
        var mix = RequestMix.Create(Address, [Requests.Get("/orders")], 1);

        Assert.Equal("GET /api/orders HTTP/1.1\r\nHost: shop.example:8080\r\n\r\n", Encoding.ASCII.GetString(mix.Prepare().Take(0).Span));
    }

    [Fact]
    public void A_method_that_expects_content_says_that_there_is_none()
    {
        var mix = RequestMix.Create(new Uri("http://a"), [Requests.Get() with { Method = "POST" }], 1);

        Assert.Equal("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", Encoding.ASCII.GetString(mix.Prepare().Take(0).Span));
    }

    [Fact]
    public void A_host_of_ones_own_replaces_the_usual_one()
    {
        var request = Requests.Get() with { Headers = new Dictionary<string, string> { ["host"] = "other" } };

        Assert.Equal("GET / HTTP/1.1\r\nhost: other\r\n\r\n", Encoding.ASCII.GetString(RequestMix.Create(new Uri("http://a"), [request], 1).Prepare().Take(0).Span));
    }

    [Theory]
    [InlineData("GE T", "/", "X", "1")]
    [InlineData("GET", "orders", "X", "1")]
    [InlineData("GET", "/a b", "X", "1")]
    [InlineData("GET", "/\u00e4", "X", "1")]
    [InlineData("GET", "/\r\nX: 1", "X", "1")]
    [InlineData("GET", "/", "X Y", "1")]
    [InlineData("GET", "/", "X", "1\r\nInjected: 2")]
    [InlineData("GET", "/", "Content-Length", "1")]
    [InlineData("GET", "/", "transfer-encoding", "chunked")]
    [InlineData("CONNECT", "/", "X", "1")]
    public void What_cannot_be_sent_is_refused_by_the_name_of_its_request(string method, string path, string header, string value)
    {
        var request = Requests.Get() with
        {
            Name = "checkout",
            Method = method,
            Path = path,
            Headers = new Dictionary<string, string> { [header] = value },
        };

        var exception = Assert.Throws<ArgumentException>(() => RequestMix.Create(Address, [request], 1));
        Assert.Contains("request 'checkout'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_weight_that_is_not_positive_is_refused(double weight) =>
        Assert.Throws<ArgumentException>(() => RequestMix.Create(Address, [Requests.Get(weight: weight)], 1));

    [Fact]
    public void No_request_and_no_address_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RequestMix.Create(Address, [], 1));
        Assert.Throws<ArgumentException>(() => RequestMix.Create(new Uri("ftp://a"), [Requests.Get()], 1));
        Assert.Throws<ArgumentException>(() => RequestMix.Create(new Uri("/relative", UriKind.Relative), [Requests.Get()], 1));
    }
}
