using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Secrets;

/// <summary>A scenario as it is run, with the values of the caller's variables, and as files show it, without secrets.</summary>
public static class ScenarioSecrets
{
    private delegate string TextChange(TextPlace place, string? name, string text);

    // A value must be written so that what is around it reads as before.
    private enum TextPlace
    {
        Unknown = 0,

        /// <summary>Braces are placeholders there.</summary>
        Process = 1,

        /// <summary>Percent-encoded.</summary>
        Path = 2,

        /// <summary>As it is.</summary>
        Message = 3,
    }

    /// <summary>Fills the references to the caller's variables in.</summary>
    /// <param name="scenario">The scenario as its file says.</param>
    /// <param name="valueOf">Gets the value of a variable; null where it is not set.</param>
    /// <exception cref="InvalidDataException">A variable is not set.</exception>
    public static Scenario Resolve(Scenario scenario, Func<string, string?> valueOf) =>
        Change(scenario, (place, _, text) => CallerReference.Resolve(text, valueOf, EncodingFor(place)));

    /// <summary>Shows the scenario without secrets; references to the caller's variables stay.</summary>
    public static Scenario Hide(Scenario scenario) => Change(scenario, (_, name, text) => SecretText.Hide(name, text));

    /// <summary>
    /// Remembers all secrets of a scenario, and those of the caller's environment, which its processes inherit, so that they are
    /// hidden wherever they turn up. The names of its arms, processes and requests stay readable, for files are found by them.
    /// </summary>
    /// <param name="scenario">The scenario as its file says.</param>
    /// <param name="caller">The variables of the shell in which PerfLab was started.</param>
    public static void Remember(Scenario scenario, IReadOnlyDictionary<string, string> caller)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(caller);
        string[] names =
        [
            scenario.Name, scenario.ControlFileStem, .. scenario.Variants.Select(variant => variant.Name),
            .. scenario.Target.Processes.Select(process => process.Name), .. scenario.Target.Requests.Select(request => request.Name),
            .. (scenario.TraceRetention?.Requests ?? []).Select(request => request.Request.Name),
        ];
        _ = Change(scenario, (_, name, text) =>
        {
            Add(SecretText.FindAll(name, text).Where(secret => CallerReference.NamesIn(secret).Count == 0));
            Add(CallerReference.NamesIn(text).Select(reference => caller.GetValueOrDefault(reference)).OfType<string>());
            return text;
        });
        foreach (var (name, value) in caller)
        {
            Add(SecretText.FindAll(name, value));
        }

        // Where a secret lies is none, and paths stand in many messages.
        void Add(IEnumerable<string> secrets)
        {
            foreach (var secret in secrets.Where(secret => !Path.Exists(secret)))
            {
                KnownSecrets.Add(secret, names);
            }
        }
    }

    /// <summary>Puts references to the caller's variables in place of the secrets that they hold, so that a file can be shared.</summary>
    /// <param name="scenario">A scenario whose texts all stand for themselves.</param>
    /// <param name="caller">The variables of the shell in which PerfLab was started.</param>
    public static ReferringScenario Refer(Scenario scenario, IReadOnlyDictionary<string, string> caller)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(caller);
        var held = caller.Where(variable => variable.Value.Length >= KnownSecrets.LeastLength).OrderByDescending(variable => variable.Value.Length).ToArray();
        var inClear = new List<string>();
        var credentials = new CredentialVariables(scenario.Name, caller);
        var referring = Change(scenario, (place, name, text) =>
        {
            var encode = EncodingFor(place) ?? (value => value);
            var written = CallerReference.Escape(text);
            foreach (var secret in SecretText.FindAll(name, text).Select(CallerReference.Escape))
            {
                var variable = held.FirstOrDefault(each => secret.Contains(encode(each.Value), StringComparison.Ordinal));
                if (variable.Key is null && place == TextPlace.Message && CredentialVariables.IsCredential(name))
                {
                    return credentials.Refer(name!, secret);
                }

                if (variable.Key is null)
                {
                    inClear.Add(name ?? "a request or a command");
                    continue;
                }

                written = written.Replace(secret, secret.Replace(encode(variable.Value), $"${{{variable.Key}}}", StringComparison.Ordinal), StringComparison.Ordinal);
            }

            return written;
        });
        return new ReferringScenario(referring, [.. inClear.Distinct(StringComparer.Ordinal)], credentials.All);
    }

    private static Func<string, string>? EncodingFor(TextPlace place) => place switch
    {
        TextPlace.Process => value => value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal),
        TextPlace.Path => Uri.EscapeDataString,
        _ => null,
    };

    private static Scenario Change(Scenario scenario, TextChange change)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario with
        {
            Target = scenario.Target with
            {
                Processes = [.. scenario.Target.Processes.Select(process => Change(process, change))],
                Requests = [.. scenario.Target.Requests.Select(request => Change(request, change))],
                Login = scenario.Target.Login is { } login ? login with { Request = Change(login.Request, change) } : null,
                Completion = scenario.Target.Completion is { } completion ? completion with { Path = change(TextPlace.Path, null, completion.Path) } : null,
            },
            Variants = [.. scenario.Variants.Select(variant => variant with
            {
                Environment = Change(variant.Environment, TextPlace.Process, change),
                Program = variant.Program is { } program ? Change(program, change) : null,
            })],
            Load = scenario.Load.Generator is { Command: { } command } generator ? scenario.Load with { Generator = generator with { Command = Change(command, change) } } : scenario.Load,
            TraceRetention = scenario.TraceRetention is { } retention
                ? retention with { Requests = [.. retention.Requests.Select(request => request with { Request = Change(request.Request, change) })] }
                : null,
        };
    }

    private static TargetProcess Change(TargetProcess process, TextChange change) => process with
    {
        Command = Change(process.Command, change),
        Directory = process.Directory is { } directory ? change(TextPlace.Process, null, directory) : null,
        Environment = Change(process.Environment, TextPlace.Process, change),
        Ready = process.Ready with { Path = change(TextPlace.Path, null, process.Ready.Path) },
    };

    private static ArmProgram Change(ArmProgram program, TextChange change) => new(
        program.Command is { } command ? Change(command, change) : null,
        program.Directory is { } directory ? change(TextPlace.Process, null, directory) : null)
    {
        Build = program.Build is { } build ? Change(build, change) : null,
        Built = program.Built,
    };

    private static string[] Change(IReadOnlyList<string> command, TextChange change) =>
        [.. command.Select((word, index) => change(TextPlace.Process, OptionBefore(command, index), word))];

    // --password VALUE; an option that brings its value along names it itself.
    private static string? OptionBefore(IReadOnlyList<string> command, int index) =>
        index > 0 && command[index - 1] is ['-', ..] option && !option.Contains('=', StringComparison.Ordinal) && command[index] is not ['-', ..] ? option : null;

    private static RequestDefinition Change(RequestDefinition request, TextChange change) => request with
    {
        Path = change(TextPlace.Path, null, request.Path),
        Headers = Change(request.Headers, TextPlace.Message, change),
        Body = request.Body is { } body ? change(TextPlace.Message, null, body) : null,
    };

    private static OrderedDictionary<string, string> Change(IReadOnlyDictionary<string, string> values, TextPlace place, TextChange change) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, change(place, pair.Key, pair.Value))), StringComparer.Ordinal);
}
