namespace Nabla.Cli;

/// <summary>From DATA on the command line to data sets.</summary>
internal sealed class DataSource(Terminal terminal)
{
    private const string MnistName = "mnist";
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
    /// <param name="model">The model that the data are for, whose columns and classes a table has to have; null for a new one.</param>
    public LoadedData Load(DataRequest request, Classifier? model = null)
    {
        string name = request.Name!;
        var (train, test) = name switch
        {
            MnistName => MnistAccess.Load(request.Folder, terminal),
            DigitsName => Digits.Load(),
            _ => LoadFile(terminal.FullPath(name), request, model),
        };
        return new LoadedData(train, test, name);
    }

    private (Dataset Train, Dataset? Test) LoadFile(string path, DataRequest request, Classifier? model) => ContentKinds.Of(path, terminal) switch
    {
        ContentKind.Npz => Datasets.FromNpz(path),
        ContentKind.Idx or ContentKind.Folder => Datasets.FromIdx(path),
        ContentKind.Text => (TableData.Load(path, request.Target, model, terminal), null),
        var kind => throw new InvalidInputException(
            $"cannot use {terminal.Shown(path)} as data", terminal.Shown(path), kind == ContentKind.Empty ? "the file is empty" : $"a file of this kind ({kind}) is no labelled data",
            "Give mnist, digits, a .npz with x_train and y_train, IDX files, or a .csv with --target COLUMN."),
    };
}
