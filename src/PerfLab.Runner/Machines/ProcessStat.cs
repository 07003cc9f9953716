using System.Globalization;
using System.Text;

namespace PerfLab.Runner.Machines;

/// <summary>What <c>/proc/PID/stat</c> says of a process (proc(5)).</summary>
internal readonly record struct ProcessStat
{
    // The longest line has 52 numbers of at most 20 digits and a command of 64 characters.
    private const int CapacityBytes = 2048;

    /// <summary>Gets who it is.</summary>
    public required ProcessIdentity Identity { get; init; }

    /// <summary>Gets the name of its program, which the kernel cuts to 15 bytes, or what it calls itself.</summary>
    public required string Name { get; init; }

    /// <summary>Gets a value indicating whether it has ended and its parent has not waited for it.</summary>
    public required bool IsZombie { get; init; }

    /// <summary>Gets its own user and system time, in clock ticks.</summary>
    public required long CpuTicks { get; init; }

    /// <summary>Gets the user and system time of children that ended and were waited for, and of theirs, in clock ticks.</summary>
    public required long WaitedChildrenCpuTicks { get; init; }

    /// <summary>Gets its resident memory, in pages.</summary>
    public required long ResidentPages { get; init; }

    /// <summary>Reads a process; null when it is gone.</summary>
    public static ProcessStat? Read(int id)
    {
        Span<byte> buffer = stackalloc byte[CapacityBytes];
        try
        {
            using var file = File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"), share: FileShare.ReadWrite);
            var text = buffer[..RandomAccess.Read(file, buffer, fileOffset: 0)];

            // The command in field 2 may contain blanks and parentheses: fields are counted from behind its last parenthesis, from field 3.
            var end = text.LastIndexOf((byte)')');
            var fields = Encoding.ASCII.GetString(text[(end + 2)..]).Split(' ');
            return new ProcessStat
            {
                Name = Encoding.UTF8.GetString(text[(text.IndexOf((byte)'(') + 1)..end]),
                Identity = new ProcessIdentity(id, (int)Number(fields, 4), Number(fields, 22)),
                IsZombie = fields[0] is "Z" or "X",
                CpuTicks = Number(fields, 14) + Number(fields, 15),
                WaitedChildrenCpuTicks = Number(fields, 16) + Number(fields, 17),
                ResidentPages = Number(fields, 24),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string[] fields, int field) => long.Parse(fields[field - 3], CultureInfo.InvariantCulture);
}
