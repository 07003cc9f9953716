namespace PerfLab.Runner.Targets;

/// <summary>Starts processes of targets.</summary>
internal interface ITargetLauncher
{
    /// <summary>Starts a process and waits until it is ready.</summary>
    /// <exception cref="TargetFailedException">It could not be started, ended, or was not ready in time; nothing is left running.</exception>
    Task<ITargetProcess> StartAsync(LaunchSpecification specification, CancellationToken cancellationToken);
}
