using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nabla.Cli;

/// <summary><c>nabla train</c>: trains a network and saves it.</summary>
internal sealed class TrainCommand : Command
{
    private const string DefaultModel = "model.safetensors";

    private readonly DataOptions data = new(TableUse.Plan);
    private readonly TrainingOptionSet training = TrainingOptionCatalogue.ForTraining();

    private readonly ValueOption<string> validation = new(
        "--validation", "FRACTION|FILE|none",
        "What to measure the model on after each epoch: a fraction of the training data to hold out (0.2 or 20%), other data, or none "
        + "(default: the data's test examples, or 0.2 if there are none).",
        ValueFormats.File("a fraction between 0 and 1, none, or a file", "0.1") with
        {
            Candidates = _ => [.. Candidate.Names(["none"]), Candidate.Files],
        });

    private readonly ValueOption<int> members = new(
        "--members", "N",
        "Train an ensemble of N networks, each on all folds of the data but one, and average their predictions "
        + "(default: 1, a single network).",
        ValueFormats.Count, "5");

    private readonly ValueOption<string> output = new(
        "--out", "FILE", $"Where to save the model (default: {DefaultModel}).", ValueFormats.File("a file", DefaultModel));

    private readonly ValueOption<string> resume = new(
        "--resume", "FILE", "Resume an interrupted training run with the options saved in the file.",
        ValueFormats.File("a model file", DefaultModel));

    private readonly ReportOption report = new();

    private readonly TaskOption task = new();
    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public TrainCommand(Terminal terminal)
        : base("train", "Trains a network and saves it.")
    {
        this.terminal = terminal;
        data.AddTo(this);
        Add(task);
        training.AddTo(this);
        Add(validation);
        Add(members);
        Add(output);
        Add(resume);
        Add(report);
        json = JsonSwitch.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        // A training run must not be lost: after a signal it ends by itself, and without output it continues.
        terminal.Interruption.IgnoreLaterSignals();
        using var lines = new BestEffortWriter(terminal.Out, error => terminal.Inform(
            $"Standard output cannot be written ({error.Message}): training continues, and the model will be saved."));
        int exitCode = Run(parse, terminal with { Out = lines });
        return exitCode == ExitCode.Done && lines.HasFailed ? ExitCode.InputOutputFailed : exitCode;
    }

    private int Run(ParseResult parse, Terminal terminal)
    {
        string? resumed = parse.GetValue(resume);
        // The output file is checked first, so that training does not fail after hours.
        string path = parse.GetValue(output) ?? resumed ?? DefaultModel;
        // A run that is resumed may replace a model of any name.
        var file = OutputFile.Check(path, path == resumed ? Path.GetExtension(path) : ".safetensors", terminal);
        var request = data.Bind(parse) with { Kind = task.ValueOr(parse, TargetKind.Automatic) };
        file.RequireOtherThan("the data", request.Name, terminal);
        file.RequireOtherThan("the validation data", parse.GetValue(validation), terminal);
        var reportFile = report.Check(parse, terminal);
        reportFile?.RequireOtherThan("the data", request.Name, terminal);
        reportFile?.RequireOtherThan("the validation data", parse.GetValue(validation), terminal);
        reportFile?.RequireOtherThan("the model", path, terminal);
        string commandOptions = CommandOptions(parse);
        var plan = WaitFor(file, terminal, () => resumed is null
            ? TrainingPlan.New(training.Bind(parse, DataSource.SettingsFor(request, terminal)), commandOptions)
            : Resume(parse, resumed, request));
        string? measuredOn = parse.GetValue(validation);
        RequireExamplesToChooseWith(parse, measuredOn);
        int epochs = plan.Settings.Options.Epochs, count = members.ValueOr(parse, 1);
        if (count > 1)
            return RunEnsemble(parse, request, plan, file, reportFile, terminal);
        var examples = WaitFor(file, terminal, () =>
        {
            using var warmup = Warmup.Begin(plan.Settings, request);
            return TrainingData.Load(request, measuredOn, plan, terminal);
        });
        var run = new TrainingRun(plan, examples, file, View(parse, epochs, terminal), terminal);
        int exitCode = run.Run();
        Conclude(
            parse, run.Done, model => new(
                examples.Measured(model.Options.Seed), examples.Source.Notices, examples.Source.Encoding), file, reportFile, terminal);
        return exitCode;
    }

