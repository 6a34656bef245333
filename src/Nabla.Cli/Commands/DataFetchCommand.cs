using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla data fetch</c>: downloads a data set.</summary>
internal sealed class DataFetchCommand : Command
{
    private readonly NamedArgument<string> name = new("NAME")
    {
        Description = $"{NamedData.Mnist}, the only data set that can be downloaded.",
        CompletionSources = { NamedData.Mnist },
    };

    private readonly ValueOption<string> folder = new(
        "--data-dir", "FOLDER", "Destination (default: the user's cache).", ValueFormats.File("a folder", "data"));
    private readonly Terminal terminal;

    public DataFetchCommand(Terminal terminal)
        : base("fetch", "Downloads a data set, or resumes an interrupted download.")
    {
        this.terminal = terminal;
        Add(name);
        Add(folder);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string wanted = parse.GetValue(name)!;
        if (wanted != NamedData.Mnist)
        {
            throw new UsageException(
                $"cannot fetch {wanted}", $"{NamedData.Mnist} is the only data set that can be downloaded",
                $"nabla data fetch {NamedData.Mnist}");
        }
        string? place = parse.GetValue(folder);
        var options = MnistAccess.Options(place, terminal);
        var source = Mnist.Find(options);
        if (source is null)
            source = MnistAccess.Download(place is null ? options : options with { CacheDirectory = terminal.FullPath(place) }, terminal);
        else
            terminal.Inform("MNIST is already there. Checking its arrays.");
        Mnist.Read(source);
        terminal.Out.WriteLine(terminal.DisplayPath(source.Path));
        return ExitCode.Done;
    }
}
