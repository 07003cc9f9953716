using System.Globalization;
using System.Text;
using System.Xml;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.LoadTests;

/// <summary>
/// The thresholds of a load test in the XML of JUnit, which build servers read: a case each. A threshold without a value to
/// judge is skipped in the file, which does not mean that it passed: the exit code of the load is 99 all the same.
/// </summary>
public static class JUnitReport
{
    private const string Suite = "perflab load";

    /// <summary>Writes the document.</summary>
    /// <param name="record">The load test.</param>
    public static string Of(LoadTestRecord record)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(new Utf8Writer(text), new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Suite);
            xml.WriteAttributeString("tests", Number(record.Thresholds.Count));
            xml.WriteAttributeString("failures", Number(record.Thresholds.Count(threshold => threshold.Outcome == LoadThresholdOutcome.Failed)));
            xml.WriteAttributeString("errors", "0");
            xml.WriteAttributeString("skipped", Number(record.Thresholds.Count(threshold => threshold.Outcome == LoadThresholdOutcome.NotMeasured)));
            xml.WriteAttributeString("time", record.WindowSeconds.ToString("0.###", CultureInfo.InvariantCulture));
            foreach (var threshold in record.Thresholds)
            {
                WriteCase(xml, record.Setting, threshold);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteCase(XmlWriter xml, LoadTestSettings setting, LoadTestThreshold threshold)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", DisplayText.Clean($"{setting.Method} {setting.Url}"));
        xml.WriteAttributeString("name", DisplayText.Clean(threshold.Threshold));
        if (threshold.Outcome != LoadThresholdOutcome.Passed)
        {
            xml.WriteStartElement(threshold.Outcome == LoadThresholdOutcome.Failed ? "failure" : "skipped");
            xml.WriteAttributeString("message", DisplayText.Clean(threshold.Sentence));
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
