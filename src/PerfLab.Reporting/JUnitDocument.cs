using System.Globalization;
using System.Text;
using System.Xml;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting;

/// <summary>A suite of test cases in the XML of JUnit, which build servers read.</summary>
/// <param name="Suite">The name of the suite.</param>
/// <param name="Seconds">How long it took; null where nobody asks.</param>
/// <param name="Cases">The cases.</param>
internal sealed record JUnitDocument(string Suite, double? Seconds, IReadOnlyList<JUnitCase> Cases)
{
    /// <summary>Writes the document.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(new Utf8Writer(text), new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", DisplayText.Clean(Suite));
            xml.WriteAttributeString("tests", Number(Cases.Count));
            xml.WriteAttributeString("failures", Number(Cases.Count(one => one.Outcome == JUnitOutcome.Failed)));
            xml.WriteAttributeString("errors", Number(Cases.Count(one => one.Outcome == JUnitOutcome.Error)));
            xml.WriteAttributeString("skipped", Number(Cases.Count(one => one.Outcome == JUnitOutcome.Skipped)));
            if (Seconds is { } seconds)
            {
                xml.WriteAttributeString("time", seconds.ToString("0.###", CultureInfo.InvariantCulture));
            }

            foreach (var one in Cases)
            {
                Write(xml, one);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Write(XmlWriter xml, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", DisplayText.Clean(one.ClassName));
        xml.WriteAttributeString("name", DisplayText.Clean(one.Name));
        if (one.Outcome != JUnitOutcome.Passed)
        {
            xml.WriteStartElement(one.Outcome switch
            {
                JUnitOutcome.Failed => "failure",
                JUnitOutcome.Error => "error",
                _ => "skipped",
            });
            xml.WriteAttributeString("message", DisplayText.Clean(one.Message));
            if (one.Details.Count > 0)
            {
                xml.WriteString(string.Join('\n', one.Details.Select(DisplayText.Clean)));
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    // A StringWriter says that it writes UTF-16, and the declaration of the document would repeat it.
    private sealed class Utf8Writer(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}

/// <summary>A test case.</summary>
/// <param name="ClassName">What it belongs to.</param>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">Why; not shown where it passed.</param>
internal sealed record JUnitCase(string ClassName, string Name, JUnitOutcome Outcome, string Message)
{
    /// <summary>Gets what stands below the message, a line each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}

/// <summary>How a test case ended.</summary>
internal enum JUnitOutcome
{
    /// <summary>It could not be decided.</summary>
    Skipped = 0,

    /// <summary>It holds.</summary>
    Passed = 1,

    /// <summary>It does not hold.</summary>
    Failed = 2,

    /// <summary>It could not be judged because something else went wrong.</summary>
    Error = 3,
}
