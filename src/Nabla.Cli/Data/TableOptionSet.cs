using System.CommandLine;
using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>The options that say how to read a table.</summary>
/// <param name="use">What a command does with tables.</param>
internal sealed class TableOptionSet(TableUse use)
{
    private static readonly Dictionary<string, ColumnKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["number"] = ColumnKind.Number,
        ["category"] = ColumnKind.Category,
        ["date"] = ColumnKind.Date,
        ["ignore"] = ColumnKind.Ignore,
    };

    private readonly RepeatedOption columns = new(
        "--columns", "NAME=KIND",
        $"The kind of a column of a table: {WordList.Or([.. Kinds.Keys])} (default: found in the data; nabla inspect shows it).",
        "a column and its kind, such as age=number; several are separated by commas", "zip=category");

    private readonly ValueOption<string> ignored = new(
        "--ignore", "NAMES", "Columns of a table to leave out, separated by commas.", ValueFormats.Text("columns", "id,name"));

    private readonly ValueOption<string> only = new(
        "--only", "NAMES", "The columns of a table to use as inputs, separated by commas; all others are left out.",
        ValueFormats.Text("columns", "age,height"));

    private readonly RepeatedOption missing = new(
        "--missing", "TEXT",
        "A text that stands for a missing value in a table, besides an empty cell, instead of the usual ones (NA, null, ? and so on). "
        + "Repeat the option for several.",
        "a text", "-");

    private readonly ValueOption<string> invalid = new(
        "--invalid", "error|missing",
        "What to do with cells that are not numbers in a column of numbers: refuse the table, or treat them as missing (default: error).",
        Choices.Among("error", "missing"));

    private readonly ValueOption<string> weight = new(
        "--weight-column", "NAME", "Column of a table with the weight of each example in training; it is not an input.",
        ValueFormats.Text("a column", "weight"));

    private readonly Switch noHeader = new("--no-header", "The table has no line with column names: they are 1, 2, 3 and so on.");

    private readonly ValueOption<char> separator = new(
        "--separator", "CHARACTER",
        "What separates the fields of a table (default: comma, semicolon, tab or vertical bar, as in its first line).",
        new ValueFormat<char>("one character, or tab or space", ";", TrySeparator) { Candidates = _ => Candidate.Names(["tab", "space"]) });

    private readonly ValueOption<string> unknown = new(
        "--unknown", "ignore|error",
        "What to do with a category that the model does not know: predict without it, or refuse the table (default: ignore).",
        Choices.Among("ignore", "error"));

    /// <summary>The options that decide what becomes of the columns. A model keeps what they decide.</summary>
    private Option[] Planning => use == TableUse.Plan ? [columns, ignored, only, missing, invalid, weight, noHeader] : [];

    private Option[] All => [.. Planning, separator, .. use == TableUse.Encode ? (Option[])[unknown] : []];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <exception cref="UsageException">A kind of column is unknown, or a column is given twice.</exception>
    public TableSettings Bind(ParseResult parse) => new()
    {
        Given = All.FirstOrDefault(option => Words(option, parse).Length > 0)?.Name,
        PlanArguments = string.Concat(Planning.Select(option => Words(option, parse))),
        Separator = separator.IsGiven(parse) ? parse.GetValue(separator) : null,
        HasHeader = !noHeader.IsGiven(parse),
        Unknown = parse.GetValue(unknown) == "error" ? UnknownCategoryHandling.Error : UnknownCategoryHandling.Ignore,
        Options = new TableOptions
        {
            Targets = [],
            Kinds = KindsOf(parse),
            Only = only.IsGiven(parse) ? Names(parse.GetValue(only)!) : null,
            MissingMarkers = parse.GetResult(missing) is null ? null : parse.GetValue(missing),
            WeightColumn = weight.IsGiven(parse) ? parse.GetValue(weight) : null,
            InvalidCells = parse.GetValue(invalid) == "missing" ? InvalidCellHandling.Missing : InvalidCellHandling.Error,
        },
    };

    /// <summary>An option as the user gave it, after a space; empty if it was not given.</summary>
    private static string Words(Option option, ParseResult parse)
    {
        if (parse.GetResult(option) is not { Implicit: false } result)
            return "";
        return result.Tokens.Count == 0
            ? $" {option.Name}"
            : string.Concat(result.Tokens.Select(token => $" {option.Name} {ShellWord.Quote(token.Value)}"));
    }

    private Dictionary<string, ColumnKind> KindsOf(ParseResult parse)
    {
        var kinds = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);
        foreach (string name in Names(parse.GetValue(ignored) ?? ""))
            kinds[name] = ColumnKind.Ignore;
        foreach (string pair in (parse.GetValue(columns) ?? []).SelectMany(Names))
        {
            int end = pair.LastIndexOf('=');
            string name = end < 0 ? pair : pair[..end], kind = end < 0 ? "" : pair[(end + 1)..];
            if (!Kinds.TryGetValue(kind, out var value))
            {
                throw new UsageException(
                    $"cannot use --columns {pair}", $"{(kind.Length == 0 ? "a kind is missing" : $"{kind} is not a kind of column")}",
                    $"--columns {ShellWord.Quote($"{name}=category")} ({WordList.Or([.. Kinds.Keys])})");
            }
            if (!kinds.TryAdd(name, value))
                throw new UsageException($"cannot use --columns {pair}", $"{name} is given twice", "Give each column once.");
        }
        return kinds;
    }

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool TrySeparator(string text, out char separator)
    {
        separator = text switch
        {
            "tab" or "\\t" => '\t',
            "space" => ' ',
            [var one] => one,
            _ => '\0',
        };
        return separator is > '\0' and < '\x7F' and not ('"' or '\n' or '\r');
    }
}

/// <summary>What a command does with tables.</summary>
internal enum TableUse
{
    /// <summary>Decide what becomes of the columns.</summary>
    Plan,

    /// <summary>Encode them as the training data were encoded.</summary>
    Encode,
}
