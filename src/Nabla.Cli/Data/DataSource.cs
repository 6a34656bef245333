using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Loads data sets from DATA on the command line.</summary>
internal sealed class DataSource(Terminal terminal)
{
    /// <summary>The kinds of file that DATA can be, for help texts.</summary>
    public static IReadOnlyList<string> FileNouns { get; } = [
        .. CliFormats.All.OfType<ITrainingFormat>().Select(format => format.DataNoun)];

    /// <summary>The settings for some data if no preset is named: those of <c>table</c> for a table; null for the usual ones.</summary>
    public static TrainingSettings? SettingsFor(DataRequest request, Terminal terminal) =>
        IsTable(request, terminal) ? TrainingSettings.FromPreset("table") : null;

    // False for a file that does not exist, which is reported when it is loaded.
    private static bool IsTable(DataRequest request, Terminal terminal) =>
        request.Name is { } name && !NamedData.All.Contains(name) && NamedFile.From(name, terminal) is var file
        && File.Exists(file.FullPath) && FormatOf(file) is { TakesTarget: true };

    /// <summary>Loads the requested data. The default is MNIST, or the built-in digits without a network.</summary>
    /// <param name="request">The request.</param>
    /// <param name="encoding">How the table of an interrupted run was encoded; null if there is none.</param>
    public LoadedData LoadForTraining(DataRequest request, TableEncoding? encoding = null)
    {
        var loaded = request.Name is null ? LoadDefault(request) : Load(request, encoding);
        if (loaded.IsTestAlone)
        {
            throw new InvalidInputException(
                $"cannot train on {loaded.Request.Name}", loaded.Request.Name!, "it has only test examples",
                "Use data with training examples; nabla evaluate measures a model on these.");
        }
        if (request.Kind == TargetKind.Automatic)
            TaskNotice.Write(loaded, terminal);
        return loaded;
    }

    /// <summary>Whether the targets of some data are in a file of their own.</summary>
    public bool TakesTargetFile(string name) =>
        !NamedData.All.Contains(name) && FormatOf(NamedFile.From(name, terminal)) is { TakesTargetFile: true };

    private LoadedData LoadDefault(DataRequest request)
    {
        try
        {
            return Load(request with { Name = NamedData.Mnist });
        }
        catch (DownloadException)
        {
            terminal.Inform("mnist is not on this machine, and no server can be reached: training on digits, the built-in set, instead.");
            return Load(request with { Name = NamedData.Digits });
        }
    }

    /// <summary>Loads the requested data.</summary>
    /// <param name="request">A request whose name is not null.</param>
    /// <param name="encoding">How an earlier table was encoded; null if there is none.</param>
    public LoadedData Load(DataRequest request, TableEncoding? encoding = null)
    {
        string name = request.Name!;
        var file = NamedFile.From(name, terminal);
        var format = NamedData.All.Contains(name) ? null : FormatOf(file);
        // A model that was trained on a table has the target, and --target may repeat it. Other data have no target column.
        if (request.Targets.Count > 0 && format is not { TakesTarget: true })
        {
            throw new UsageException(
                "cannot use --target", $"{name} is not a table: its labels are a separate array", "Omit --target.");
        }
        if (format is not { TakesTarget: true })
            request.Table.RequireNone(name);
        RequireArrays(request, format, name);
        if (format is { TakesTargetFile: true })
            request = request with { TargetPath = terminal.FullPath(request.TargetArray!) };
        if (request.OnDisk && format is not { StaysOnDisk: true })
            throw OnDiskSwitch.Refusal(name);
        if ((request.Size is not null || request.IsColour is not null) && format is not { TakesPictures: true })
            throw new UsageException("cannot use --size, --colour or --grey", $"{name} is not a folder of pictures", "Omit the option.");
        if (request is { Kind: TargetKind.Automatic, PrefersValues: true } && format is { CanHoldValues: true })
            request = request with { Kind = TargetKind.Values };
        if (request.Kind == TargetKind.Values && format is not { CanHoldValues: true })
        {
            throw new UsageException(
                $"cannot use {name} for regression", $"the targets of {name} are classes, and regression needs values",
                "Use data whose targets are values, or classification (--task classification).");
        }
        var data = name switch
        {
            NamedData.Mnist => LabelledData.From(MnistAccess.Load(request.Folder, terminal)),
            NamedData.Digits => LabelledData.From(Digits.Load()),
            _ => format!.Load(file, request, encoding),
        };
        foreach (string notice in data.Notices ?? [])
            terminal.Inform(notice);
        return new(data.Train, data.Test, request, format is { CanHoldValues: true }, data.Encoding, data.Rows)
        {
            Csv = data.Csv, Form = data.Form, IsTestAlone = data.IsTestAlone, Notices = [.. data.Notices ?? []],
        };
    }

    private static void RequireArrays(DataRequest request, ITrainingFormat? format, string name)
    {
        if (format is { TakesTargetFile: true })
        {
            if (request.InputArray is not null)
                throw new UsageException("cannot use --inputs", $"{name} is the array of the inputs itself", "Omit --inputs.");
            if (request.TargetArray is null)
                throw new UsageException("--targets is missing", $"{name} has the inputs alone", "--targets FILE, a .npy file");
        }
        else if ((request.InputArray ?? request.TargetArray) is not null && format is not { TakesArrayNames: true })
        {
            throw new UsageException("cannot use --inputs and --targets", $"{name} is not an archive of arrays (.npz)", "Omit them.");
        }
        else if (request.InputArray is null != request.TargetArray is null)
        {
            var (given, missing) = request.InputArray is null ? ("--targets", "--inputs") : ("--inputs", "--targets");
            throw new UsageException($"{missing} is missing", $"{given} names one array, and the other is needed too", $"{missing} KEY");
        }
    }

    private static ITrainingFormat FormatOf(NamedFile file)
    {
        if (!Path.Exists(file.FullPath) && Spelling.Nearest(file.Name.ToLowerInvariant(), NamedData.All) is { } meant)
        {
            throw new InvalidInputException(
                $"cannot read {file.Name}", file.DisplayPath, "there is no file and no data set with this name", $"Did you mean {meant}?");
        }
        return CliFormats.Find<ITrainingFormat>(
            file, $"cannot use {file.Name} as data", $"Use {WordList.Or([.. NamedData.All, .. FileNouns])}.");
    }
}
