using Microsoft.Playwright;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>A report opened from disk in the Chromium of the machine; a test without one is skipped.</summary>
internal sealed class ReportBrowser : IAsyncDisposable
{
    private const float LimitMilliseconds = 60_000;

    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _requests = [];
    private readonly List<string> _complaints = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private ReportBrowser()
    {
    }

    public IPage Page { get; private set; } = null!;

    public string Url { get; private set; } = string.Empty;

    /// <summary>Everything that the page asked for, itself included.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>What the page wrote into the console, and what its scripts threw.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<ReportBrowser> OpenAsync(string html, int width, ColorScheme scheme, bool withScript = false, int height = 900)
    {
        var path = FindBrowser();
        Assert.SkipWhen(path is null, "No Chromium on the PATH: install one (Debian: apt-get install chromium) to run this test.");
        var opened = new ReportBrowser();
        try
        {
            await opened.GoAsync(html, path!, new ViewportSize { Width = width, Height = height }, scheme, withScript);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _folder.Dispose();
    }

    private async Task GoAsync(string html, string browserPath, ViewportSize viewport, ColorScheme scheme, bool withScript)
    {
        var file = Path.Combine(_folder.Path, "report.html");
        await File.WriteAllTextAsync(file, html, TestContext.Current.CancellationToken);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = browserPath,
            Timeout = LimitMilliseconds,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic"],
        });
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            JavaScriptEnabled = withScript,
            ViewportSize = viewport,
        });
        context.SetDefaultTimeout(LimitMilliseconds);
        Page = await context.NewPageAsync();
        Page.Request += (_, request) => _requests.Add(request.Url);
        Page.Console += (_, message) => _complaints.Add(message.Text);
        Page.PageError += (_, error) => _complaints.Add(error);
        Url = new Uri(file).AbsoluteUri;
        await Page.GotoAsync(Url);
    }

    private static string? FindBrowser() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
