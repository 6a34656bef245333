using System.Text.Json;

namespace Nabla.Cli.Tests;

public sealed class CompareTests
{
    private static Session WithTable() => new Session().With(
        "table.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 10},{(i % 10 is > 2 and < 7 ? "in" : "out")}\n")));

    [Fact]
    public void The_most_frequent_class_a_line_and_the_network_are_compared()
    {
        using var session = WithTable();
        session.Run("compare table.csv --target y --folds 3 --layers 32 --epochs 60 --json");
        var results = session.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(
            ["most frequent class", "linear (no hidden layer)", "network 1-32-2"],
            results.Select(result => result.GetProperty("model").GetString()));
        double[] accuracies = [.. results.Select(result => result.GetProperty("accuracy").GetDouble())];
        Assert.Equal(0.6, accuracies[0], 1e-9); // 36 of 60
        Assert.InRange(accuracies[1], 0.5, 0.85); // what lies between two bounds is not linear
        Assert.InRange(accuracies[2], 0.95, 1);
    }

    [Fact]
    public void Values_are_compared_with_their_mean()
    {
        using var session = new Session().With(
            "line.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i},{2 * i}.5\n")));
        session.Run("compare line.csv --target y --folds 2 --layers 8 --epochs 40");
        string[] lines = session.Output.TrimEnd().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("model", lines[0], StringComparison.Ordinal);
        Assert.Contains("RMSE", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("mean ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void One_fold_is_refused()
    {
        using var session = WithTable();
        session.Run("compare table.csv --target y --folds 1");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
    }
}
