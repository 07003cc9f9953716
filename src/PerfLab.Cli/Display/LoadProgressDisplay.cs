using System.Threading.Channels;
using PerfLab.Load.LoadTests;

namespace PerfLab.Cli.Display;

/// <summary>
/// Shows every second of a load test: in a terminal on one line that is drawn anew, elsewhere on a line each. The generating
/// thread only leaves a note; a thread of its own draws.
/// </summary>
internal sealed class LoadProgressDisplay : IProgress<LoadTestStep>, IAsyncDisposable
{
    private readonly Channel<LoadTestStep> _steps = Channel.CreateUnbounded<LoadTestStep>(new UnboundedChannelOptions { SingleReader = true });
    private readonly StatusLine _line = new();
    private readonly Task _drawing;

    /// <summary>Begins to show.</summary>
    public LoadProgressDisplay() => _drawing = Task.Run(DrawAsync);

    /// <inheritdoc/>
    public void Report(LoadTestStep value) => _steps.Writer.TryWrite(value);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _steps.Writer.Complete();
        await _drawing;
        _line.Erase();
    }

    private async Task DrawAsync()
    {
        await foreach (var step in _steps.Reader.ReadAllAsync())
        {
            if (_line.IsTerminal)
            {
                _line.Draw(LoadStepText.Of(step));
            }
            else
            {
                _line.WriteLine(LoadStepText.Of(step));
            }
        }
    }
}
