using System.CommandLine;
using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Predictions;
using PerfLab.Analysis.Runs;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;
using PerfLab.Runner.Machines;

namespace PerfLab.Cli;

/// <summary><c>predict</c>: says what tracing would cost a service that was not measured, from a model fitted to runs of Shop.</summary>
internal sealed class PredictVerb
{
    // Recorded spans alone, and below another: seconds.
    private const string ScaleFilter = "recorded/child";

    private readonly Option<string[]> _fit = new("--fit") { Description = "Fit the model to runs of Shop and write it, instead of predicting.", HelpName = "RUN", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _model = new("--model") { Description = "The file of the model.", HelpName = "FILE", DefaultValueFactory = _ => Path.Combine(Checkout.Supplied, CostModelRecord.FileName) };
    private readonly Option<string?> _micro = new("--micro") { Description = "With --fit: layers.json of ./run.sh micro, or its folder; the latest of this machine in results/micro/ without.", HelpName = "FILE" };
    private readonly Option<string?> _rate = new("--rps") { Description = "Requests per second of the service.", HelpName = "N" };
    private readonly Option<string?> _spans = new("--spans") { Description = "Spans that a request creates.", HelpName = "N" };
    private readonly Option<string?> _attributes = new("--attributes") { Description = "Attributes of a span, on average.", HelpName = "N" };
    private readonly Option<string?> _events = new("--events") { Description = "Events of a request; none.", HelpName = "N" };
    private readonly Option<string?> _httpSpans = new("--http-spans") { Description = "How many of the spans are those of requests served or sent over HTTP or gRPC; 7 of 11, as in Shop.", HelpName = "N" };
    private readonly Option<string?> _length = new("--attribute-length") { Description = "Characters of an attribute's value; 16.", HelpName = "N" };
    private readonly Option<string?> _sampler = new("--sampler") { Description = "always_on (default), always_off or ratio:0.1.", HelpName = "SAMPLER" };
    private readonly Option<string?> _scale = new("--scale") { Description = "CPU time of this machine as a multiple of that of the model's, instead of measuring it.", HelpName = "FACTOR" };
    private readonly Option<bool> _noCalibration = new("--no-calibration") { Description = "Take this machine for as fast as the model's." };
    private readonly Option<string> _results = ResultsOption.Create();

    private PredictVerb()
    {
    }

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var verb = new PredictVerb();
        var command = new Command("predict", "Predict what tracing costs a service that was not measured, from experiments with Shop.");
        foreach (var option in (Option[])[verb._rate, verb._spans, verb._attributes, verb._events, verb._httpSpans, verb._length, verb._sampler, verb._scale, verb._noCalibration, verb._fit, verb._micro, verb._model, verb._results])
        {
            command.Options.Add(option);
        }

        command.SetAction(parse => parse.GetValue(verb._fit) is { Length: > 0 } runs ? Task.FromResult(verb.Fit(parse, runs)) : verb.PredictAsync(parse));
        return command;
    }

    private int Fit(ParseResult parse, string[] names)
    {
        if (StartCommand.IsTool)
        {
            throw RepositoryVerb.Refusal("predict --fit");
        }

        var (results, file) = (parse.GetRequiredValue(_results), parse.GetRequiredValue(_model));
        var faults = new UsageFaults();
        OutputFile.Check(file, "--model", faults);
        foreach (var option in (Option[])[_rate, _spans, _attributes, _events, _httpSpans, _length, _sampler, _scale, _noCalibration])
        {
            faults.Unless(parse.GetResult(option) is null or { Implicit: true }, $"{option.Name} describes a service, and --fit predicts none. Leave one of them out.");
        }

        faults.ThrowIfAny();
        RunAnalysis[] runs = [.. names.Select(name => RunFolder.Find(results, name)).DistinctBy(folder => folder.Path).Select(RunReports.Analyze)];
        var layers = parse.GetValue(_micro) is { } micro ? MicroBenchmarkRecord.Read(micro) : LatestOf(runs[0].Manifest.Machine, results);
        var model = CostModelFitter.Fit(runs, layers);
        RunFolder.Write(file, model);
        SectionDisplay.Show(CostModelReport.Sections(model));
        Show(CostModelReport.Notes(model));
        if (model.Scale is null)
        {
            Console.WriteLine($"! Without micro benchmarks of this machine CPU time cannot be scaled for another one. Run ./run.sh micro --quick, then fit again.");
        }

        Console.WriteLine($"Written: {file}");
        return ExitCode.Passed;
    }

