using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.Tests;

/// <summary>What is a secret, by its name and by where it stands.</summary>
public sealed class SecretTextTests
{
    [Theory]
    [InlineData("DB_PASSWORD", true)]
    [InlineData("X-Api-Key", true)]
    [InlineData("accessToken", true)]
    [InlineData("AWS_SECRET_ACCESS_KEY", true)]
    [InlineData("Authorization", true)]
    [InlineData("Proxy-Authorization", true)]
    [InlineData("Cookie", true)]
    [InlineData("Set-Cookie", true)]
    [InlineData("--apikey", true)]
    [InlineData("PGPASSWORD", true)]
    [InlineData("MYSQL_PWD", true)]
    [InlineData("x-honeycomb-team", true)]
    [InlineData("SENTRY_DSN", true)]
    [InlineData("JSESSIONID", true)]
    [InlineData("DD_API_KEY", true)]
    [InlineData("X-CSRF-Token", true)]
    [InlineData("PWD", false)]
    [InlineData("KEYBOARD", false)]
    [InlineData("AUTHOR", false)]
    [InlineData("MONKEYS", false)]
    [InlineData("Content-Type", false)]
    [InlineData("COMPASS_PATH", false)]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", false)]
    public void Names_of_keys_tokens_passwords_and_cookies_are_those_of_secrets(string name, bool isSecret) =>
        Assert.Equal(isSecret, SecretNames.IsSecret(name));

    [Theory]
    [InlineData("API_TOKEN", "abc def", "***")]
    [InlineData("Authorization", "Bearer ${TOKEN}", "Bearer ${TOKEN}")]
    [InlineData("Authorization", "Bearer abc${TOKEN}", "***")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=1,authorization=Bearer%20x", "x-tenant=***,authorization=***")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "a=1", "a=***")]
    [InlineData("DATABASE_URL", "postgres://app:pa:ss@db:5432/x", "postgres://app:***@db:5432/x")]
    [InlineData("CONNECTION", "Host=db;Username=app;Password=geheim;Port=5432", "Host=db;Username=app;Password=***;Port=5432")]
    [InlineData(null, "/items?page=2&access_token=abc&x=1", "/items?page=2&access_token=***&x=1")]
    [InlineData(null, "--client-secret=abc", "--client-secret=***")]
    [InlineData(null, "Authorization: Basic YWJj", "Authorization: ***")]
    [InlineData(null, """{"user":"a","apiKey" : "k\"ey","n":1}""", """{"user":"a","apiKey" : "***","n":1}""")]
    [InlineData("REDIS", "redis://:pa@ss@cache:6379", "redis://:***@cache:6379")]
    [InlineData("SENTRY", "https://0123456789abcdef0123@o1.ingest.example/1", "https://***@o1.ingest.example/1")]
    [InlineData("FEED", "https://token1@feed.example/x", "https://***@feed.example/x")]
    [InlineData("GO_SOURCE", "app:geheim@tcp(db:3306)/shop", "app:***@tcp(db:3306)/shop")]
    [InlineData("CONNECTION", "Server=db;Password=\"a;b c\";Port=1", "Server=db;Password=\"***\";Port=1")]
    [InlineData("CONNECTION", "Endpoint=sb://x/;SharedAccessKeyName=root;SharedAccessKey=abc+/=", "Endpoint=sb://x/;SharedAccessKeyName=***;SharedAccessKey=***")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "api-key=a, x-b = c,d", "api-key=***, x-b =***,***")]
    [InlineData(null, "grant=x&client_secret=abc&scope=y", "grant=x&client_secret=***&scope=y")]
    [InlineData(null, "{'password': 'a b', 'n': 1}", "{'password': '***', 'n': 1}")]
    [InlineData(null, "{password: abc, n: 1}", "{password: ***, n: 1}")]
    [InlineData(null, """{"body":"{\"password\":\"x y\",\"n\":1}"}""", """{"body":"{\"password\":\"***\",\"n\":1}"}""")]
    [InlineData(null, """{"passcode": 123456, "tokens": ["x", "y"], "n": 5}""", """{"passcode": ***, "tokens": ["***", "***"], "n": 5}""")]
    [InlineData(null, "<user>a</user><wsse:Password Type=\"text\">x y</wsse:Password>", "<user>a</user><wsse:Password Type=\"text\">***</wsse:Password>")]
    [InlineData(null, "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nx y\r\n--b--", "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n***\r\n--b--")]
    [InlineData(null, "exec server --api-key abc --port 80", "exec server --api-key *** --port 80")]
    [InlineData(null, "exec server --api-key 'a b' --port 80", "exec server --api-key '***' --port 80")]
    [InlineData(null, "curl -H 'X-Api-Key: abc' http://a/b", "curl -H 'X-Api-Key: ***' http://a/b")]
    [InlineData(null, "see Bearer abcdef123456 there", "see Bearer *** there")]
    [InlineData(null, "Basic authentication is used", "Basic authentication is used")]
    [InlineData(null, "x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl y", "x *** y")]
    [InlineData(null, "http://token-service:8080/x", "http://token-service:8080/x")]
    [InlineData(null, "http://127.0.0.1:8080/keys/5", "http://127.0.0.1:8080/keys/5")]
    [InlineData(null, "{url:auth}/x", "{url:auth}/x")]
    public void Secrets_are_masked_where_they_stand_and_references_stay(string? name, string text, string shown) =>
        Assert.Equal(shown, SecretText.Hide(name, text));

    [Theory]
    [InlineData("Authorization", "Basic dXNlcjpwbGFudGVkMQ==", "told planted1", "told ***")]
    [InlineData("API_KEY", "planted%202%2Bx", "planted 2+x and planted%202%2Bx", "*** and ***")]
    [InlineData("X-Token", "planted/3+x", "planted%2F3%2Bx, planted/3+x", "***, ***")]
    [InlineData(null, """{"password":"planted\"4"}""", "planted\"4 and planted\\\"4", "*** and ***")]
    [InlineData("DB_PASSWORD", "plantedfive", "plantedfive", "***")]
    [InlineData("PARTITION_KEY", "customers", "customers of customers", "customers of customers")]
    [InlineData("PARTITION_KEY", "planted6six", "planted6six", "***")]
    [InlineData("UPSTREAM", "http://user:plantedseven@b/", "plantedseven", "***")]
    [InlineData("PIN_SECRET", "123456", "123456 requests", "123456 requests")]
    public void A_secret_is_hidden_in_what_others_say_also_encoded_and_a_word_that_names_a_setting_is_not(string? name, string text, string said, string shown)
    {
        foreach (var secret in SecretText.FindAll(name, text))
        {
            KnownSecrets.Add(secret);
        }

        Assert.Equal(shown, KnownSecrets.Hide(said));
    }

    [Fact]
    public void Names_by_which_files_are_found_stay_readable()
    {
        KnownSecrets.Add("plantedarm8", "plantedarm8-variant");

        Assert.Equal("plantedarm8-variant.log", KnownSecrets.Hide("plantedarm8-variant.log"));
    }

    [Theory]
    [InlineData("Bearer ${CALLER}", "Bearer 1{2}")]
    [InlineData("$${CALLER}", "${CALLER}")]
    [InlineData("${port} ${{CALLER}}", "${port} ${{CALLER}}")]
    public void References_are_filled_in_and_escaped_ones_are_text(string text, string resolved) =>
        Assert.Equal(resolved, CallerReference.Resolve(text, name => name == "CALLER" ? "1{2}" : null));
}
