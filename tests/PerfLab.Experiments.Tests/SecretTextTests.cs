using System.Diagnostics;
using System.Text;
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
    [InlineData(null, "user[password]=abc&user[name]=n", "user[password]=***&user[name]=n")]
    [InlineData(null, "password[]=abc&n=1", "password[]=***&n=1")]
    [InlineData(null, "user%5Bpassword%5D=abc&n=1", "user%5Bpassword%5D=***&n=1")]
    [InlineData(null, "user%5Bpass%5D=abc&n=1", "user%5Bpass%5D=***&n=1")]
    [InlineData("CONNECTION", "Host=db;Password=a,b&c/d;Port=1", "Host=db;Password=***;Port=1")]
    [InlineData("CONNECTION", "Password=a,b&c=d;Host=db", "Password=***;Host=db")]
    [InlineData("CONNECTION", "Host=db;Password=a,b&c", "Host=db;Password=***")]
    [InlineData(null, "--password=a,b", "--password=***")]
    [InlineData("DATABASE_URL", "postgres://app:pa/ss@db:5432/x", "postgres://app:***@db:5432/x")]
    [InlineData("DATABASE_URL", "postgres://app:p/a@ss/w@db/x?y=z", "postgres://app:***@db/x?y=z")]
    [InlineData("DATABASE_URL", "postgres://app:p,a&s@db/x", "postgres://app:***@db/x")]
    [InlineData("GO_SOURCE", "app:ge/heim@tcp(db:3306)/shop", "app:***@tcp(db:3306)/shop")]
    [InlineData(null, "http://127.0.0.1:8080/users/a@b.example", "http://127.0.0.1:8080/users/a@b.example")]
    [InlineData(null, "http://127.0.0.1:{port}/users/a@b.example", "http://127.0.0.1:{port}/users/a@b.example")]
    [InlineData(null, "http://[::1]:8080/users/a@b.example", "http://[::1]:8080/users/a@b.example")]
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
    [InlineData("CONNECTION", "Server=db;Password=my long secret;Port=1", "Server=db;Password=***;Port=1")]
    [InlineData("CONNECTION", "Server=db; Password=my long secret; Port=1", "Server=db; Password=***; Port=1")]
    [InlineData("CONNECTION", "Password=my long secret;Server=db", "Password=***;Server=db")]
    [InlineData("CONNECTION", "Server=db;Password=my long secret", "Server=db;Password=***")]
    [InlineData(null, "cd app; PASSWORD=x node app.js", "cd app; PASSWORD=*** node app.js")]
    [InlineData(null, "node app.js sk-proj-abcdefghij0123456789", "node app.js ***")]
    [InlineData(null, "npm_0123456789abcdefghij0123456789abcdef", "***")]
    [InlineData(null, "AIzaSyA0123456789abcdefghij0123456789abc", "***")]
    [InlineData(null, "SG.0123456789abcdefghijkl.0123456789abcdefghijkl", "***")]
    [InlineData(null, "https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnop", "https://hooks.slack.com/services/***")]
    [InlineData(null, "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nabc\n-----END RSA PRIVATE KEY-----", "***")]
    [InlineData(null, "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nabc\n-----END PGP PRIVATE KEY BLOCK-----", "***")]
    [InlineData("DB_PW", "abc", "***")]
    [InlineData("SIGNINGKEY", "abc", "***")]
    [InlineData("SLACK_WEBHOOK_URL", "https://a.example/x", "***")]
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

    [Theory]
    [InlineData("-", 1_000_000)]
    [InlineData(" ", 8_000_000)]
    [InlineData("QUJDREVGa2V5R0hJSktMTU5PUFFSU1RVVldYWVphYmNk/+", 300_000)]
    [InlineData("\0", 40_000_000)]
    [InlineData("{\"id\":12345,\"name\":\"a b\",\"url\":\"https://a.example/b\"},", 160_000)]
    [InlineData("key=", 1_000_000)]
    [InlineData("a:", 500_000)]
    [InlineData("http://a:b/", 500_000)]
    public void In_megabytes_without_end_a_secret_is_found_and_nothing_takes_long(string filling, int count)
    {
        var half = string.Concat(Enumerable.Repeat(filling, count / 2));
        var text = half + " {\"password\":\"planted nine\"} " + half;
        var clock = Stopwatch.StartNew();

        var isComplete = SecretText.TryFindAll(null, text, out var secrets);

        // Three seconds are the limit of the search; the rest is for a busy machine.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), clock.Elapsed.ToString());
        Assert.True(!isComplete || secrets.Contains("planted nine"), string.Join('|', secrets.Take(5)));
        Assert.DoesNotContain("planted nine", SecretText.Hide(null, text), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_bytes_are_searched_to_their_end()
    {
        var bytes = new byte[16_000_000];
        new Random(7).NextBytes(bytes);

        Assert.True(SecretText.TryFindAll(null, Encoding.UTF8.GetString(bytes) + "\napi_key=planted10\n", out var secrets));

        Assert.Contains("planted10", secrets);
    }

    [Fact]
    public void More_secrets_than_are_remembered_are_not_said_to_be_all_and_none_is_shown()
    {
        var text = string.Concat(Enumerable.Range(0, 1001).Select(i => $"{{\"token\":\"planted{i}x\"}}\n"));

        Assert.False(SecretText.TryFindAll(null, text, out var secrets));
        Assert.Equal(1000, secrets.Count);
        Assert.DoesNotContain("planted", SecretText.Hide(null, text), StringComparison.Ordinal);
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
