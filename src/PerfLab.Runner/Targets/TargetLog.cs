using CliWrap;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Runner.Targets;

/// <summary>Takes what a target prints, standard output and error together, up to a bound; the rest is counted.</summary>
internal sealed class TargetLog : IDisposable
{
    // Enough for any start-up failure; a target that logs every request must not fill the disk.
    private const long CapacityBytes = 4 * 1024 * 1024;
    private const int TailLength = 2000;

    // What tells a secret may stand before the tail: the beginning of a URL, of a token, of a private key.
    private const int SearchedBytes = 8 * TailLength;

    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private long _left;
    private long _bytes;
    private long _lines;

    /// <summary>Creates the file.</summary>
    public TargetLog(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        _file = PrivateFolder.CreateFile(path);
    }

    /// <summary>Gets the path of the file.</summary>
    public string Path => _file.Name;

    /// <summary>Gets the bytes and line ends printed so far, those that were left out of the file among them.</summary>
    public (long Bytes, long Lines) Printed
    {
        get
        {
            lock (_gate)
            {
                return (_bytes, _lines);
            }
        }
    }

    /// <summary>Creates a pipe into the file.</summary>
    public PipeTarget Pipe() => PipeTarget.Create(CopyAsync);

    /// <summary>Gets the last words, to be shown: without secrets, also those that the target has from elsewhere than the scenario.</summary>
    public string Tail()
    {
        lock (_gate)
        {
            _file.Flush();
            var start = Math.Max(0, _file.Length - SearchedBytes);
            using var reader = new StreamReader(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            reader.BaseStream.Seek(start, SeekOrigin.Begin);
            var shown = KnownSecrets.HideForeign(reader.ReadToEnd());
            return shown[Math.Max(0, shown.Length - TailLength)..].Trim();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_left > 0)
            {
                _file.Write(System.Text.Encoding.UTF8.GetBytes($"\n[perflab: {_left} more bytes were left out]\n"));
            }

            _file.Dispose();
        }
    }

    private async Task CopyAsync(Stream origin, CancellationToken cancellationToken)
    {
        var filter = new SecretFilter();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await origin.ReadAsync(buffer, cancellationToken)) > 0)
        {
            Append(filter.Next(buffer.AsSpan(0, count)));
            Count(buffer.AsSpan(0, count));
        }

        Append(filter.End());
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        lock (_gate)
        {
            var room = (int)Math.Clamp(CapacityBytes - _file.Length, 0, text.Length);
            _file.Write(text[..room]);
            _file.Flush();
            _left += text.Length - room;
        }
    }

    private void Count(ReadOnlySpan<byte> text)
    {
        lock (_gate)
        {
            _bytes += text.Length;
            _lines += text.Count((byte)'\n');
        }
    }
}