    private async Task<int> PredictAsync(ParseResult parse)
    {
        var file = parse.GetRequiredValue(_model);
        if (!File.Exists(file))
        {
            throw new UsageException($"There is no cost model: {file} does not exist (predict). Make it on a machine without other load: ./run.sh scenario cost-model, then ./run.sh micro --quick, then ./run.sh predict --fit latest.");
        }

        var model = RunFolder.Read<CostModelRecord>(file, CostModelRecord.CurrentFormatVersion);
        var (service, scale) = Read(parse, model);
        CostModelScale? here = null;
        if (scale is null && StartCommand.IsTool)
        {
            Console.WriteLine("! An installed tool has no micro benchmarks to measure this machine by: CPU time is that of the model's machine. State how fast this one is with --scale FACTOR.");
            scale = new MachineScale(1, 0);
        }
        else if (scale is null)
        {
            var (exitCode, measured) = await ScaleHereAsync(parse.GetRequiredValue(_results));
            if (measured is null)
            {
                return exitCode;
            }

            here = measured;
            scale = MachineScale.Between(measured, model.Scale!) ?? throw new InvalidDataException("A recorded span cost nothing in the micro benchmarks, so CPU time cannot be scaled (predict). State a factor with --scale, or use --no-calibration.");
        }

        var report = new PredictionReport(model, service, CostPrediction.Of(model, service, scale));
        Show(report.Answer);
        SectionDisplay.Show([report.Parts]);
        Show([PredictionReport.Scale(model, here, scale), .. parse.GetValue(_httpSpans) is null ? [PredictionReport.AssumedBoundaries(service)] : Array.Empty<TerminalText>(), .. report.Notes]);
        return ExitCode.Passed;
    }

    // All that is wrong with the question is said at once, before anything is measured.
    private (ServiceQuestion Service, MachineScale? Scale) Read(ParseResult parse, CostModelRecord model)
    {
        var faults = new UsageFaults();
        var spans = Number(_spans, "18", 0, 10_000, required: true);
        var service = new ServiceQuestion(
            Number(_rate, "3000", 0, 10_000_000, required: true),
            spans,
            faults.Read(() => SampledRatio(parse.GetValue(_sampler)), 1),
            Number(_attributes, "6", 0, 1000, required: true),
            Number(_events, "2", 0, 100_000),
            Number(_httpSpans, "3", 0, spans, otherwise: spans * (SpanMix.ShopOrder.Spans - SpanMix.ShopOrder.Own) / SpanMix.ShopOrder.Spans),
            Number(_length, "16", 1, 100_000, otherwise: 16));
        var isGiven = parse.GetValue(_scale) is not null;
        var factor = Number(_scale, "1.2", 0.01, 100, otherwise: 1);
        faults.Unless(!isGiven || !parse.GetValue(_noCalibration), "--scale states how fast this machine is, and --no-calibration that it is as fast as the model's. Leave one of them out.");
        faults.Unless(isGiven || parse.GetValue(_noCalibration) || model.Scale is not null, "The model does not say what a recorded span costs on its machine, so CPU time cannot be scaled. State a factor with --scale, or use --no-calibration.");
        faults.ThrowIfAny();
        return (service, isGiven || parse.GetValue(_noCalibration) ? new MachineScale(factor, 0) : null);

        double Number(Option<string?> option, string example, double low, double high, double otherwise = 0, bool required = false)
        {
            if (parse.GetValue(option) is not { } text)
            {
                faults.Unless(!required, $"{option.Name} is missing. State it, for example {option.Name} {example}.");
                return otherwise;
            }

            var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high;
            faults.Unless(isNumber, string.Create(CultureInfo.InvariantCulture, $"{option.Name}: '{text}' is not a number from {low} to {high}. Write for example {option.Name} {example}."));
            return isNumber ? number : otherwise;
        }
    }

    private static void Show(IReadOnlyList<TerminalText> lines)
    {
        foreach (var line in lines)
        {
            TerminalMarkup.WriteLine(line);
        }
    }

    private static double SampledRatio(string? text) => text switch
    {
        null or "always_on" => 1,
        "always_off" => 0,
        _ when text.StartsWith("ratio:", StringComparison.Ordinal)
            && double.TryParse(text["ratio:".Length..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio) && ratio <= 1 => ratio,
        _ => throw new FormatException($"--sampler: '{text}' is not known. Use always_on, always_off or ratio:0.1, with a ratio from 0 to 1."),
    };

    private static MicroBenchmarkRecord? LatestOf(MachineFingerprint machine, string results) =>
        (MicroVerb.Latest(results, CostLedgerBuilder.NeededLayers) ?? MicroVerb.Latest(results, [CostModelScale.Layer])) is { Machine: { } other } layers && machine.DifferencesFrom(other).Count == 0 ? layers : null;

    private static async Task<(int ExitCode, CostModelScale? Scale)> ScaleHereAsync(string results)
    {
        if (LatestOf(MachineInspector.Read(), results) is { } layers)
        {
            return (ExitCode.Passed, CostModelScale.Of(layers));
        }

        Console.WriteLine("Measuring what a recorded span costs on this machine (--no-calibration or --scale to skip)...");
        var (exitCode, file) = await MicroVerb.MeasureAsync(MicroBenchmarkMode.Quick, ScaleFilter, results);
        return (exitCode, file is null ? null : CostModelScale.Of(MicroBenchmarkRecord.Read(file)));
    }
}
