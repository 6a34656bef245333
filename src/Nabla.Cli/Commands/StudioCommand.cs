using System.CommandLine;
using System.Diagnostics;
using Nabla.Studio;

namespace Nabla.Cli;

/// <summary><c>nabla studio</c>: pages to draw digits, to watch a network learn, and to see how it does.</summary>
internal sealed class StudioCommand : Command
{
    private const string NoBrowser = "No browser could be opened: open the address above.";

    private static readonly TimeSpan BrowserPatience = TimeSpan.FromSeconds(3);

    private static readonly ValueFormat<int> Port = new("a port from 1024 to 65535, or 0 for any that is free", "8080",
        (string text, out int value) => ValueFormats.CountOrZero.Read(text, out value) && value is 0 or (>= 1024 and <= 65535));

    private readonly NamedArgument<string?> model = new("MODEL")
    {
        Description = "The model file that reads drawings (default: a model is trained on mnist, or digits if there is no mnist here).",
        CompletionSources = { Candidate.NamesAndFiles([]) },
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly NamedArgument<string?> data = new("DATA")
    {
        Description = $"More data to train on: {string.Join(" | ", [.. NamedData.All, .. DataSource.FileNouns])}.",
        CompletionSources = { Candidate.NamesAndFiles(NamedData.All) },
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly RepeatedOption target = new(
        "--target", "COLUMN", "Column of a table to predict. Repeat the option for several.", "a column's name", "species");

    private readonly ValueOption<int> port = new("--port", "N", "The port to listen to (default: 0, any that is free).", Port);
    private readonly ThreadsOption threads = new(
        "Threads for training; 0 means one per processor, but one fewer if there are more than two (default: 0).");

    private readonly Switch noBrowser = new("--no-browser", "Print the address, and open no browser.");
    private readonly Terminal terminal;

    public StudioCommand(Terminal terminal)
        : base(
            "studio",
            "Opens pages in the browser: draw digits, train networks, see each step, take lessons. Only this machine can reach them.")
    {
        this.terminal = terminal;
        Add(model);
        Add(data);
        Add(target);
        Add(port);
        Add(threads);
        Add(noBrowser);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string? file = parse.GetValue(model);
        string? name = parse.GetValue(data);
        var request = name is null ? null : new DataRequest(name, null, parse.GetValue(target) ?? []);
        var options = terminal.Interruption.WaitFor(() =>
        {
            var trained = file is null ? null : Model.Load(ModelArgument.FullPath(file, terminal));
            var itsData = trained is null || request is null ? null : ModelData.Load(trained, request, terminal);
            return new StudioOptions
            {
                Port = port.ValueOr(parse, 0),
                Threads = threads.ValueOr(parse, 0),
                Model = trained,
                ModelName = file ?? "",
                Source = request is null ? null : Load(request, isNeededNow: itsData is null),
                ModelData = itsData,
                Mnist = MnistAccess.Options(null, terminal),
                Inform = terminal.Inform,
            };
        });
        terminal.Interruption.IgnoreLaterSignals();
        using var server = Start(options);
        terminal.Out.WriteLine(server.Address);
        terminal.Out.Flush();
        terminal.Inform("Only this machine can open this address. Press Ctrl-C to end.");
        using var redirect = noBrowser.IsGiven(parse) ? null : OpenBrowser(server.Address);
        terminal.Interruption.Token.WaitHandle.WaitOne();
        return ExitCode.Done;
    }

    /// <param name="request">Which data.</param>
    /// <param name="isNeededNow">Whether to load them at once, so that faults end the command, rather than for the first training run.
    /// </param>
    private GivenData Load(DataRequest request, bool isNeededNow)
    {
        var source = new DataSource(terminal);
        var loaded = new Lazy<LoadedData>(() => source.LoadForTraining(request));
        if (isNeededNow)
            _ = loaded.Value;
        // A loss that learns values reads some targets otherwise.
        var asValues = new Lazy<LoadedData>(() => source.LoadForTraining(request with { Kind = TargetKind.Values }));
        return new GivenData(request.Name!, options => Divide(
            options.Loss is { TakesClasses: false } && loaded.Value.CanHoldValues ? asValues.Value : loaded.Value, options.Seed));
    }

    private static StudioData Divide(LoadedData loaded, ulong seed)
    {
        string name = loaded.Request.Name!;
        string words = loaded.Request.ToArguments(withTarget: true);
        string preset = loaded.Encoding is null ? "" : " --preset default";
        const string code = "// Load train and test as docs/your-data.md shows.";
        var data = loaded.Test is { } test
            ? new StudioData(name, loaded.Train, test, words + preset, code)
            : StudioData.HoldingOut(name, loaded.Train, seed, words + preset, code);
        return data with { Encoding = loaded.Encoding, Notices = loaded.Notices };
    }

    private static StudioServer Start(StudioOptions options)
    {
        try
        {
            return StudioServer.StartAsync(options).GetAwaiter().GetResult();
        }
        catch (Exception error) when (FileError.Is(error))
        {
            throw new OutputException(
                "cannot start the studio", $"port {options.Port}", error.Message, "Use another --port, or none for any that is free.");
        }
    }

    /// <summary>Opens the address, by way of a file. Without a browser, the printed address is enough.</summary>
    /// <returns>The file, to be deleted at the end.</returns>
    private RedirectFile? OpenBrowser(string address)
    {
        RedirectFile? redirect = null;
        try
        {
            redirect = RedirectFile.Create(address);
            using var process = Process.Start(Opening(redirect.Path))!;
            if (OperatingSystem.IsLinux() && process.WaitForExit(BrowserPatience) && process.ExitCode != 0)
                terminal.Inform(NoBrowser);
        }
        catch (Exception error) when (error is InvalidOperationException || FileError.Is(error))
        {
            terminal.Inform(NoBrowser);
        }
        return redirect;
    }

    /// <summary>On Linux a script looks for a browser; what it prints on its way would hide the address.</summary>
    private static ProcessStartInfo Opening(string file) => OperatingSystem.IsLinux()
        ? new ProcessStartInfo("sh", ["-c", "exec xdg-open \"$1\" >/dev/null 2>&1", "sh", file])
        : new ProcessStartInfo(file) { UseShellExecute = true };
}
