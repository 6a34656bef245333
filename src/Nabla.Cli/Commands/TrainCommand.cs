using System.CommandLine;

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

    private readonly ValueOption<string> validationTargets = new(
        "--validation-targets", "FILE", "The .npy file with the targets of --validation, if that names a .npy file.",
        ValueFormats.File("a .npy file", "y_test.npy"));

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

    private readonly CheckpointOption checkpoints = new();

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
        Add(validationTargets);
        Add(members);
        Add(output);
        Add(resume);
        Add(checkpoints);
        Add(report);
        json = JsonSwitch.AddTo(this);
        SetAction(parse => TrainingSession.Protect(terminal, protectedTerminal => Run(parse, protectedTerminal)));
    }

    /// <summary>What an earlier command line trains on, and how.</summary>
    /// <param name="words">The words after <c>nabla train</c>.</param>
    /// <exception cref="UsageException">They are not those of such a command.</exception>
    public RequestedRun Read(IReadOnlyList<string> words)
    {
        // With its own name first: the parser takes that word for the command, also where it is data.
        var parse = Parse([Name, .. words], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0)
        {
            throw new UsageException(
                "cannot repeat the training run", $"this version does not understand its command: {parse.Errors[0].Message}",
                "Use the version that began it.");
        }
        return Read(parse);
    }

    private RequestedRun Read(ParseResult parse)
    {
        string? measuredOn = parse.GetValue(validation);
        var request = data.Bind(parse) with
        {
            Kind = task.ValueOr(parse, TargetKind.Automatic), ValidationTargets = parse.GetValue(validationTargets),
        };
        if (request.ValidationTargets is not null && (measuredOn is null || TrainingData.IsFraction(measuredOn)))
        {
            throw new UsageException(
                "cannot use --validation-targets", "--validation names no .npy file", "Name it, or omit --validation-targets.");
        }
        return new RequestedRun(
            request, measuredOn, members.ValueOr(parse, 1),
            () => training.Bind(parse, DataSource.SettingsFor(request, terminal)));
    }

    private int Run(ParseResult parse, Terminal terminal)
    {
        using var ranks = RankTeam.Connect(terminal);
        string? resumed = parse.GetValue(resume);
        if (ranks.IsFollower)
            return Follow(parse, resumed, ranks, terminal);
        // The output file is checked first, so that training does not fail after hours.
        string path = parse.GetValue(output) ?? resumed ?? DefaultModel;
        // A run that is resumed may replace a model of any name.
        var file = OutputFile.Check(path, path == resumed ? Path.GetExtension(path) : ".safetensors", terminal);
        var run = Read(parse);
        file.RequireOtherThan("the data", run.Request.Name, terminal);
        file.RequireOtherThan("the validation data", run.Validation, terminal);
        var reportFile = report.Check(parse, terminal);
        reportFile?.RequireOtherThan("the data", run.Request.Name, terminal);
        reportFile?.RequireOtherThan("the validation data", run.Validation, terminal);
        reportFile?.RequireOtherThan("the model", path, terminal);
        var plan = TrainingSession.WaitFor(file, terminal, () => Plan(parse, run, resumed, ranks));
        RequireExamplesToChooseWith(parse, run.Validation);
        using var record = new RunRecord(RunFolder.For(file.FullPath), checkpoints.ValueOr(parse), null, terminal);
        return new TrainingSession(file, reportFile, record, ranks, json.IsGiven(parse), terminal)
            .Run(run.Request, run.Validation, plan, run.Members);
    }

    private int Follow(ParseResult parse, string? resumed, RankTeam ranks, Terminal terminal)
    {
        var run = Read(parse);
        return ranks.Follow(run, Plan(parse, run, resumed, ranks), terminal);
    }

    private TrainingPlan Plan(ParseResult parse, RequestedRun run, string? resumed, RankTeam ranks)
    {
        if (resumed is not null)
            return Resume(parse, resumed, run.Request, ranks);
        bool areShardsGiven = training.IsGiven(parse, "--shards");
        var settings = ranks.Adapt(run.Settings(), areShardsGiven, run.Members);
        string shards = areShardsGiven || settings.Options.Shards == 1 ? "" : $" --shards {settings.Options.Shards}";
        return TrainingPlan.New(settings, (CommandOptions(parse) + shards).Trim(), ranks.Ranks);
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

    /// <summary>
    /// The options of the command without what changes no result, so that two runs with the same result write the same file: names of
    /// outputs, threads, JSON, data on disk, and a single member.
    /// </summary>
    private string CommandOptions(ParseResult parse)
    {
        Option[] without =
            [output, report, json, checkpoints, .. members.ValueOr(parse, 1) == 1 ? (Option[])[members] : []];
        return string.Join(' ', WrittenOptions.Of(parse, without));
    }

    private TrainingPlan Resume(ParseResult parse, string path, DataRequest request, RankTeam ranks)
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
        return TrainingPlan.Resumed(ModelArgument.FullPath(path, terminal), ranks: ranks.Ranks);
    }
}
