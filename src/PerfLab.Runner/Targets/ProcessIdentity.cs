using System.Globalization;

namespace PerfLab.Runner.Targets;

/// <summary>A process of Linux: number and start together are never given twice.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ParentId">Its parent's number when it was read.</param>
/// <param name="StartTicks">When it was started, in ticks since boot.</param>
internal sealed record ProcessIdentity(int Id, int ParentId, long StartTicks)
{
    /// <summary>Reads a process; null when it is gone.</summary>
    public static ProcessIdentity? Read(int id)
    {
        try
        {
            // proc(5): behind the command, which ends at the last parenthesis, fields 4 (parent) and 22 (start) are at 1 and 19.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessIdentity(
                id,
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
