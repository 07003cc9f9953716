using System.Buffers.Text;
using System.Diagnostics;
using System.Runtime;
using System.Text;

namespace PerfLab.Probe;

/// <summary>Writes snapshots of this process into one buffer that is used again and again: the observer must not allocate.</summary>
internal sealed class SnapshotWriter(byte[] buffer)
{
    // On Linux the kernel is asked from outside, and the process would have to read its own files.
    private static readonly Process? s_self = OperatingSystem.IsLinux() ? null : Process.GetCurrentProcess();

    private SpanCounters? _spans;
    private int _length;

    /// <summary>Takes a snapshot; a full one has memory and spans, too.</summary>
    public ReadOnlySpan<byte> Write(bool isFull)
    {
        _length = 0;
        if (s_self is not null)
        {
            Line("cpu_ticks"u8, s_self.TotalProcessorTime.Ticks);
        }

        // The cheap count takes every thread's allocation context of 8 KiB for used up, the precise one what is left of it for
        // free: it may be lower than a cheap one before it, and few requests seem to allocate nothing or 8 KiB at once. Both
        // kinds must not be mixed; the precise one stops all threads, which hurts nobody between slices.
        Line("allocated_bytes"u8, GC.GetTotalAllocatedBytes(precise: true));
        Line("gen0_count"u8, GC.CollectionCount(0));
        Line("gen1_count"u8, GC.CollectionCount(1));
        Line("gen2_count"u8, GC.CollectionCount(2));
        Line("gc_pause_ticks"u8, GC.GetTotalPauseDuration().Ticks);
        Line("compiled_method_count"u8, JitInfo.GetCompiledMethodCount());
        if (isFull)
        {
            Line("working_set_bytes"u8, Environment.WorkingSet);
            _spans ??= SpanCounters.Listen();
            foreach (var (result, count) in _spans.Read())
            {
                Line(Encoding.UTF8.GetBytes("spans_started:" + result), count);
            }
        }

        buffer[_length++] = (byte)'\n';
        return buffer.AsSpan(0, _length);
    }

    private void Line(ReadOnlySpan<byte> name, long value)
    {
        // Room for the name, a blank, the longest number and two line feeds; what does not fit is left out whole.
        if (_length + name.Length + 24 > buffer.Length)
        {
            return;
        }

        name.CopyTo(buffer.AsSpan(_length));
        _length += name.Length;
        buffer[_length++] = (byte)' ';
        Utf8Formatter.TryFormat(value, buffer.AsSpan(_length), out var written);
        _length += written;
        buffer[_length++] = (byte)'\n';
    }
}
