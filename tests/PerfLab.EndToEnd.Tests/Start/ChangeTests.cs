namespace PerfLab.EndToEnd.Tests.Start;

/// <summary>What <c>run.sh</c> takes for a change, and when it does not trust what MSBuild left.</summary>
public sealed class ChangeTests : IDisposable
{
    private readonly ScriptedCheckout _checkout;

    public ChangeTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "run.sh is for Linux and macOS; Windows has run.ps1");
        _checkout = new ScriptedCheckout();
    }

    [Fact]
    public async Task A_changed_source_is_built()
    {
        await _checkout.StartAsync();
        _checkout.Write("src/Answer.cs", "43\n");

        await AssertBuiltFromAsync("43");
    }

    [Fact]
    public async Task An_added_source_is_built()
    {
        await _checkout.StartAsync();
        _checkout.Write("src/Deeper/Question.cs", "why?\n");
        _checkout.Write("src/Zero.cs", "0\n");

        await AssertBuiltFromAsync("42\n0");
    }

    [Fact]
    public async Task A_deleted_source_is_noticed()
    {
        _checkout.Write("src/Zero.cs", "0\n");
        await _checkout.StartAsync();
        File.Delete(Path.Combine(_checkout.Root, "src/Zero.cs"));

        await AssertBuiltFromAsync("42");
    }

    [Fact]
    public async Task A_renamed_source_is_noticed()
    {
        await _checkout.StartAsync();
        File.Move(Path.Combine(_checkout.Root, "src/Answer.cs"), Path.Combine(_checkout.Root, "src/Renamed.cs"));
        await _checkout.StartAsync();

        Assert.Equal(2, _checkout.Builds.Count);
    }

    [Fact]
    public async Task Touching_a_file_without_changing_it_builds_nothing()
    {
        await _checkout.StartAsync();
        File.SetLastWriteTimeUtc(Path.Combine(_checkout.Root, "src/Answer.cs"), new DateTime(2040, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await _checkout.StartAsync();

        Assert.Single(_checkout.Builds);
    }

    [Fact]
    public async Task A_change_in_what_is_not_built_builds_nothing()
    {
        await _checkout.StartAsync();
        _checkout.Write("README.md", "more words");
        _checkout.Write("tests/AnswerTests.cs", "is it 43?");
        _checkout.Write("src/obj/generated.cs", "1");
        _checkout.Write("src/bin/copy.cs", "1");
        await _checkout.StartAsync();

        Assert.Single(_checkout.Builds);
    }

    [Fact]
    public async Task A_changed_test_is_built_for_the_verb_test()
    {
        await _checkout.StartAsync("test");
        _checkout.Write("tests/AnswerTests.cs", "is it 43?");
        await _checkout.StartAsync("test");

        Assert.Equal(2, _checkout.Builds.Count);
    }

    [Fact]
    public async Task The_build_for_the_verb_test_serves_the_other_verbs_too()
    {
        await _checkout.StartAsync("test");
        await _checkout.StartAsync("list");

        Assert.Single(_checkout.Builds);
    }

    [Fact]
    public async Task A_build_by_an_editor_into_the_same_folder_is_built_over()
    {
        await _checkout.StartAsync();
        _checkout.Write("artifacts/perflab/perflab.pdb", "Debug");
        await _checkout.StartAsync();

        Assert.Equal(2, _checkout.Builds.Count);
    }

    [Fact]
    public async Task A_changed_source_that_is_older_than_the_last_build_is_not_left_to_MSBuild_which_would_overlook_it()
    {
        await _checkout.StartAsync();
        var restored = _checkout.Write("src/Answer.cs", "41\n");
        File.SetLastWriteTimeUtc(restored, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await _checkout.StartAsync();

        Assert.DoesNotContain("--no-incremental", _checkout.Builds[0], StringComparison.Ordinal);
        Assert.Contains("--no-incremental", _checkout.Builds[1], StringComparison.Ordinal);
    }

    public void Dispose() => _checkout?.Dispose();

    private async Task AssertBuiltFromAsync(string sources)
    {
        var result = await _checkout.StartAsync();

        Assert.StartsWith($"built from: {sources}\nfolder", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, _checkout.Builds.Count);
        Assert.DoesNotContain("--no-incremental", _checkout.Builds[1], StringComparison.Ordinal);
    }
}
