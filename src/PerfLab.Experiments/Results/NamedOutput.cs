using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace PerfLab.Experiments.Results;

/// <summary>
/// Writes files that a user names: completely or not at all where that is possible, into what a link leads to, and straight into
/// devices and pipes, which are not replaced.
/// </summary>
public static partial class NamedOutput
{
    // As many as Linux follows (path_resolution(7)).
    private const int MostLinks = 40;

    // linux/stat.h and linux/fcntl.h: struct statx has 256 bytes, its mode at byte 28, on every architecture.
    private const int CurrentFolder = -100;
    private const uint TypeMask = 1;
    private const int StatusBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeBits = 0xF000;
    private const int RegularType = 0x8000;

    private static readonly string[] s_standardOutput = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
    private static readonly string[] s_standardError = ["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"];

    /// <summary>Gets the file that a path leads to through links, which need not exist.</summary>
    /// <param name="path">A path that is not empty.</param>
    public static string TargetOf(string path)
    {
        var target = Path.GetFullPath(path);
        for (var links = 0; links < MostLinks && !IsDescriptor(target) && !IsStandard(target) && new FileInfo(target).LinkTarget is { } next; links++)
        {
            target = Path.GetFullPath(next, Path.GetDirectoryName(target)!);
        }

        return target;
    }

    /// <summary>Tells whether a path leads to a device, a pipe or an open descriptor, which is written as it is.</summary>
    /// <param name="target">What <see cref="TargetOf"/> gave.</param>
    public static bool IsStream(string target)
    {
        if (!OperatingSystem.IsLinux())
        {
            return target.StartsWith("/dev/", StringComparison.Ordinal);
        }

        Span<byte> status = stackalloc byte[StatusBytes];
        return IsStandard(target) || IsDescriptor(target)
            || (GetStatus(CurrentFolder, target, 0, TypeMask, status) == 0 && (BinaryPrimitives.ReadUInt16LittleEndian(status[ModeOffset..]) & TypeBits) != RegularType);
    }

    /// <summary>Writes a text in UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">All that it holds.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All that it holds.</param>
    /// <param name="isPrivate">Whether on Unix only its owner may read a file that is new.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool isPrivate = false)
    {
        var target = TargetOf(path);
        if (IsStream(target))
        {
            using var stream = s_standardOutput.Contains(target, StringComparer.Ordinal) ? Console.OpenStandardOutput()
                : s_standardError.Contains(target, StringComparer.Ordinal) ? Console.OpenStandardError()
                : new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write(content);
            return;
        }

        var temporary = target + ".tmp";
        try
        {
            Fill(temporary, content, isPrivate);
        }
        catch (UnauthorizedAccessException) when (File.Exists(target))
        {
            // A file that may be written in a folder in which none may be made.
            Fill(target, content, isPrivate);
            return;
        }

        File.Move(temporary, target, overwrite: true);
    }

    /// <summary>Removes what an earlier command wrote; links, devices and pipes stay.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void Clear(string path)
    {
        var target = TargetOf(path);
        if (IsStream(target))
        {
            return;
        }

        try
        {
            File.Delete(target);
        }
        catch (UnauthorizedAccessException) when (File.Exists(target))
        {
            File.WriteAllBytes(target, []);
        }
    }

    private static bool IsStandard(string target) => s_standardOutput.Contains(target, StringComparer.Ordinal) || s_standardError.Contains(target, StringComparer.Ordinal);

    // What such a link names is no path.
    private static bool IsDescriptor(string target) => target.StartsWith("/proc/", StringComparison.Ordinal) || target.StartsWith("/dev/fd/", StringComparison.Ordinal);

    private static void Fill(string file, ReadOnlySpan<byte> content, bool isPrivate)
    {
        using var stream = isPrivate ? PrivateFolder.CreateFile(file) : new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read);
        stream.Write(content);

        // Without this a crash of the machine may leave the new name with no content.
        stream.Flush(flushToDisk: true);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, Span<byte> status);
}
