using System.Globalization;

namespace Nabla.Tests;

/// <summary>The tables of the documents have all kinds.</summary>
public class KindDocumentTests
{
    // Documents with a formula for each kind, which only a person can write.
    private static readonly (string Document, IEnumerable<Kind> Kinds)[] Formulas =
    [
        ("docs/backprop.md", Activation.Elementwise.Where(kind => kind.HasTrueDerivative)),
        ("docs/backprop.md", Loss.All),
        ("docs/optimizers.md", OptimizerOptions.All),
        ("docs/optimizers.md", Schedule.All),
        ("docs/optimizers.md", Initialization.All),
    ];

    public static TheoryData<string, string> RowsWithFormulas =>
        [.. Formulas.SelectMany(formula => formula.Kinds.Select(kind => (formula.Document, $"| `{kind.Name}` | ")))];

    [Theory, MemberData(nameof(RowsWithFormulas))]
    public void Every_kind_has_a_row_with_its_formula(string document, string beginning) => Assert.True(
        File.ReadLines(Repository.PathOf(document)).Any(line => line.StartsWith(beginning, StringComparison.Ordinal)),
        $"{document} needs a row that begins with {beginning}");

    [Fact]
    public void The_command_line_lists_all_kinds_with_their_parameters() => GeneratedTable.Matches(
        "docs/command-line.md", "| kind | what it is | parameters with their defaults |",
        [
            .. Rows("activation", Activation.Elementwise), .. Rows("output-activation", Activation.All.Except(Activation.Elementwise)),
            .. Rows("loss", Loss.All), .. Rows("optimizer", OptimizerOptions.All), .. Rows("schedule", Schedule.All),
            .. Rows("scaling", Scaling.All), .. Rows("init", Initialization.All),
        ]);

    [Fact]
    public void The_command_line_lists_what_losses_take() => GeneratedTable.Matches(
        "docs/command-line.md", "| loss | targets | output activations, default first |",
        Loss.All.Select(loss => new[] { $"`{loss.Name}`", Targets(loss), Outputs(loss) }));

    [Fact]
    public void The_page_of_optimizers_lists_what_schedules_yield() => GeneratedTable.Matches(
        "docs/optimizers.md", "| kind | s = 0 | 10 | 25 | 50 | 75 | 99 |",
        Schedule.All.Select(schedule => new[] { $"`{Text(schedule)}`" }.Concat(
            ((long[])[0, 10, 25, 50, 75, 99]).Select(step => Number(schedule.LearningRate(1, step, 100, 10), "0.0000"))).ToArray()));

    private static IEnumerable<string[]> Rows(string option, IEnumerable<Kind> kinds) => kinds.Select(kind => new[]
    {
        $"`--{option} {kind.Name}`", kind.Description, string.Join(", ", Parameters(kind).Select(parameter => $"`{parameter}`")),
    });

    private static string Targets(Loss loss) => (loss.TakesClasses, loss.TakesValues, loss.TargetRange) switch
    {
        (true, true, _) => "classes or values",
        (true, false, _) => "classes",
        (_, _, (float.MinValue, float.MaxValue)) => "values",
        (_, _, (var least, float.MaxValue)) => $"values of {Number(least)} or more",
        (_, _, var (least, most)) => $"values from {Number(least)} to {Number(most)}",
    };

    private static string Outputs(Loss loss) => loss.OutputActivations.Count == Activation.Elementwise.Count
        ? $"`{loss.OutputActivations[0].Name}`, or any activation of hidden layers"
        : string.Join(", ", loss.OutputActivations.Select(kind => $"`{kind.Name}`"));

    private static string Text(Kind kind) => kind.Parameters.Count == 0 ? kind.Name : $"{kind.Name}:{string.Join(",", Parameters(kind))}";

    private static IEnumerable<string> Parameters(Kind kind) => kind.Parameters.Select(p => $"{p.Name}={Number(p.ValueOf(kind))}");

    private static string Number(double number, string format = "") => number.ToString(format, CultureInfo.InvariantCulture);

    private static string Number(float number) => number.ToString(CultureInfo.InvariantCulture);
}
