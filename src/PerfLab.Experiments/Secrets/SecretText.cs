using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Secrets;

/// <summary>
/// Finds the secrets in a text of a scenario or a command line and shows <c>***</c> in their place: the text itself where its name
/// says so, and within it passwords of URLs, query parameters, settings, options and JSON members. References <c>${NAME}</c> stay.
/// </summary>
public static partial class SecretText
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mask = "***";

    // That of a user may also be a token, as that of a key may be the name of a column.
    private const string UserName = "auth";

    // More are not worth the time to look for each of them wherever something is written.
    private const int MostSecrets = 1000;

    // Of one text, also of one with many names; a second of it is the limit of a single match.
    private static readonly TimeSpan s_searchLimit = TimeSpan.FromSeconds(3);

    // Each has a name, and the value of that name.
    private static readonly Regex[] s_places = [QuotedValue(), JsonMember(), XmlElement(), FormPart(), HeaderLine(), Setting(), Option()];

    /// <summary>Gets schemes of RFC 9110, section 11, that stand before the secret.</summary>
    public static IReadOnlyList<string> Schemes { get; } = ["Basic", "Bearer", "Digest", "Token", "ApiKey"];

    /// <summary>Shows a text without its secrets, and a text that takes too long to search not at all.</summary>
    /// <param name="name">The variable, header or option whose value it is; null for a text without a name.</param>
    /// <param name="text">The text.</param>
    public static string Hide(string? name, string text) => Replace(name, text, (_, value) => HideValue(value)) ?? Mask;

    /// <summary>Gets the secrets of a text that are secrets wherever they turn up, each once; one that takes too long to search is one itself.</summary>
    /// <param name="name">The variable, header or option whose value it is; null for a text without a name.</param>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<string> FindAll(string? name, string text) => TryFindAll(name, text, out var secrets) ? secrets : [.. secrets, text];

    /// <summary>Gets the secrets of a text that are secrets wherever they turn up, each once.</summary>
    /// <param name="name">The variable, header or option whose value it is; null for a text without a name.</param>
    /// <param name="text">The text, of any length.</param>
    /// <param name="secrets">What was found, at most a thousand.</param>
    /// <returns>Whether these are all; false where there are more or the search took too long.</returns>
    public static bool TryFindAll(string? name, string text, out IReadOnlyList<string> secrets)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var wasSearched = Replace(name, text, (owner, value) =>
        {
            if (SecretNames.IsSecretAnywhere(owner, value) && !value.Contains(LoginDefinition.Placeholder, StringComparison.Ordinal))
            {
                found.Add(value);
            }

            return value;
        }) is not null;
        secrets = [.. found.Take(MostSecrets)];
        return wasSearched && found.Count <= MostSecrets;
    }

    // The change is told the name of a value, or null where the place says that it is a secret. Null for a text that takes too long.
    private static string? Replace(string? name, string text, Func<string?, string, string> change)
    {
        if (name is not null && SecretNames.IsHeaderList(name))
        {
            return string.Join(',', text.Split(',').Select(item => ChangeHeader(item, value => change(null, value))));
        }

        if (name is not null && SecretNames.IsSecret(name))
        {
            return text.Length == 0 ? text : change(name, text);
        }

        try
        {
            var since = Stopwatch.GetTimestamp();
            var replaced = new StringBuilder();
            var copied = 0;
            foreach (var (start, end) in SecretPassages.Find(text))
            {
                _ = replaced.Append(text, copied, start - copied).Append(ReplaceIn(text[start..end], change, since));
                copied = end;
            }

            return replaced.Append(text, copied, text.Length - copied).ToString();
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static string ReplaceIn(string text, Func<string?, string, string> change, long since)
    {
        text = UrlPassword().Replace(text, match => change(null, match.Value));
        text = UrlUser().Replace(text, match => change(UserName, match.Value));
        foreach (var place in s_places)
        {
            text = ReplaceNamed(place, text, change, since);
        }

        return Shape().Replace(text, match => match.Groups["scheme"].Value + change(null, match.Groups["value"].Value));
    }

    // A value that is none may hold others, as JSON in a string of JSON does: the search goes on at its beginning.
    private static string ReplaceNamed(Regex place, string text, Func<string?, string, string> change, long since)
    {
        var replaced = new StringBuilder();
        var copied = 0;
        for (var match = place.Match(text); match.Success;)
        {
            if (Stopwatch.GetElapsedTime(since) > s_searchLimit)
            {
                throw new RegexMatchTimeoutException(text, place.ToString(), s_searchLimit);
            }

            var name = match.Groups["name"].Value;
            var value = match.Groups["list"].Success ? match.Groups["list"] : match.Groups["value"];
            if (SecretNames.IsSecret(name))
            {
                _ = replaced.Append(text, copied, value.Index - copied)
                    .Append(match.Groups["list"].Success ? ListItem().Replace(value.Value, item => change(name, item.Value)) : change(name, value.Value));
                copied = value.Index + value.Length;
                match = place.Match(text, copied);
            }
            else
            {
                match = place.Match(text, value.Index);
            }
        }

        return copied == 0 ? text : replaced.Append(text, copied, text.Length - copied).ToString();
    }

    private static string ChangeHeader(string item, Func<string, string> change)
    {
        var end = item.IndexOfAny(['=', ':']) + 1;
        return item.Length == end ? item : item[..end] + change(item[end..]);
    }

    // A reference is no secret, and neither is what stands for the token of a login: what they stand for is.
    private static string HideValue(string value)
    {
        if (value.StartsWith(Mask, StringComparison.Ordinal))
        {
            return value;
        }

        var rest = CallerReference.Pattern().Replace(value, string.Empty).Replace(LoginDefinition.Placeholder, string.Empty, StringComparison.Ordinal).Trim();
        return rest.Length == 0 || (rest.Length < value.Trim().Length && Schemes.Contains(rest, StringComparer.OrdinalIgnoreCase)) ? value : Mask;
    }

    // A value in quotation marks, also escaped ones of JSON inside of JSON: "password": "x", password='x', \"password\":\"x\".
    [GeneratedRegex(
        @"(?<nameQuote>\\*[""']?)(?<![\w.])(?<name>[A-Za-z_-][\w.-]{0,99})\k<nameQuote>[ \t]*[:=]\s*(?<quote>\\*[""'])(?<value>(?:(?!\k<quote>)[^\r\n]|(?<=\\)\k<quote>)+)\k<quote>",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuotedValue();

    // Numbers and lists of JSON: "pin": 123456, "tokens": ["x", "y"].
    [GeneratedRegex(
        @"""(?<name>[^""\\]{1,100})""\s*:\s*((?<value>-?[0-9][0-9.eE+-]*)|(?<list>\[[^\]\[{}]*\]))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex JsonMember();

    [GeneratedRegex(@"(?<="")(?:[^""\\,]|\\.)+(?="")|-?[0-9][0-9.eE+-]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListItem();

    [GeneratedRegex(@"<(?<name>[\w:.-]{1,100})(\s[^<>]*)?>(?<value>[^<>]+)(?=</)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex XmlElement();

    // A part of multipart/form-data (RFC 7578).
    [GeneratedRegex(@"\bname=""(?<name>[^""\r\n]{1,100})""[^\r\n]*(\r?\n[^\r\n]+){0,8}\r?\n\r?\n(?<value>[^\r\n]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormPart();

    [GeneratedRegex(@"(?<![\w./-])(?<open>')?(?<name>[A-Za-z][\w-]{0,99}):((?<!\{[\w-]+:)[ \t]*|[ \t]+)(?<value>(?!//)[^\s""',;}](?(open)[^\r\n""',;}]*|[^\r\n"",;}]*))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeaderLine();

    // user[password]=x of a form, a=b;Password=x y of a list, in which a comma, an ampersand and a blank belong to the value; not so the blank in a=b; PASSWORD=x node of a shell.
    [GeneratedRegex(@"(?<![\w.])((?<tight>(?<=;))|(?<item>(?<=;[ \t]+))|)(?<name>[\w.\[\]%-]{1,100})=(?<value>(?(tight)[^;\r\n""']+|((?>[^;\r\n""']{1,1000})(?=;[ \t]*[A-Za-z][\w .-]{0,99}=)|(?(item)[^;\s""']+|([^&;,\s""']|,(?!\s|[\w.\[\]%-]{1,100}=))+))))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();

    // In a command of a shell: --password x.
    [GeneratedRegex(@"(?<![\w-])--(?<name>[A-Za-z][\w-]{0,99})[ \t]+(?<quote>[""'])?(?<value>(?(quote)[^""'\r\n]+|(?!-)[^\s""']+))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option();

    // A user without a password, who may be a token.
    [GeneratedRegex(@"(?<=://)[^/@:\s""']+(?=@)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlUser();

    // user:password@ of a URL, also with a slash in it if it is no port, and of a data source of Go's.
    [GeneratedRegex(@"(?<=://[^/@:\s\[]*:)([^/\s]+(?=@)|(?!(\d{1,5}|\$*\{[\w:.-]+\})[/?#])[^\s""'?#]{1,1000}(?=@))|(?<=(^|[\s""'=])[\w.-]+:)\S+(?=@(tcp|unix)\()", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlPassword();

    // Credentials that say themselves what they are: of an Authorization field, JSON Web Tokens (RFC 7519), private keys, and the
    // tokens of GitHub, GitLab, Slack, Stripe, Amazon, OpenAI, Anthropic, Google, npm, Hugging Face, Grafana, DigitalOcean, PyPI,
    // New Relic, SendGrid and Dynatrace by their documented beginnings.
    [GeneratedRegex(
        @"(?<scheme>\b(Bearer|Basic)(\s+|%20))(?<value>(?=[a-z]*[^a-z\s])[A-Za-z0-9._~+/%-]{8,}=*)|(?<scheme>)(?<value>\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY( BLOCK)?-----|\b(gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|[rs]k_(live|test)_|sk-(proj|ant)-|AIza|npm_|hf_|glsa_|glc_|dop_v1_|pypi-|NRAK-)[\w-]{10,}|\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bSG\.[\w-]{10,}\.[\w-]{10,}|\bdt0[a-z]\d\d\.[A-Z0-9]{10,}\.[A-Z0-9]{10,}|(?<=hooks\.slack\.com/services/)[\w/]{10,})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
