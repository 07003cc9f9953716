namespace PerfLab.Runner.LaunchSets;

/// <summary>The arms of a launch set that are alive: who starts them hands them over here, and disposing stops what is left.</summary>
internal sealed class RunningArms : IAsyncDisposable
{
    private readonly SortedDictionary<int, RunningArm> _arms = [];
    private bool _isStopped;

    /// <summary>Creates the scratch folder beside the launch folder.</summary>
    public RunningArms(string launchFolder) =>
        ScratchFolder = Directory.CreateDirectory(launchFolder + ".scratch").FullName;

    /// <summary>Gets the folder for the processes' own files, deleted when they have stopped.</summary>
    public string ScratchFolder { get; }

    /// <summary>Gets the arms in plan order.</summary>
    public IReadOnlyList<RunningArm> InPlanOrder => [.. _arms.Values];

    /// <summary>Takes over an arm.</summary>
    /// <param name="index">Its place in the plan.</param>
    /// <param name="arm">The arm.</param>
    public void Add(int index, RunningArm arm) => _arms.Add(index, arm);

    /// <summary>Closes the connections, asks all processes to stop, and waits for them.</summary>
    /// <returns>Exit codes by arm, in starting order of its processes.</returns>
    public async Task<IReadOnlyDictionary<RunningArm, IReadOnlyList<int?>>> StopAsync()
    {
        _isStopped = true;
        foreach (var arm in _arms.Values)
        {
            arm.Dispose();
        }

        // All at once: each has its last spans to flush, and waits for the collector more than for its processor.
        var stopped = await Task.WhenAll(_arms.Values.Select(async arm =>
            (Arm: arm, ExitCodes: (IReadOnlyList<int?>)await Task.WhenAll(arm.Processes.Select(process => process.StopAsync())))));
        return stopped.ToDictionary(arm => arm.Arm, arm => arm.ExitCodes);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            await StopAsync();
        }

        try
        {
            Directory.Delete(ScratchFolder, recursive: true);
        }
        catch (IOException)
        {
            // A file that a killed target still holds stays behind; it must not hide why the launch set ended.
        }
    }
}
