using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla data list</c>: lists the named data sets, and where they are.</summary>
internal sealed class DataListCommand : Command
{
    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public DataListCommand(Terminal terminal)
        : base("list", "Lists the named data sets, and where they are.")
    {
        this.terminal = terminal;
        json = JsonSwitch.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string? found = Mnist.Find(MnistAccess.Options(null, terminal))?.Path;
        Entry[] entries =
        [
            new(NamedData.Mnist, 60_000, 10_000, found, "not on this machine: nabla data fetch mnist"),
            new(NamedData.Digits, 60_000, 10_000, null, "drawn by the program itself"),
        ];
        if (json.IsGiven(parse))
        {
            foreach (var entry in entries)
            {
                JsonLine.Write(terminal.Out, line => line
                    .Text("name", entry.Name).Number("train", entry.Train).Number("test", entry.Test).Text("path", entry.Path));
            }
        }
        else
        {
            TextTable.Write(terminal.Out,
                [["name", "train", "test", "where"], .. entries.Select(e => new[] { e.Name, $"{e.Train}", $"{e.Test}", Where(e) })]);
        }
        return ExitCode.Done;
    }

    private string Where(Entry entry) => entry.Path is null ? entry.Otherwise : terminal.DisplayPath(entry.Path);

    private sealed record Entry(string Name, int Train, int Test, string? Path, string Otherwise);
}
