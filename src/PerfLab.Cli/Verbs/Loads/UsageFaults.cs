namespace PerfLab.Cli.Verbs.Loads;

/// <summary>Collects everything that is wrong with a command, so that the user corrects it once.</summary>
internal sealed class UsageFaults
{
    private readonly List<string> _faults = [];

    /// <summary>Adds a fault when a condition does not hold.</summary>
    public void Unless(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Reads something; what it throws about its text becomes a fault.</summary>
    /// <param name="read">Reads.</param>
    /// <param name="otherwise">Stands for what could not be read, until <see cref="ThrowIfAny"/>.</param>
    /// <param name="context">Stands before the message; empty when the message names the place itself.</param>
    public T Read<T>(Func<T> read, T otherwise, string context = "")
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FormatException or ArgumentException or Experiments.Thresholds.ThresholdSyntaxException)
        {
            // Without the framework's "(Parameter 'name')", which says nothing to a user.
            var message = error is ArgumentException { ParamName: { } name } ? error.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal) : error.Message;
            _faults.Add(context + message);
            return otherwise;
        }
    }

    /// <exception cref="UsageException">There was a fault; the message has all of them, a line each.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new UsageException(string.Join(Environment.NewLine, _faults));
        }
    }
}
