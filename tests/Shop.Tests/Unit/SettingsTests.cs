using OpenTelemetry.Exporter;
using Shop.Settings;

namespace Shop.Tests.Unit;

public sealed class SettingsTests
{
    [Fact]
    public void Nothing_said_means_all_services_on_one_process_with_tracing()
    {
        var settings = Read([]);

        Assert.Equal([ShopService.Orders, ShopService.Inventory, ShopService.Shipping, ShopService.Payments], settings.Services);
        Assert.Equal("http://127.0.0.1:5080/", settings.Url.AbsoluteUri);
        Assert.Empty(settings.Addresses);
        Assert.Null(settings.DataFolder);
        Assert.False(settings.ReservesStock);
        Assert.True(settings.Tracing.IsEnabled);
        Assert.Equal(["otlp"], settings.Tracing.Exporters);
        Assert.Null(settings.Tracing.Propagators);
        Assert.Equal("shop", settings.ProcessName);
    }

    [Fact]
    public void Options_go_before_the_environment()
    {
        var settings = Read(
            ["--services=orders", "--urls", "http://*:7000", "--inventory-url", "http://one:1"],
            ("SHOP_SERVICES", "all"),
            ("SHOP_INVENTORY_URL", "http://two:2"),
            ("SHOP_SHIPPING_URL", "http://three:3"),
            ("SHOP_PAYMENTS_URL", "http://four:4"),
            ("OTEL_TRACES_EXPORTER", "console,otlp"));

        Assert.Equal([ShopService.Orders], settings.Services);
        Assert.Equal("http://0.0.0.0:7000/", settings.Url.AbsoluteUri);
        Assert.Equal("http://one:1/", settings.Addresses[ShopService.Inventory].AbsoluteUri);
        Assert.Equal("http://three:3/", settings.Addresses[ShopService.Shipping].AbsoluteUri);
        Assert.Equal("http://four:4/", settings.Addresses[ShopService.Payments].AbsoluteUri);
        Assert.Equal(["console", "otlp"], settings.Tracing.Exporters);
        Assert.Equal("shop-orders", settings.ProcessName);
    }

    [Theory]
    [InlineData("--services", "orders,stock")]
    [InlineData("--services", "")]
    [InlineData("--services", "orders")]
    [InlineData("--urls", "127.0.0.1:5080")]
    [InlineData("--urls", "https://127.0.0.1:5080")]
    [InlineData("--urls", "http://127.0.0.1:1;http://127.0.0.1:2")]
    [InlineData("--urls", "http://127.0.0.1:5080/shop")]
    [InlineData("--payments-url", "payments")]
    [InlineData("--port", "5080")]
    [InlineData("orders", "payments")]
    [InlineData("--services", "notifications")]
    [InlineData("--queue", "redis://127.0.0.1:1")]
    [InlineData("--queue", "kafka:")]
    [InlineData("--queue", "nats")]
    public void Arguments_that_are_not_understood_are_refused(string name, string value) =>
        Assert.NotEmpty(Faults([name, value]));

