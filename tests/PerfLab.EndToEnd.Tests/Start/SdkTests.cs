namespace PerfLab.EndToEnd.Tests.Start;

/// <summary>How <c>run.sh</c> finds a .NET SDK, and what it says when there is none.</summary>
public sealed class SdkTests : IDisposable
{
    private readonly ScriptedCheckout _checkout;

    public SdkTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "run.sh is for Linux and macOS; Windows has run.ps1");
        _checkout = new ScriptedCheckout();
    }

    [Fact]
    public async Task Without_a_fitting_SDK_it_says_what_is_wanted_what_is_there_and_how_to_install_it()
    {
        _checkout.TurnOn("misfit");

        var result = await _checkout.StartAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("needs the .NET SDK 99.0.100", result.Error, StringComparison.Ordinal);
        Assert.Contains("dotnet on the path/dotnet has: 8.0.100", result.Error, StringComparison.Ordinal);
        Assert.All(["apt-get install", "brew install", "winget install", "dotnet-install.sh"], way => Assert.Contains(way, result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_SDK_in_DOTNET_ROOT_is_found_when_the_one_on_the_path_does_not_fit()
    {
        _checkout.TurnOn("misfit");
        _checkout.Variables["DOTNET_ROOT"] = _checkout.AddDotnet("dotnet root");

        Assert.Equal(0, (await _checkout.StartAsync()).ExitCode);
        Assert.True(File.Exists(Path.Combine(_checkout.Root, "outside/dotnet root/builds")));
    }

    [Fact]
    public async Task An_SDK_in_the_home_folder_is_found_when_the_one_on_the_path_does_not_fit()
    {
        _checkout.TurnOn("misfit");
        _checkout.Variables["HOME"] = Path.GetDirectoryName(_checkout.AddDotnet("home/.dotnet"));

        Assert.Equal(0, (await _checkout.StartAsync()).ExitCode);
        Assert.True(File.Exists(Path.Combine(_checkout.Root, "outside/home/.dotnet/builds")));
    }

    [Fact]
    public async Task A_later_start_uses_the_dotnet_that_built()
    {
        await _checkout.StartAsync();
        _checkout.TurnOn("misfit");

        var result = await _checkout.StartAsync("list");

        Assert.Equal(0, result.ExitCode);
        Assert.Single(_checkout.Builds);
    }

    public void Dispose() => _checkout?.Dispose();
}
