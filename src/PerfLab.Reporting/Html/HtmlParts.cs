using PerfLab.Reporting.Content;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Html;

/// <summary>Writes what several sections need.</summary>
internal static class HtmlParts
{
    /// <summary>Writes a verdict as sign and word.</summary>
    public static Markup Verdict(VerdictLabel verdict) =>
        Markup.Of($"<span class=\"verdict {verdict.Key}\"><span class=\"sign\" aria-hidden=\"true\">{verdict.Sign}</span> {verdict.Word}</span>");

    /// <summary>Writes an arm's name with its mark.</summary>
    public static Markup Arm(string name, string? mark) =>
        Markup.Of($"<bdi class=\"name\">{name}</bdi>{Markup.When(mark, word => Markup.Of($" <span class=\"mark\">{word}</span>"))}");

    /// <summary>Writes named facts.</summary>
    public static Markup FactList(IEnumerable<Fact> facts, string cssClass) =>
        Markup.Of($"<dl class=\"{cssClass}\">{facts.Select(fact => Markup.Of($"<div><dt>{fact.Name}</dt><dd><bdi dir=\"ltr\">{fact.Value}</bdi></dd></div>"))}</dl>");
}
