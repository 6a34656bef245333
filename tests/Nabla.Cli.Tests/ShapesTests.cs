using System.Globalization;
using System.Text;

namespace Nabla.Cli.Tests;

/// <summary>The shapes of docs/shapes.md are learned by the commands there.</summary>
public sealed class ShapesTests
{
    private static readonly Dictionary<string, Func<Random, (double X, double Y, bool Class)>> Shapes = new()
    {
        ["xor"] = random =>
        {
            double x = Between(random, -1, 1), y = Between(random, -1, 1);
            return (x, y, x * y > 0);
        },
        ["circles"] = random =>
        {
            bool inner = random.Next(2) == 0;
            double angle = Between(random, 0, 2 * Math.PI), radius = inner ? 0.5 : 1;
            return (radius * Math.Cos(angle) + Noise(random, 0.06), radius * Math.Sin(angle) + Noise(random, 0.06), inner);
        },
        ["moons"] = random =>
        {
            bool lower = random.Next(2) == 0;
            double angle = Between(random, 0, Math.PI), x = Math.Cos(angle), y = Math.Sin(angle);
            (x, y) = lower ? (1 - x, 0.5 - y) : (x, y);
            return (x + Noise(random, 0.1), y + Noise(random, 0.1), lower);
        },
        ["spiral"] = random =>
        {
            bool second = random.Next(2) == 0;
            double along = Between(random, 0.1, 1), angle = 3 * Math.PI * along + (second ? Math.PI : 0);
            return (along * Math.Cos(angle) + Noise(random, 0.02), along * Math.Sin(angle) + Noise(random, 0.02), second);
        },
    };

    public static TheoryData<string> Commands =>
        [.. File.ReadLines(Path.Combine(Snapshot.Root, "docs", "shapes.md"))
            .Where(line => line.StartsWith("    nabla ", StringComparison.Ordinal)).Select(line => line.Trim())];

    [Theory, MemberData(nameof(Commands))]
    public void Each_shape_is_learned_by_its_command(string command)
    {
        string shape = command.Split(' ')[2].Replace(".csv", "", StringComparison.Ordinal);
        using var session = new Session()
            .With($"{shape}.csv", Table(shape, 600, seed: 1)).With($"{shape}-test.csv", Table(shape, 400, seed: 2));
        session.RunSilently(command["nabla ".Length..]);
        string accuracy = session.Run($"evaluate model.safetensors {shape}-test.csv").Output.Split("Accuracy: ")[1].Split(' ')[0];
        Assert.InRange(double.Parse(accuracy, CultureInfo.InvariantCulture), 0.98, 1);
    }

    [Fact]
    public void Every_shape_has_a_command() =>
        Assert.Equal(Shapes.Keys, Commands.Select(row => row.Data.Split(' ')[2].Replace(".csv", "", StringComparison.Ordinal)));

    private static string Table(string shape, int rows, int seed)
    {
        var random = new Random(seed);
        var table = new StringBuilder("x,y,class\n");
        for (int i = 0; i < rows; i++)
        {
            var (x, y, isSecond) = Shapes[shape](random);
            table.Append(CultureInfo.InvariantCulture, $"{x:R},{y:R},{(isSecond ? "b" : "a")}\n");
        }
        return table.ToString();
    }

    private static double Between(Random random, double least, double most) => least + (most - least) * random.NextDouble();

    private static double Noise(Random random, double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
