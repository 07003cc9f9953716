using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace PerfLab.Experiments.Results;

/// <summary>
/// The raw observation of one arm in the trace-retention window of one launch set: the requests that were sent and the spans
/// that were kept. Everything said of retention, completeness and alerts is computed from it, so a stored run can be
/// analyzed again.
/// </summary>
/// <param name="Requests">The requests, in the order of their scheduled starts.</param>
/// <param name="BeginUnixNanoseconds">Start of the window, in nanoseconds since the Unix epoch.</param>
/// <param name="Spans">The spans that were kept during the window, in the order in which they became available.</param>
/// <param name="UnrecordedSpanCount">Spans that were kept but exceeded the recording limit and are missing from <paramref name="Spans"/>.</param>
public sealed record ArmObservation(
    IReadOnlyList<ObservedRequest> Requests, long BeginUnixNanoseconds, IReadOnlyList<SampledSpan> Spans, long UnrecordedSpanCount = 0)
{
    private const string RequestHeader = "request,kind,start_seconds,response_seconds,failed";
    private const string SpanHeader = "trace_id,span_id,parent_span_id,request,start_unix_ns,end_unix_ns,arrived_unix_ns,kept_unix_ns,error,service";
    private const string Remedy = "The file was changed or cut off: restore it, or remove it to report the run without trace retention.";
    private const string BeginKey = "begin_unix_ns=";
    private const string RequestCountKey = "request_count=";
    private const string SpanCountKey = "span_count=";
    private const string UnrecordedKey = "unrecorded_span_count=";

    /// <summary>Writes the observation of an arm: the requests as CSV, the spans as compressed CSV.</summary>
    /// <param name="requestFile">Path of the request table.</param>
    /// <param name="spanFile">Path of the span table.</param>
    public void Write(string requestFile, string spanFile)
    {
        using (var requests = new StreamWriter(requestFile, append: false, new UTF8Encoding(false)) { NewLine = "\n" })
        {
            requests.WriteLine(RequestHeader);
            foreach (var request in Requests)
            {
                requests.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{request.Number},{request.Kind},{request.StartSeconds:R},{request.ResponseSeconds:R},{(request.HasFailed ? "yes" : "no")}"));
            }
        }

        using var file = new StreamWriter(new GZipStream(File.Create(spanFile), CompressionLevel.Optimal), new UTF8Encoding(false)) { NewLine = "\n" };
        file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# {BeginKey}{BeginUnixNanoseconds} {RequestCountKey}{Requests.Count} {SpanCountKey}{Spans.Count} {UnrecordedKey}{UnrecordedSpanCount}"));
        file.WriteLine(SpanHeader);
        foreach (var span in Spans)
        {
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{span.TraceId:x32},{span.SpanId:x16},{span.ParentSpanId:x16},{span.Request},{span.StartUnixNanoseconds},{span.EndUnixNanoseconds},{span.ArrivedUnixNanoseconds},{span.KeptUnixNanoseconds},{(span.IsError ? 1 : 0)},{JsonSerializer.Serialize(span.Service)}"));
        }
    }

    /// <summary>Reads the observation of an arm, or returns null where the launch set has none.</summary>
    /// <param name="requestFile">Path of the request table.</param>
    /// <param name="spanFile">Path of the span table; runs made before it existed have none.</param>
    /// <exception cref="InvalidDataException">A file is not of this shape; the message names file and line.</exception>
    public static ArmObservation? Read(string requestFile, string spanFile)
    {
        if (!File.Exists(requestFile) || !File.Exists(spanFile))
        {
            return null;
        }

        var requests = ReadLines(requestFile, new StreamReader(requestFile), RequestHeader, ParseRequest, out _);
        var spans = ReadLines(spanFile, new StreamReader(new GZipStream(File.OpenRead(spanFile), CompressionMode.Decompress)), SpanHeader, ParseSpan, out var comment);
        // The counts tell a table that was cut off: a decompressor may take the missing end for the end of the data.
        return Number(comment, BeginKey) is { } begin && Number(comment, UnrecordedKey) is { } unrecorded
            && Number(comment, RequestCountKey) == requests.Count && Number(comment, SpanCountKey) == spans.Count
            ? new ArmObservation(requests, begin, spans, unrecorded)
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{spanFile}: {requests.Count} requests and {spans.Count} spans do not match its first line, \"{comment}\". {Remedy}"));
    }

    private static List<T> ReadLines<T>(string path, StreamReader reader, string header, Func<string, T> parse, out string comment)
    {
        using var file = reader;
        var rows = new List<T>();
        comment = string.Empty;
        var (number, isHeaderRead) = (0, false);
        try
        {
            while (file.ReadLine() is { } line)
            {
                number++;
                if (line.StartsWith('#'))
                {
                    comment = line;
                }
                else if (isHeaderRead)
                {
                    rows.Add(parse(line));
                }
                else
                {
                    isHeaderRead = line == header ? true : throw new FormatException($"the columns are not {header}");
                }
            }
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException or JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}({number}): {exception.Message} {Remedy}", exception);
        }

        return isHeaderRead ? rows : throw new InvalidDataException($"{path}: the file is empty. {Remedy}");
    }

    private static ObservedRequest ParseRequest(string line)
    {
        var cells = line.Split(',');
        return new ObservedRequest(Integer(cells[0]), cells[1], Real(cells[2]), Real(cells[3]), cells[4] == "yes");
    }

    private static SampledSpan ParseSpan(string line)
    {
        var cells = line.Split(',', 10);
        return new SampledSpan(
            UInt128.Parse(cells[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            ulong.Parse(cells[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            cells[2].Length == 0 ? null : ulong.Parse(cells[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            JsonSerializer.Deserialize<string>(cells[9])!,
            cells[3].Length == 0 ? null : Integer(cells[3]),
            Integer(cells[4]),
            Integer(cells[5]),
            Integer(cells[6]),
            Integer(cells[7]),
            cells[8] == "1");
    }

    private static long? Number(string comment, string key)
    {
        var cell = comment.Split(' ').FirstOrDefault(cell => cell.StartsWith(key, StringComparison.Ordinal));
        return cell is not null && long.TryParse(cell.AsSpan(key.Length), CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static long Integer(string cell) => long.Parse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static double Real(string cell) => double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>A request of the trace-retention window and its result as the load generator saw it.</summary>
/// <param name="Number">Its number, which its trace carries as an attribute.</param>
/// <param name="Kind">Name of the scenario's request.</param>
/// <param name="StartSeconds">Scheduled start, from the beginning of the window.</param>
/// <param name="ResponseSeconds">Response time.</param>
/// <param name="HasFailed">Whether it failed, on purpose or not.</param>
public sealed record ObservedRequest(long Number, string Kind, double StartSeconds, double ResponseSeconds, bool HasFailed);

/// <summary>A span that was kept, as far as retention depends on it.</summary>
/// <param name="TraceId">Trace id.</param>
/// <param name="SpanId">Span id.</param>
/// <param name="ParentSpanId">Span id of the parent; null for a root.</param>
/// <param name="Service">The resource's <c>service.name</c>; empty where the exporter does not send it.</param>
/// <param name="Request">Number of the request that the span names; null where it names none.</param>
/// <param name="StartUnixNanoseconds">Start, by the clock of the service.</param>
/// <param name="EndUnixNanoseconds">End, by the clock of the service.</param>
/// <param name="ArrivedUnixNanoseconds">When it was received.</param>
/// <param name="KeptUnixNanoseconds">When it was decided that it is kept; from then on it can be seen.</param>
/// <param name="IsError">Whether its status is Error.</param>
public readonly record struct SampledSpan(
    UInt128 TraceId,
    ulong SpanId,
    ulong? ParentSpanId,
    string Service,
    long? Request,
    long StartUnixNanoseconds,
    long EndUnixNanoseconds,
    long ArrivedUnixNanoseconds,
    long KeptUnixNanoseconds,
    bool IsError);
