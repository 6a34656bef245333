using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla data fetch</c>: downloads a data set.</summary>
internal sealed class DataFetchCommand : Command
{
    private readonly Argument<string> name = new("NAME") { Description = $"{NamedData.Mnist}: the only set that is downloaded." };
    private readonly ValueOption<string> folder = new(
        "--data-dir", "FOLDER", "Where it goes (default: the user's cache).", ValueFormats.Text("a folder", "data"));
    private readonly Terminal terminal;

    public DataFetchCommand(Terminal terminal)
        : base("fetch", "Downloads a data set, or resumes a download that was cut off.")
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
                $"cannot fetch {wanted}", $"{NamedData.Mnist} is the only set that is downloaded", $"nabla data fetch {NamedData.Mnist}");
        }
        string? place = parse.GetValue(folder);
        var options = MnistAccess.Options(place, terminal);
        var source = Mnist.Find(options);
        if (source is null)
            source = MnistAccess.Download(place is null ? options : options with { CacheDirectory = terminal.FullPath(place) }, terminal);
        else
            terminal.Inform("It is there already; its arrays are being checked.");
        Mnist.Read(source);
        terminal.Out.WriteLine(terminal.Shown(source.Path));
        return ExitCode.Done;
    }
}
