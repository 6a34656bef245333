using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>From DATA on the command line to data sets.</summary>
internal sealed class DataSource(Terminal terminal)
{
    /// <summary>The data set that is looked for, checked and downloaded.</summary>
    public const string MnistName = "mnist";
    private const string DigitsName = "digits";

    /// <summary>Loads what was asked for; where nothing was, MNIST, and without a network the built-in digits.</summary>
    public LoadedData LoadForTraining(DataRequest request)
    {
        if (request.Name is not null)
            return Load(request);
        try
        {
            return Load(request with { Name = MnistName });
        }
        catch (NetworkUnavailableException)
        {
            terminal.Say("mnist is not on this machine and no server can be reached: training on digits, the built-in set, instead.");
            return Load(request with { Name = DigitsName });
        }
    }

    /// <summary>Loads what was asked for.</summary>
    /// <param name="request">Its name is not null.</param>
    /// <param name="encoding">How earlier tables were encoded; null where there were none.</param>
    public LoadedData Load(DataRequest request, TableEncoding? encoding = null)
    {
        string path = terminal.FullPath(request.Name!);
        var kind = request.Name is MnistName or DigitsName ? null as ContentKind? : KindOf(request.Name!, path);
        // A table may say its target twice, in the model and here; anything else has none.
        if (request.Target is not null && kind != ContentKind.Text)
            throw new UsageException("cannot use --target", $"{request.Name} is no table, and has its labels apart", "Leave --target out.");
        return (request.Name, kind) switch
        {
            (MnistName, _) => Of(MnistAccess.Load(request.Folder, terminal), request),
            (DigitsName, _) => Of(Digits.Load(), request),
            (_, ContentKind.Npz) => Of(Datasets.FromNpz(path), request),
            (_, ContentKind.Idx or ContentKind.Folder) => Of(Datasets.FromIdx(path), request),
            (_, ContentKind.Text) => TableData.Load(path, request, encoding),
            _ => throw new InvalidInputException(
                $"cannot use {request.Name} as data", terminal.Shown(path), ContentKinds.WhyNot(kind!.Value),
                "Give mnist, digits, a .npz with x_train and y_train, IDX files, or a .csv with --target COLUMN."),
        };
    }

    private ContentKind KindOf(string name, string path)
    {
        if (!Path.Exists(path) && Spelling.Nearest(name.ToLowerInvariant(), [MnistName, DigitsName]) is { } meant)
            throw new InvalidInputException($"cannot read {name}", terminal.Shown(path), "there is no such file, and no data set of that name", $"Was {meant} meant?");
        return ContentKinds.Of(path, terminal);
    }

    private static LoadedData Of((Dataset Train, Dataset? Test) sets, DataRequest request) => new(sets.Train, sets.Test, request);
}
