using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using HdrHistogram;
using HdrHistogram.Encoding;
using HdrHistogram.Utilities;
using PerfLab.Experiments.Results;

namespace PerfLab.Load;

/// <summary>One distribution of durations: an HdrHistogram of nanoseconds up to 10 minutes, and the exact sum and maximum.</summary>
internal sealed class LatencyHistogram
{
    // 10 minutes: far beyond any request timeout. What is longer is recorded as 10 minutes.
    private const long HighestNanoseconds = 600L * 1_000_000_000;

    // "Compressed V2 with a word size of 1", the first four bytes of the payload of HdrHistogram's log format.
    private const int CompressedCookieV2 = 0x1c849314;

    private readonly LongHistogram _histogram;
    private double _sumNanoseconds;
    private long _maxNanoseconds;

    public LatencyHistogram(int significantDigits) => _histogram = new LongHistogram(1, HighestNanoseconds, significantDigits);

    public long Count => _histogram.TotalCount;

    public void Record(long nanoseconds)
    {
        var value = Math.Clamp(nanoseconds, 0, HighestNanoseconds);
        _histogram.RecordValue(value);
        _sumNanoseconds += value;
        if (value > _maxNanoseconds)
        {
            _maxNanoseconds = value;
        }
    }

    public void Reset()
    {
        _histogram.Reset();
        _sumNanoseconds = 0;
        _maxNanoseconds = 0;
    }

    public void Add(LatencyHistogram other)
    {
        _histogram.Add(other._histogram);
        _sumNanoseconds += other._sumNanoseconds;
        _maxNanoseconds = Math.Max(_maxNanoseconds, other._maxNanoseconds);
    }

    /// <summary>Gets the mean, or null when nothing was recorded.</summary>
    public double? MeanSeconds => Count == 0 ? null : _sumNanoseconds / Count / 1e9;

    /// <summary>Gets a percentile, the same as that of the summary, or null when nothing was recorded.</summary>
    public double? SecondsAt(double percentile) =>
        Count == 0 ? null : PercentileSpectrum.Read(_histogram, _maxNanoseconds, [percentile])[0].Seconds;

    public LatencySummary? Summarize()
    {
        if (Count == 0)
        {
            return null;
        }

        return new LatencySummary(
            Count,
            _sumNanoseconds / Count / 1e9,
            _maxNanoseconds / 1e9,
            PercentileSpectrum.Read(_histogram, _maxNanoseconds, PercentileSpectrum.Percentiles));
    }

    /// <summary>Writes the histogram as one interval of an HdrHistogram log, format 1.3 with a V2 payload, values in nanoseconds.</summary>
    /// <remarks>The library's own writer encodes in UTF-16 and with the caller's culture, which other tools cannot read.</remarks>
    public void WriteLog(string path)
    {
        var text = new StringBuilder()
            .Append("#[Histogram log format version 1.3]\n")
            .Append("#[StartTime: 0.000 (seconds since epoch), 1970-01-01T00:00:00Z]\n")
            .Append("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n")
            .Append(CultureInfo.InvariantCulture, $"0.000,0.000,{_maxNanoseconds / 1e6:F3},")
            .Append(Convert.ToBase64String(Encode()))
            .Append('\n');
        File.WriteAllText(path, text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private byte[] Encode()
    {
        var buffer = ByteBuffer.Allocate(_histogram.GetNeededByteBufferCapacity());
        var length = _histogram.Encode(buffer, HistogramEncoderV2.Instance);
        buffer.Position = 0;
        var plain = new byte[length];
        for (var i = 0; i < length; i++)
        {
            plain[i] = buffer.Get();
        }

        using var payload = new MemoryStream();
        payload.Write(stackalloc byte[8]);
        using (var zlib = new ZLibStream(payload, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(plain);
        }

        var encoded = payload.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(encoded, CompressedCookieV2);
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(4), encoded.Length - 8);
        return encoded;
    }
}

/// <summary>The percentiles at which a distribution is written down.</summary>
internal static class PercentileSpectrum
{
    /// <summary>Gets the percentiles, ascending: every 5 to 80, then five per halving of the distance to 100, and the usual names.</summary>
    public static IReadOnlyList<double> Percentiles { get; } = Create();

    /// <summary>Reads percentiles in one pass.</summary>
    /// <param name="histogram">A histogram of nanoseconds that is not empty.</param>
    /// <param name="maxNanoseconds">The exact maximum; no percentile is above it.</param>
    /// <param name="percentiles">From 0 to 100, ascending.</param>
    public static IReadOnlyList<PercentilePoint> Read(HistogramBase histogram, long maxNanoseconds, IReadOnlyList<double> percentiles)
    {
        var points = new List<PercentilePoint>(percentiles.Count);
        var total = histogram.TotalCount;
        long cumulated = 0;
        foreach (var bucket in histogram.RecordedValues())
        {
            cumulated += bucket.CountAddedInThisIterationStep;
            // HdrHistogram's convention: a percentile is the largest value of the bucket in which it falls.
            var nanoseconds = Math.Min(histogram.HighestEquivalentValue(bucket.ValueIteratedTo), maxNanoseconds);
            while (points.Count < percentiles.Count && cumulated >= Rank(percentiles[points.Count], total))
            {
                points.Add(new PercentilePoint(percentiles[points.Count], nanoseconds / 1e9));
            }
        }

        return points;
    }

    // Nearest rank, at least the first value. The tiny subtraction keeps 99.9 % of 1,000 at 999 in spite of binary fractions.
    private static long Rank(double percentile, long total) =>
        Math.Max(1, (long)Math.Ceiling((percentile / 100 * total) - 1e-6));

    private static List<double> Create()
    {
        var percentiles = new SortedSet<double> { 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100 };
        for (var percentile = 0; percentile <= 75; percentile += 5)
        {
            percentiles.Add(percentile);
        }

        // From 80 on the distance to 100 halves every four points: 20, 16.8, 14.1, 11.9, 10, ... down to 0.01.
        for (var step = 0; step < 44; step++)
        {
            percentiles.Add(Math.Round(100 - (20 * Math.Pow(2, -step / 4.0)), 4));
        }

        return [.. percentiles];
    }
}
