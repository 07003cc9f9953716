using PerfLab.Experiments.Inspections;
using PerfLab.Runner.Diagnosis;

namespace PerfLab.Runner.Tests;

public sealed class CommandRuntimeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("perflab-command-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("dotnet", ServiceRuntime.DotNet)]
    [InlineData("/usr/share/dotnet/dotnet", ServiceRuntime.DotNet)]
    [InlineData("node", ServiceRuntime.Node)]
    [InlineData("/opt/node22/bin/node", ServiceRuntime.Node)]
    [InlineData("python3.12", ServiceRuntime.Python)]
    [InlineData("java", ServiceRuntime.Java)]
    [InlineData("ruby3.1", ServiceRuntime.Other)]
    [InlineData("sh", ServiceRuntime.Unknown)]
    [InlineData("no-such-program", ServiceRuntime.Unknown)]
    public void A_known_program_tells_by_its_name(string program, ServiceRuntime expected) =>
        Assert.Equal(expected, CommandRuntime.Of(program, _folder.FullName));

    [Theory]
    [InlineData("#!/usr/bin/env node\n", ServiceRuntime.Node)]
    [InlineData("#!/usr/bin/python3 -u\nimport os\n", ServiceRuntime.Python)]
    [InlineData("#!/bin/sh\nexec dotnet Shop.dll\n", ServiceRuntime.Unknown)]
    [InlineData("just a text", ServiceRuntime.Unknown)]
    [InlineData("", ServiceRuntime.Unknown)]
    public void A_script_tells_by_its_first_line(string text, ServiceRuntime expected)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "service"), text);

        Assert.Equal(expected, CommandRuntime.Of("./service", _folder.FullName));
    }

    [Fact]
    public void A_program_that_the_SDK_makes_is_told_from_any_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The programs of this test are those of Linux.");

        // The test itself is such a program; the shell is not.
        Assert.Equal(ServiceRuntime.DotNet, CommandRuntime.Of(Path.ChangeExtension(typeof(CommandRuntimeTests).Assembly.Location, null), _folder.FullName));
        File.Copy("/bin/sh", Path.Combine(_folder.FullName, "my-service"));
        Assert.Equal(ServiceRuntime.Other, CommandRuntime.Of("./my-service", _folder.FullName));
    }
}
