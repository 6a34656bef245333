using System.CommandLine;

namespace Nabla.Cli;

/// <summary>Which data, and how to read it: DATA, --data-dir, --target.</summary>
internal sealed class DataFlags
{
    private readonly Argument<string?> data;

    public ValueOption<string> Folder { get; } = new(
        "--data-dir", "FOLDER", "Folder that holds mnist.npz; if left out, NABLA_DATA, ./data, ../shared/data and the user's cache are searched.", Formats.Text("a folder", "data"));

    public ValueOption<string> Target { get; } = new(
        "--target", "COLUMN", "The column of a CSV file that is to be predicted; a table needs it, unless a model knows it.", Formats.Text("a column's name", "species"));

    /// <param name="isOptional">Whether the command works without a name.</param>
    public DataFlags(bool isOptional) => data = new Argument<string?>("DATA")
    {
        Description = "mnist | digits | a .npz with x_train, y_train (x_test, y_test) | IDX files or their folder | a .csv with --target" + (isOptional ? "; mnist if left out, or digits where there is neither mnist nor a network" : ""),
        Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
    };

    public void AddTo(Command command)
    {
        command.Add(data);
        command.Add(Folder);
        command.Add(Target);
    }

    public DataRequest Bind(ParseResult parse) => new(parse.GetValue(data), parse.GetValue(Folder), parse.GetValue(Target));
}