    private int RunEnsemble(
        ParseResult parse, DataRequest request, TrainingPlan plan, OutputFile file, OutputFile? reportFile, Terminal terminal)
    {
        int epochs = plan.Settings.Options.Epochs, count = members.ValueOr(parse, 1);
        var folds = WaitFor(file, terminal, () => FoldData.Load(request, parse.GetValue(validation), plan, terminal));
        var run = new EnsembleRun(plan, folds, count, file, EnsembleView(parse, count, epochs, terminal), terminal);
        int exitCode = run.Run();
        Conclude(
            parse, run.Done, _ => folds.Measured is { } measured ? new(measured, folds.Source.Notices, folds.Source.Encoding) : null,
            file, reportFile, terminal);
        return exitCode;
    }

    private void RequireExamplesToChooseWith(ParseResult parse, string? measuredOn)
    {
        if (measuredOn is not null && TrainingData.IsNone(measuredOn) && training.IsGiven(parse, "--keep-best"))
        {
            throw new UsageException(
                $"--keep-best and --validation {measuredOn} contradict each other", "without held-out examples, no epoch is the best",
                "Omit one of them.");
        }
    }

    /// <summary>Shows the result on a terminal, and writes the report if it was asked for. The model has been saved.</summary>
    private void Conclude(
        ParseResult parse, (Model Model, ModelReport Result)? done, Func<Model, ReportData.Found?> found, OutputFile file,
        OutputFile? reportFile, Terminal terminal)
    {
        if (done is not var (model, result))
        {
            if (reportFile is not null)
                terminal.Inform("No report was written, because training was interrupted.");
            return;
        }
        if (!json.IsGiven(parse) && terminal.Screen is { } screen)
            TrainingPictures.Write(screen, model, result);
        if (reportFile is not null)
        {
            var findings = ReportFile.Compute(
                model, file.DisplayPath, found(model), "the training run had no examples to measure the model on", terminal);
            ReportFile.Save(reportFile, findings, terminal);
        }
    }

    /// <summary>
    /// The options of the command without what changes no result, so that two runs with the same result write the same file: names of
    /// outputs, threads, JSON, and a single member.
    /// </summary>
    private string CommandOptions(ParseResult parse)
    {
        Option[] without = members.ValueOr(parse, 1) == 1 ? [output, report, json, members] : [output, report, json];
        var words = parse.CommandResult.Children.SelectMany(child => child switch
        {
            OptionResult { Implicit: false, Option: var option } result when !without.Contains(option) && option.Name != "--threads" =>
                result.Tokens.Count == 0
                    ? [option.Name]
                    : result.Tokens.Select(token => $"{option.Name} {ShellWord.Quote(token.Value)}"),
            _ => [],
        });
        return string.Join(' ', words);
    }

    private TrainingPlan Resume(ParseResult parse, string path, DataRequest request)
    {
        string? given = training.FirstGiven(parse) ?? (members.IsGiven(parse) ? members.Name : null)
            ?? (request.Table.PlanArguments.Length > 0 ? request.Table.Given : null)
            ?? (request.Size is not null ? "--size" : request.IsColour is not null ? "--colour or --grey" : null);
        if (given is not null)
        {
            throw new UsageException(
                $"--resume and {given} contradict each other", "a training run resumes with its original options",
                $"Omit {given}.");
        }
        return TrainingPlan.Resumed(ModelArgument.FullPath(path, terminal));
    }

    /// <summary>Waits for what comes before the first batch.</summary>
    /// <exception cref="InterruptedException">A signal arrived.</exception>
    private static T WaitFor<T>(OutputFile file, Terminal terminal, Func<T> preparation)
    {
        try
        {
            return terminal.Interruption.WaitFor(preparation);
        }
        catch (OperationCanceledException)
        {
            throw TrainingRun.NothingTrained(file);
        }
    }

    private ITrainingView View(ParseResult parse, int epochs, Terminal terminal)
    {
        if (json.IsGiven(parse))
            return new JsonTrainingView(terminal);
        return terminal.Screen is null ? new PlainTrainingView(terminal) : new LiveTrainingView(terminal, epochs);
    }

    private IEnsembleView EnsembleView(ParseResult parse, int members, int epochs, Terminal terminal)
    {
        if (json.IsGiven(parse))
            return new JsonEnsembleView(terminal);
        return terminal.Screen is null ? new PlainEnsembleView(terminal) : new LiveEnsembleView(terminal, members, epochs);
    }
}
