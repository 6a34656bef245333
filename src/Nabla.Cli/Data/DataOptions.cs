using System.CommandLine;
using Nabla.Images;

namespace Nabla.Cli;

/// <summary>
/// The options for data: DATA, --data-dir, --target, --inputs, --targets, --on-disk; for training, --size, --colour and --grey too.
/// </summary>
internal sealed class DataOptions
{
    private readonly NamedArgument<string?> data;

    private readonly ValueOption<string> folder = new(
        "--data-dir", "FOLDER",
        "Folder with mnist.npz (default: NABLA_DATA, ./data, ../shared/data and the user's cache are searched).",
        ValueFormats.File("a folder", "data"));

    private readonly RepeatedOption target = new(
        "--target", "COLUMN",
        "Column of a table to predict; required, unless the model has it. Repeat the option to predict several values.",
        "a column's name", "species");

    private readonly ValueOption<string> inputs = new(
        "--inputs", "KEY", "Array of a .npz archive with the inputs (default: found by its usual names, such as x_train).",
        ValueFormats.Text("the name of an array", "x"));

    private readonly ValueOption<string> targets = new(
        "--targets", "KEY|FILE",
        "Array of a .npz archive with the targets (default: found by its usual names, such as y_train), or the .npy file with the targets "
        + "of a .npy file.",
        ValueFormats.File("the name of an array, or a file", "y.npy"));

    private readonly OnDiskSwitch onDisk = new();

    private readonly ValueOption<PictureSize> size = new(
        "--size", "WIDTHxHEIGHT", "Size to which pictures of a folder are resized (default: their own if all are alike, otherwise 28x28).",
        new ValueFormat<PictureSize>("width and height in pixels, such as 28x28", "28x28", PictureSize.TryParse));

    private readonly Switch colour = new("--colour", "Read pictures of a folder in colour (default: in grey, unless one has colour).");
    private readonly Switch grey = new("--grey", "Read pictures of a folder in grey.");
    private readonly TableUse use;
    private readonly TableOptionSet table;

    /// <param name="use">What the command does with data. To train on them, DATA has a default; otherwise, the model has some choices.
    /// </param>
    /// <param name="absent">What happens without DATA; null if it is required, or has the default of training.</param>
    public DataOptions(TableUse use, string? absent = null)
    {
        this.use = use;
        table = new TableOptionSet(use);
        bool isForTraining = use == TableUse.Plan;
        data = new NamedArgument<string?>("DATA")
        {
            Description = string.Join(" | ", [.. NamedData.All, .. DataSource.FileNouns])
                + (isForTraining ? " (default: mnist, or digits if there is neither mnist nor a network)" : "")
                + (absent is null ? "" : $" (default: {absent})"),
            Arity = isForTraining || absent is not null ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
            CompletionSources = { Candidate.NamesAndFiles(NamedData.All) },
        };
    }

    public void AddTo(Command command)
    {
        command.Add(data);
        command.Add(folder);
        command.Add(target);
        table.AddTo(command);
        command.Add(inputs);
        command.Add(targets);
        command.Add(onDisk);
        command.Add(new ReadLimitOption());
        if (use != TableUse.Plan)
            return;
        command.Add(size);
        command.Add(colour);
        command.Add(grey);
    }

    /// <exception cref="UsageException">Options contradict each other.</exception>
    public DataRequest Bind(ParseResult parse)
    {
        var request = new DataRequest(parse.GetValue(data), parse.GetValue(folder), parse.GetValue(target) ?? [])
        {
            InputArray = parse.GetValue(inputs), TargetArray = parse.GetValue(targets), Table = table.Bind(parse),
            OnDisk = onDisk.IsGiven(parse),
        };
        if (use != TableUse.Plan)
            return request;
        if (colour.IsGiven(parse) && grey.IsGiven(parse))
            throw new UsageException("--colour and --grey contradict each other", "only one of them can be given", "Omit one of them.");
        return request with
        {
            Size = size.IsGiven(parse) ? parse.GetValue(size) : null,
            IsColour = colour.IsGiven(parse) ? true : grey.IsGiven(parse) ? false : null,
        };
    }
}
