using System.Globalization;
using System.Text.RegularExpressions;
using PerfLab.Analysis.Diagnosis;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Diagnosis;

/// <summary>
/// Draws stacks as a flame graph (B. Gregg, "The flame graph", Communications of the ACM 59(6), 2016): the outermost method above, what
/// it calls below it, as wide as its weight, by name and not by time.
/// </summary>
internal static partial class FlameGraph
{
    private const int Width = 1100;
    private const int RowHeight = 18;
    private const double LetterWidth = 6.6;

    // Narrower ones cannot be seen, and are most of all.
    private const double LeastWidth = 0.8;

    /// <summary>Lets a click fill the width with a method and what it calls; the page is complete without it.</summary>
    public const string Script = """
        document.querySelectorAll('svg.flame').forEach(svg => {
          const full = svg.viewBox.baseVal.width;
          const frames = [...svg.querySelectorAll('g')].map(group => {
            const [title, rect, text] = group.children;
            const number = name => Number(rect.getAttribute(name));
            let name = title.textContent.split('\n')[0];
            for (let before = ''; before !== name;) {
              before = name;
              name = name.replace(/\[(?!,*\])(?:[^[\]]|\[,*\])*\]/g, '');
            }
            name = name.split('.').slice(-2).join('.');
            return { group, rect, text, name, x: number('x'), width: number('width'), y: number('y') };
          });
          const show = (x, width) => frames.forEach(frame => {
            const left = Math.max(0, (frame.x - x) * full / width);
            const right = Math.min(full, (frame.x + frame.width - x) * full / width);
            frame.group.setAttribute('display', right - left < 0.8 ? 'none' : 'inline');
            frame.rect.setAttribute('x', left);
            frame.rect.setAttribute('width', Math.max(0, right - left));
            frame.text.setAttribute('x', left + 4);
            const letters = Math.floor((right - left - 8) / 6.6);
            frame.text.textContent = letters < 3 ? '' : frame.name.length <= letters ? frame.name : frame.name.slice(0, letters - 1) + '…';
          });
          frames.forEach(frame => frame.group.addEventListener('click', () => show(frame.x, frame.width)));
        });
        """;

    /// <summary>Draws it.</summary>
    /// <param name="label">What it shows, for who cannot see it.</param>
    /// <param name="profile">The stacks; not empty.</param>
    /// <param name="describe">Writes a weight with its unit.</param>
    public static Markup Of(string label, StackProfile profile, Func<double, string> describe)
    {
        var root = new FlameNode(new ProfileFrame("all", string.Empty));
        foreach (var stack in profile.Stacks)
        {
            root.Add(stack);
        }

        var scale = Width / root.Weight;
        var places = new List<Markup>();
        var depth = Draw(root, x: 0, depth: 0);
        return Markup.Of($"""
            <svg class="flame" viewBox="0 0 {Width} {(depth + 1) * RowHeight}" width="{Width}" height="{(depth + 1) * RowHeight}" role="img" aria-label="{label}">
            {places}
            </svg>
            """);

        int Draw(FlameNode node, double x, int depth)
        {
            places.Add(Frame(node, x, depth));
            var deepest = depth;
            foreach (var child in node.Children)
            {
                if (child.Weight * scale >= LeastWidth)
                {
                    deepest = Math.Max(deepest, Draw(child, x, depth + 1));
                }

                x += child.Weight * scale;
            }

            return deepest;
        }

        Markup Frame(FlameNode node, double x, int depth) => Markup.Of(
            $"<g class=\"{(node.TracingWeight * 2 > node.Weight ? "tracing" : "other")}\"><title>{Title(node)}</title><rect x=\"{Number(x)}\" y=\"{depth * RowHeight}\" width=\"{Number(node.Weight * scale)}\" height=\"{RowHeight - 1}\"/><text x=\"{Number(x + 4)}\" y=\"{(depth * RowHeight) + 13}\">{Fit(node.Frame.Name, node.Weight * scale)}</text></g>");

        Markup Title(FlameNode node) => Markup.Of($"{node.Frame.Name}{new Markup("\n")}{node.Frame.Module}{(node.Frame.Module.Length == 0 ? string.Empty : ", ")}{describe(node.Weight)}, {QuantityFormat.Percent(node.Weight / root.Weight)}");
    }

    /// <summary>Gets a name without type arguments.</summary>
    public static string WithoutArguments(string name)
    {
        // The innermost go first.
        for (var without = Arguments().Replace(name, string.Empty); without != name; without = Arguments().Replace(name, string.Empty))
        {
            name = without;
        }

        return name;
    }

    /// <summary>Gets the last two parts of a method's name: its type and itself.</summary>
    public static string ShortName(string name)
    {
        var parts = WithoutArguments(name).Split('.');
        return string.Join('.', parts[Math.Max(0, parts.Length - 2)..]);
    }

    private static string Fit(string name, double width)
    {
        var letters = (int)((width - 8) / LetterWidth);
        var text = ShortName(name);
        return letters < 3 ? string.Empty : text.Length <= letters ? text : text[..(letters - 1)] + "…";
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    // Brackets in which there are none but those of arrays, which are none of these themselves. Also in the script.
    [GeneratedRegex(@"\[(?!,*\])(?:[^[\]]|\[,*\])*\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Arguments();

    /// <summary>A method below the methods that called it.</summary>
    private sealed class FlameNode(ProfileFrame frame)
    {
        private readonly Dictionary<ProfileFrame, FlameNode> _children = [];

        public ProfileFrame Frame { get; } = frame;

        public double Weight { get; private set; }

        public double TracingWeight { get; private set; }

        public IEnumerable<FlameNode> Children => _children.Values.OrderBy(child => child.Frame.Name, StringComparer.Ordinal);

        public void Add(ProfiledStack stack)
        {
            var tracing = TracingFrames.FirstOf(stack.Frames);
            var node = this;
            node.Weight += stack.Weight;
            foreach (var (index, frame) in stack.Frames.Index())
            {
                if (!node._children.TryGetValue(frame, out var child))
                {
                    node._children.Add(frame, child = new FlameNode(frame));
                }

                child.Weight += stack.Weight;
                child.TracingWeight += tracing >= 0 && index >= tracing ? stack.Weight : 0;
                node = child;
            }
        }
    }
}