    [Fact]
    public void An_option_without_its_value_or_given_twice_is_refused()
    {
        Assert.Equal(
            ["argument 1: --urls has no value. Write one after it."],
            Faults(["--urls", "--services", "all"]));
        Assert.Equal(
            ["argument 3: --services is given twice. Keep one of them."],
            Faults(["--services", "all", "--services=all"]));
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "yes")]
    [InlineData("OTEL_TRACES_SAMPLER", "sometimes")]
    [InlineData("OTEL_TRACES_SAMPLER", " always_on")]
    [InlineData("OTEL_TRACES_SAMPLER", "jaeger_remote")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "0.1")]
    [InlineData("OTEL_TRACES_EXPORTER", "jaeger")]
    [InlineData("OTEL_EXPORTER_ZIPKIN_ENDPOINT", "127.0.0.1:9411")]
    [InlineData("OTEL_TRACES_EXPORTER", "none,otlp")]
    [InlineData("OTEL_PROPAGATORS", "tracecontext,jaeger")]
    [InlineData("OTEL_PROPAGATORS", "none,tracecontext")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "127.0.0.1:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION", "zstd")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "deflate")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "-1")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "secret")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "0")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "many")]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "2049")]
    [InlineData("OTEL_BSP_EXPORT_TIMEOUT", "1.5")]
    [InlineData("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "-1")]
    [InlineData("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "long")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "service.name")]
    [InlineData("SHOP_RESERVE_STOCK", "1")]
    [InlineData("SHOP_INSTRUMENTATION", "automatic")]
    [InlineData("SHOP_HTTP_BOUNDARY", "span")]
    [InlineData("SHOP_GRPC_BOUNDARY", "span")]
    [InlineData("SHOP_QUEUE_BOUNDARY", "span")]
    [InlineData("SHOP_DATABASE_BOUNDARY", "propagate")]
    [InlineData("SHOP_INVENTORY_TRANSPORT", "soap")]
    [InlineData("SHOP_GRPC_PORT", "65536")]
    [InlineData("SHOP_SPAN_FACTS", "1001")]
    [InlineData("SHOP_SPAN_FACT_LENGTH", "0")]
    [InlineData("SHOP_SPAN_FACTS_AS", "logs")]
    [InlineData("SHOP_SPAN_EXCEPTIONS", "no")]
    [InlineData("SHOP_SPAN_PERSONAL", "yes")]
    [InlineData("SHOP_SPAN_PROCESSOR", "none")]
    [InlineData("SHOP_SPAN_PATH", "exporter")]
    [InlineData("SHOP_REDACTION", "mask")]
    [InlineData("SHOP_REDACTION_KEYS", "user.email")]
    [InlineData("SHOP_REDACTION_SECRET", "secret")]
    [InlineData("SHOP_TAIL_SHARE", "10%")]
    [InlineData("SHOP_TAIL_SLOWER_THAN_MS", "100")]
    [InlineData("SHOP_PAYMENT_LATENCY_MS", "5001")]
    [InlineData("SHOP_INVOICE_LATENCY_MS", "5001")]
    [InlineData("SHOP_PAYMENT_FAILURE_RATIO", "2")]
    public void A_variable_that_is_not_understood_is_refused_by_name(string name, string value)
    {
        var fault = Assert.Single(Faults([], (name, value)));

        Assert.StartsWith(name + ":", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("-0.1")]
    [InlineData("10%")]
    [InlineData("0,1")]
    [InlineData("NaN")]
    public void A_ratio_is_a_number_between_0_and_1(string argument)
    {
        Assert.Single(Faults([], ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", argument)));
        Assert.Empty(Faults([], ("OTEL_TRACES_SAMPLER", "always_on"), ("OTEL_TRACES_SAMPLER_ARG", argument)));
    }

    [Fact]
    public void A_pattern_that_is_no_regular_expression_is_refused() =>
        Assert.StartsWith("SHOP_REDACTION_PATTERN:", Assert.Single(Faults([], ("SHOP_REDACTION", "remove"), ("SHOP_REDACTION_PATTERN", "(?=x)"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Host")]
    [InlineData("Host=127.0.0.1;Port=many;Password=secret")]
    [InlineData("Host=127.0.0.1;Colour=red;Password=secret")]
    public void A_connection_string_that_is_none_is_refused_without_its_password(string text)
    {
        var fault = Assert.Single(Faults(["--postgres", text]));

        Assert.StartsWith("--postgres or SHOP_POSTGRES:", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_databases_at_once_are_refused() =>
        Assert.Single(Faults(["--postgres", "Host=127.0.0.1"], ("SHOP_DATA", "/tmp/shop")));

    [Theory]
    [InlineData("kafka", QueueKind.Kafka, null, null)]
    [InlineData("rabbitmq", QueueKind.RabbitMq, null, null)]
    [InlineData("kafka://127.0.0.1:9092", null, "kafka://127.0.0.1:9092", null)]
    [InlineData("amqp://user:word@127.0.0.1:5672", null, "amqp://user:word@127.0.0.1:5672", null)]
    [InlineData("http://127.0.0.1:5080", null, null, "http://127.0.0.1:5080")]
    public void A_queue_is_run_here_named_or_asked_for(string text, object? own, string? address, string? askAt)
    {
        var settings = Read(["--queue", text]);

        Assert.Contains(ShopService.Notifications, settings.Services);
        Assert.Equal((QueueKind?)own, settings.Queue?.OwnBroker);
        Assert.Equal(address, settings.Queue?.Address?.OriginalString);
        Assert.Equal(askAt, settings.Queue?.DiscoveryUrl?.OriginalString);
    }

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(4, Faults(["--services", "stock", "--port=1"], ("OTEL_TRACES_SAMPLER", "x"), ("OTEL_SDK_DISABLED", "y")).Count);

    [Fact]
    public void Variables_for_traces_go_before_those_for_all_signals()
    {
        var options = new OtlpExporterOptions { TimeoutMilliseconds = 9000, Headers = "a=1" };
        Read(
            [],
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "HTTP/protobuf"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:1/only/traces"),
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "b=2"),
            ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip"),
            ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "4000"),
            ("OTEL_BSP_EXPORT_TIMEOUT", "3000")).Tracing.Otlp.Apply(options);

        Assert.Equal(OtlpExportProtocol.HttpProtobuf, options.Protocol);
        Assert.Equal("http://127.0.0.1:1/only/traces", options.Endpoint.AbsoluteUri);
        Assert.Equal("b=2", options.Headers);
        Assert.Equal(OtlpExportCompression.GZip, options.Compression);
        Assert.Equal(3000, options.TimeoutMilliseconds);
    }

    [Theory]
    [InlineData("OTEL_SERVICE_NAME", "x", true)]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "a=1, service.name=x", true)]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "service.namespace=x", false)]
    public void The_environment_may_name_the_service(string name, string value, bool isNamed) =>
        Assert.Equal(isNamed, Read([], (name, value)).Tracing.IsServiceNamed);

    private static IReadOnlyList<string> Faults(string[] args, params (string Name, string Value)[] variables)
    {
        try
        {
            Read(args, variables);
            return [];
        }
        catch (InvalidSettingsException exception)
        {
            return exception.Faults;
        }
    }

    private static ShopSettings Read(string[] args, params (string Name, string Value)[] variables)
    {
        var table = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.OrdinalIgnoreCase);
        return ShopSettingsReader.Read(args, table.GetValueOrDefault);
    }
}
