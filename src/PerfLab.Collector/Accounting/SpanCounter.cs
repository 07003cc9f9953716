using System.Collections.ObjectModel;
using System.Text;
using PerfLab.Collector.Payloads;

namespace PerfLab.Collector.Accounting;

/// <summary>Counts the spans of one request, and tells those without valid ids and those that came before apart.</summary>
internal struct SpanCounter(DuplicateSpanDetector recent, ServiceSpanCounts services) : ISpanVisitor
{
    private string? service;
    private long ofService;

    /// <summary>Gets spans that are taken.</summary>
    public long Accepted { get; private set; }

    /// <summary>Gets spans that are rejected because their ids are invalid.</summary>
    public long Rejected { get; private set; }

    /// <summary>Gets spans among those taken that came before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Gets spans among those taken that have no parent and came for the first time: one for each trace that began here.</summary>
    public long Roots { get; private set; }

    /// <inheritdoc/>
    public void EnterResource(ResourceView resource)
    {
        Close();
        service = services.NameOf(resource.ServiceName);
    }

    /// <inheritdoc/>
    public void Visit(SpanView span)
    {
        if (!span.HasValidIds)
        {
            Rejected++;
            return;
        }

        Accepted++;
        ofService++;
        if (recent.CheckAndAdd(span.SpanId))
        {
            Duplicates++;
        }
        else if (span.ParentSpanId.Length != SpanView.SpanIdBytes)
        {
            Roots++;
        }
    }

    /// <summary>Enters what was counted of the last service.</summary>
    public void Close()
    {
        if (service is not null && ofService > 0)
        {
            services.Add(service, ofService);
        }

        ofService = 0;
    }
}

/// <summary>Counts spans by the service that made them, for a bounded number of services.</summary>
internal sealed class ServiceSpanCounts
{
    /// <summary>The name under which spans of services beyond the bound are counted.</summary>
    public const string Others = "(others)";

    /// <summary>The name of spans whose resource names no service.</summary>
    public const string Unnamed = "(unnamed)";

    private const int MaxServices = 64;
    private const int MaxNameBytes = 256;

    private readonly List<(byte[] Utf8, string Name)> names = [];
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>Finds the name of a service without making it anew for every request.</summary>
    /// <param name="utf8">The value of service.name; empty where there is none.</param>
    public string NameOf(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return Unnamed;
        }

        foreach (var (known, name) in names)
        {
            if (utf8.SequenceEqual(known))
            {
                return name;
            }
        }

        if (names.Count >= MaxServices || utf8.Length > MaxNameBytes)
        {
            return Others;
        }

        var made = Encoding.UTF8.GetString(utf8);
        names.Add((utf8.ToArray(), made));
        return made;
    }

    /// <summary>Counts spans of a service.</summary>
    public void Add(string service, long spans) => counts[service] = counts.GetValueOrDefault(service) + spans;

    /// <summary>Reads all counts, in the order of the names.</summary>
    public IReadOnlyDictionary<string, long> Read() =>
        counts.Count == 0 ? ReadOnlyDictionary<string, long>.Empty : new SortedDictionary<string, long>(counts, StringComparer.Ordinal);

    /// <summary>Forgets the counts.</summary>
    public void Clear() => counts.Clear();
}
