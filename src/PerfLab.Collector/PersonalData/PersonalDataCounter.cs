using System.Text;
using PerfLab.Collector.Payloads;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.PersonalData;

/// <summary>Counts where spans hold personal data, in a bounded number of places.</summary>
/// <param name="texts">Finds it.</param>
internal sealed class PersonalDataCounter(PersonalDataDetector texts)
{
    private const int MaxPlaces = 200;
    private const int EventNameField = 2;
    private const int EventAttributesField = 3;

    private readonly Dictionary<PersonalDataLocation, long> counts = [];

    /// <summary>Gets how often something was found in places beyond the bound.</summary>
    public long ElsewhereCount { get; private set; }

    /// <summary>Gets the places, the most frequent first.</summary>
    public IReadOnlyList<PersonalDataLocation> Read() =>
    [
        .. counts.Select(place => place.Key with { Count = place.Value })
            .OrderByDescending(place => place.Count)
            .ThenBy(place => $"{place.Service}\n{place.Span}\n{place.Part}\n{place.Key}\n{place.Kind}", StringComparer.Ordinal),
    ];

    /// <summary>Looks at what says who made spans.</summary>
    public void Look(ResourceView resource, string service)
    {
        foreach (var keyValue in resource.Attributes)
        {
            LookAtAttribute(keyValue, service, string.Empty, "resource");
        }
    }

    /// <summary>Looks at every text of a span.</summary>
    public void Look(SpanView span, string service, string name)
    {
        LookAt(name, service, name, "span name", string.Empty);
        foreach (var keyValue in span.Attributes)
        {
            LookAtAttribute(keyValue, service, name, "attribute");
        }

        foreach (var happened in span.Events)
        {
            foreach (var text in new NestedMessages(happened, EventNameField))
            {
                LookAt(Encoding.UTF8.GetString(text), service, name, "event", string.Empty);
            }

            foreach (var keyValue in new NestedMessages(happened, EventAttributesField))
            {
                LookAtAttribute(keyValue, service, name, "event attribute");
            }
        }

        if (span.StatusMessage is { IsEmpty: false } status)
        {
            LookAt(Encoding.UTF8.GetString(status), service, name, "status", string.Empty);
        }
    }

    private void LookAtAttribute(ReadOnlySpan<byte> keyValue, string service, string span, string part)
    {
        var attribute = new AttributeView(keyValue);
        var key = Encoding.UTF8.GetString(attribute.Key);
        LookAt(key, service, span, part, key);
        AnyValueTextReader.Visit(attribute.Value, text => LookAt(text, service, span, part, key));
    }

    private void LookAt(string text, string service, string span, string part, string key)
    {
        foreach (var kind in texts.KindsIn(text))
        {
            var place = new PersonalDataLocation(texts.Mask(service), texts.Mask(span), part, texts.Mask(key), kind, Count: 0);
            if (counts.TryGetValue(place, out var count) || counts.Count < MaxPlaces)
            {
                counts[place] = count + 1;
            }
            else
            {
                ElsewhereCount++;
            }
        }
    }
}
