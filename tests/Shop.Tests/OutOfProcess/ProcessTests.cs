using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Tests.InMemory;

namespace Shop.Tests.OutOfProcess;

public sealed class ProcessTests
{
    private static readonly string[] AnyPort = ["--urls", "http://127.0.0.1:0"];

    [Theory]
    [InlineData(HttpProtocols.Http1, "http/protobuf", "none", "/v1/traces")]
    [InlineData(HttpProtocols.Http1, "http/protobuf", "gzip", "/v1/traces")]
    [InlineData(HttpProtocols.Http2, "grpc", "none", "/opentelemetry.proto.collector.trace.v1.TraceService/Export")]
    [InlineData(HttpProtocols.Http2, "grpc", "gzip", "/opentelemetry.proto.collector.trace.v1.TraceService/Export")]
    public async Task One_process_takes_an_order_exports_it_and_leaves_nothing_behind(HttpProtocols http, string protocol, string compression, string path)
    {
        await using var receiver = await OtlpReceiver.StartAsync(http);
        await using var shop = await ShopProcess.ListeningAsync(
            AnyPort,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", compression),
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-arm=b"),
            ("OTEL_RESOURCE_ATTRIBUTES", "service.name=named-by-environment"),
            ("OTEL_BSP_SCHEDULE_DELAY", "600000"));
        await OrderAsync(shop.Url);
        Assert.Empty(receiver.Requests);

        Assert.Equal(0, await shop.TerminateAsync());

        Assert.Empty(shop.Errors);
        AssertFree(new Uri(shop.Url).Port);
        var request = Assert.Single(receiver.Requests);
        Assert.Equal(path, request.Path);
        Assert.Equal(compression == "gzip" ? "gzip" : string.Empty, request.Encoding);
        Assert.Equal("b", request.Headers["x-arm"]);
        Assert.Equal(OrderBodies.SpansPerOrder, request.Spans.Count);
        Assert.Single(request.Spans.Select(span => span.Trace).Distinct(StringComparer.Ordinal));
        Assert.All(request.Spans, span => Assert.Equal("named-by-environment", span.Service));
    }

