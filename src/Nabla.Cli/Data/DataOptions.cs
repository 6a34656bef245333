using System.CommandLine;

namespace Nabla.Cli;

/// <summary>The options for data: DATA, --data-dir, --target.</summary>
internal sealed class DataOptions
{
    private readonly Argument<string?> data;

    private readonly ValueOption<string> folder = new(
        "--data-dir", "FOLDER",
        "Folder with mnist.npz (default: NABLA_DATA, ./data, ../shared/data and the user's cache are searched).",
        ValueFormats.Text("a folder", "data"));

    private readonly RepeatedOption target = new(
        "--target", "COLUMN",
        "Column of a table to predict; required, unless the model has it. Repeat the option to predict several values.",
        "a column's name", "species");

    private readonly TableOptionSet table;

    /// <param name="isOptional">Whether the command works without DATA.</param>
    /// <param name="use">What the command does with tables.</param>
    public DataOptions(bool isOptional, TableUse use)
    {
        table = new TableOptionSet(use);
        data = new Argument<string?>("DATA")
        {
            Description = string.Join(" | ", [.. NamedData.All, .. DataSource.FileNouns])
                + (isOptional ? " (default: mnist, or digits if there is neither mnist nor a network)" : ""),
            Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
    }

    public void AddTo(Command command)
    {
        command.Add(data);
        command.Add(folder);
        command.Add(target);
        table.AddTo(command);
    }

    public DataRequest Bind(ParseResult parse) =>
        new(parse.GetValue(data), parse.GetValue(folder), parse.GetValue(target) ?? []) { Table = table.Bind(parse) };
}
