using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace PerfLab.Reporting.Charts;

/// <summary>
/// Rewrites the SVG that the drawing library gives. As it comes it is not the same twice (its ids count up over the life
/// of the process), it places every letter on its own (so no reader can select or hear a word), and it may only be
/// trusted inside a page as far as its elements are known.
/// </summary>
/// <param name="prefix">Makes ids unique in a page that holds several charts.</param>
internal sealed class SvgRewriter(string prefix)
{
    private const string FontStack = "'" + ChartFont.Family + "', Inter, system-ui, sans-serif";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly HashSet<string> KnownElements = ["svg", "g", "rect", "path", "ellipse", "circle", "line", "clipPath", "text"];

    /// <summary>Makes a file of its own with a title and a description.</summary>
    public string ToFile(string drawn, string title, string description)
    {
        var root = Rewrite(drawn);
        root.AddFirst(new XElement(Svg + "title", title), new XElement(Svg + "desc", description));
        return Text(root) + "\n";
    }

    /// <summary>Makes an element for a page: no background, no size of its own, a label in place of title and description.</summary>
    public string ToElement(string drawn, string label, string cssClass)
    {
        var root = Rewrite(drawn);
        root.SetAttributeValue("class", "chart " + cssClass);
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-label", label);
        root.Attribute("width")!.Remove();
        root.Attribute("height")!.Remove();

        // Inside HTML an SVG element needs no namespace, and without it a page holds no address at all.
        root.Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Remove();
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return Text(root);
    }

    private static string Text(XElement root)
    {
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Indent = false, NewLineHandling = NewLineHandling.None };
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = XmlWriter.Create(text, settings))
        {
            root.Save(writer);
        }

        return text.ToString();
    }

    private static void Round(XAttribute attribute)
    {
        // Only attributes that are a single number: paths and transforms are short already.
        if (double.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            attribute.Value = Number(number);
        }
    }

    private static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private XElement Rewrite(string drawn)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var text = new StringReader(drawn.TrimStart());
        using var reader = XmlReader.Create(text, settings);
        var root = XElement.Load(reader, LoadOptions.None);
        RenameIds(root);
        foreach (var element in root.DescendantsAndSelf().ToArray())
        {
            if (!KnownElements.Contains(element.Name.LocalName))
            {
                throw new InvalidOperationException($"chart {prefix}: the drawn SVG has an element <{element.Name.LocalName}>, which SvgRewriter does not know. Check that it is harmless inside a page and add it there.");
            }

            RewriteElement(element);
        }

        root.SetAttributeValue("viewBox", $"0 0 {root.Attribute("width")!.Value} {root.Attribute("height")!.Value}");
        root.Attributes().Where(attribute => attribute.IsNamespaceDeclaration && attribute.Name.LocalName == "xlink").Remove();
        return root;
    }

    private void RenameIds(XElement root)
    {
        var ids = root.Descendants()
            .Attributes("id")
            .Select((attribute, index) => (attribute.Value, Name: string.Create(CultureInfo.InvariantCulture, $"{prefix}-{index}")))
            .ToDictionary(pair => $"url(#{pair.Value})", pair => pair.Name, StringComparer.Ordinal);
        foreach (var attribute in root.Descendants().Attributes().ToArray())
        {
            if (attribute.Name.LocalName == "id")
            {
                attribute.Value = ids[$"url(#{attribute.Value})"];
            }
            else if (ids.TryGetValue(attribute.Value, out var name))
            {
                attribute.Value = $"url(#{name})";
            }
        }
    }

    private static void RewriteElement(XElement element)
    {
        if (element.Name.LocalName == "text")
        {
            RewriteText(element);
        }

        foreach (var attribute in element.Attributes())
        {
            Round(attribute);
        }
    }

    private static void RewriteText(XElement element)
    {
        // One place and one length for the whole text, whatever font it is shown in.
        var text = element.Value.Trim();
        var size = float.Parse(element.Attribute("font-size")!.Value, CultureInfo.InvariantCulture);
        var isBold = element.Attribute("font-weight") is { Value: not "normal" and not "400" };
        element.Value = text;
        element.SetAttributeValue("font-family", FontStack);
        element.SetAttributeValue("x", FirstOf(element.Attribute("x")));
        element.SetAttributeValue("y", FirstOf(element.Attribute("y")));
        element.SetAttributeValue("textLength", Number(ChartFont.Measure(text, size, isBold)));
        element.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
    }

    private static string FirstOf(XAttribute? list) => list?.Value.Split(',')[0].Trim() ?? "0";
}