    [Fact]
    public async Task Four_processes_make_one_trace_of_an_order()
    {
        await using var receiver = await OtlpReceiver.StartAsync(HttpProtocols.Http1);
        (string, string)[] variables =
        [
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", receiver.Url + "/v1/traces"),
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"),
        ];
        await using var inventory = await ShopProcess.ListeningAsync([.. AnyPort, "--services", "inventory"], variables);
        await using var shipping = await ShopProcess.ListeningAsync([.. AnyPort, "--services", "shipping"], variables);
        await using var payments = await ShopProcess.ListeningAsync([.. AnyPort, "--services", "payments"], variables);
        await using var orders = await ShopProcess.ListeningAsync(
            [.. AnyPort, "--services", "orders", "--inventory-url", inventory.Url, "--shipping-url", shipping.Url],
            [.. variables, ("SHOP_PAYMENTS_URL", payments.Url)]);
        await OrderAsync(orders.Url);
        foreach (var shop in (ShopProcess[])[orders, payments, shipping, inventory])
        {
            Assert.Equal(0, await shop.TerminateAsync());
            Assert.Empty(shop.Errors);
        }

        Assert.Equal(OrderBodies.SpansPerOrder, receiver.Spans.Count);
        Assert.Single(receiver.Spans.Select(span => span.Trace).Distinct(StringComparer.Ordinal));
        var known = receiver.Spans.Select(span => span.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal("POST /orders", Assert.Single(receiver.Spans, span => !known.Contains(span.Parent)).Name);
        Assert.Equal(
            ["shop-inventory 1", "shop-orders 8", "shop-payments 1", "shop-shipping 1"],
            receiver.Spans.GroupBy(span => span.Service).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Batches_limits_and_the_name_of_the_service_are_as_the_environment_says()
    {
        await using var receiver = await OtlpReceiver.StartAsync(HttpProtocols.Http1);
        await using var shop = await ShopProcess.ListeningAsync(
            AnyPort,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4"),
            ("OTEL_SERVICE_NAME", "arm-b"),
            ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "2"));
        await OrderAsync(shop.Url);
        Assert.Equal(0, await shop.TerminateAsync());

        Assert.Equal(OrderBodies.SpansPerOrder, receiver.Spans.Count);
        Assert.All(receiver.Requests, request => Assert.InRange(request.Spans.Count, 1, 4));
        Assert.All(receiver.Spans, span => Assert.InRange(span.AttributeCount, 1, 2));
        Assert.All(receiver.Spans, span => Assert.Equal("arm-b", span.Service));
    }

    [Fact]
    public async Task A_simple_processor_exports_each_span_by_itself_and_at_once()
    {
        await using var receiver = await OtlpReceiver.StartAsync(HttpProtocols.Http1);
        await using var shop = await ShopProcess.ListeningAsync(
            AnyPort,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("SHOP_SPAN_PROCESSOR", "simple"));
        await OrderAsync(shop.Url);

        // All but the span of the answer itself were exported before the answer came.
        Assert.InRange(receiver.Requests.Count, OrderBodies.SpansPerOrder - 1, OrderBodies.SpansPerOrder);
        Assert.Equal(0, await shop.TerminateAsync());
        Assert.Equal(OrderBodies.SpansPerOrder, receiver.Requests.Count);
        Assert.All(receiver.Requests, request => Assert.Single(request.Spans));
    }

    [Fact]
    public async Task Zipkins_format_goes_where_the_environment_says()
    {
        await using var zipkin = await StandInService.StartAsync(202, string.Empty);
        await using var shop = await ShopProcess.ListeningAsync(
            AnyPort,
            ("OTEL_TRACES_EXPORTER", "zipkin"),
            ("OTEL_EXPORTER_ZIPKIN_ENDPOINT", zipkin.Url + "/api/v2/spans"));
        await OrderAsync(shop.Url);
        Assert.Equal(0, await shop.TerminateAsync());

        Assert.Empty(shop.Errors);
        Assert.StartsWith("application/json", Assert.Single(zipkin.Requests)["Content-Type"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dead_collector_does_not_hold_up_the_end(bool isListening)
    {
        // A bound port refuses at once; a listening one takes the connection and never answers.
        using var dead = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        dead.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (isListening)
        {
            dead.Listen();
        }

        await using var shop = await ShopProcess.ListeningAsync(
            AnyPort,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{dead.LocalEndPoint}"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "600000"));
        await OrderAsync(shop.Url);

        Assert.Equal(0, await shop.InterruptAsync());
    }

    [Fact]
    public async Task An_order_that_was_begun_is_finished_although_the_end_has_come()
    {
        var release = new TaskCompletionSource();
        await using var shipping = await StandInService.StartAsync(200, """{"cost":1}""", release.Task);
        await using var shop = await ShopProcess.ListeningAsync(AnyPort, ("OTEL_SDK_DISABLED", "true"), ("SHOP_SHIPPING_URL", shipping.Url));
        var orders = new List<Task<HttpStatusCode>> { Customer.OrderAsync(shop.Url) };
        while (shipping.Requests.IsEmpty)
        {
            Assert.False(orders[0].IsCompleted);
            await Task.Delay(10);
        }

        // Orders wait at the shipping service until the end has come; the first one after that is turned away.
        var exitCode = shop.TerminateAsync();
        do
        {
            orders.Add(Customer.OrderAsync(shop.Url));
            await Task.WhenAny(orders[^1], Task.Delay(50));
        }
        while (!orders[^1].IsCompleted);
        release.SetResult();

        var statuses = await Task.WhenAll(orders);
        Assert.All(statuses[..^1], status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, statuses[^1]);
        Assert.Equal(0, await exitCode);
        Assert.Empty(shop.Errors);
    }

    [Fact]
    public async Task Wrong_settings_end_with_2_and_say_all_that_is_wrong()
    {
        await using var shop = ShopProcess.Start(["--services", "orders,stock"], ("OTEL_TRACES_SAMPLER", "sometimes"), ("OTEL_PROPAGATORS", "jaeger"));

        Assert.Equal(2, await shop.ExitCodeAsync());

        Assert.Contains("--services: \"stock\"", shop.Errors, StringComparison.Ordinal);
        Assert.Contains("OTEL_TRACES_SAMPLER: \"sometimes\"", shop.Errors, StringComparison.Ordinal);
        Assert.Contains("OTEL_PROPAGATORS: \"jaeger\"", shop.Errors, StringComparison.Ordinal);
        Assert.Contains("usage: Shop", shop.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", shop.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_holds_no_database_is_named()
    {
        // A file stands where the folder should be.
        await using var shop = ShopProcess.Start(AnyPort, ("SHOP_DATA", typeof(ProcessTests).Assembly.Location));

        Assert.Equal(2, await shop.ExitCodeAsync());

        Assert.Contains("SHOP_DATA: ", shop.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", shop.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        await using var shop = ShopProcess.Start(["--urls", $"http://{taken.LocalEndPoint}"], ("OTEL_SDK_DISABLED", "true"));

        Assert.Equal(1, await shop.ExitCodeAsync());

        Assert.Contains($"http://{taken.LocalEndPoint}", shop.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", shop.Errors, StringComparison.Ordinal);
    }

    private static async Task OrderAsync(string url)
    {
        Assert.Equal(HttpStatusCode.OK, await Customer.KnockAsync(url));
        Assert.Equal(HttpStatusCode.OK, await Customer.OrderAsync(url));
    }

    private static void AssertFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen();
    }
}
