using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla data fetch</c>: downloads a data set.</summary>
internal sealed class DataFetchCommand : Command
{
    private readonly Argument<string> name = new("NAME") { Description = "mnist: the only set that is downloaded." };
    private readonly ValueOption<string> folder = new(
        "--data-dir", "FOLDER", "Where it goes; the user's cache if left out.", Formats.Text("a folder", "data"));
    private readonly Terminal terminal;

    public DataFetchCommand(Terminal terminal)
        : base("fetch", "Downloads a data set, or goes on with a download that was cut off.")
    {
        this.terminal = terminal;
        Add(name);
        Add(folder);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string wanted = parse.GetValue(name)!;
        if (wanted != "mnist")
            throw new UsageException($"cannot fetch {wanted}", "mnist is the only set that is downloaded", "nabla data fetch mnist");
        string? place = parse.GetValue(folder);
        var options = MnistAccess.Options(place, terminal);
        var source = Mnist.Find(options);
        if (source is null)
            source = MnistAccess.Download(place is null ? options : options with { CacheDirectory = terminal.FullPath(place) }, terminal);
        else
            terminal.Say("It is there already; its arrays are checked.");
        Mnist.Read(source);
        terminal.Out.WriteLine(terminal.Shown(source.Path));
        return ExitCode.Done;
    }
}
