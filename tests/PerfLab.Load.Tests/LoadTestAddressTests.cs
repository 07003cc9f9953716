using PerfLab.Load.LoadTests;

namespace PerfLab.Load.Tests;

public sealed class LoadTestAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/", "/")]
    [InlineData("http://127.0.0.1:5000/a/b?c=d", "http://127.0.0.1:5000/", "/a/b?c=d")]
    [InlineData("https://example.test?q=1", "https://example.test/", "/?q=1")]
    [InlineData("http://[::1]:80/x", "http://[::1]/", "/x")]
    [InlineData("http://h/orders/{{id}}?t={{tier}}", "http://h/", "/orders/{{id}}?t={{tier}}")]
    [InlineData("http://h/%7Bx%7D//y", "http://h/", "/%7Bx%7D//y")]
    public void An_address_is_taken_apart_and_its_path_left_as_it_is(string url, string address, string path)
    {
        var parsed = LoadTestAddress.Parse(url);

        Assert.Equal((url, address, path), (parsed.Url, parsed.Base.ToString(), parsed.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("ftp://h/x")]
    [InlineData("http://")]
    [InlineData("http:///x")]
    [InlineData("http://h:99999/")]
    [InlineData("http://user:secret@h/")]
    [InlineData("http://h/x#part")]
    public void What_is_no_address_is_refused_with_advice(string url)
    {
        var error = Assert.Throws<FormatException>(() => LoadTestAddress.Parse(url));

        Assert.Contains($"'{url}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("(URL).", error.Message, StringComparison.Ordinal);
    }

    // RFC 1035, section 2.3.4: 255 octets.
    [Theory]
    [InlineData("a", 253, false)]
    [InlineData("a", 256, true)]
    [InlineData("a.", 1500, true)]
    public void A_host_that_is_longer_than_any_name_is_refused(string part, int count, bool isRefused)
    {
        var host = string.Concat(Enumerable.Repeat(part, count)).TrimEnd('.');

        var error = Record.Exception(() => LoadTestAddress.Parse($"http://{host}/x"));

        Assert.Equal(isRefused, error is FormatException fault && fault.Message.Contains("no name of a host has more than 255", StringComparison.Ordinal));
        Assert.Equal(isRefused, error is not null);
    }
}
