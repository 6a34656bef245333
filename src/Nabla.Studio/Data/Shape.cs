using System.Globalization;
using System.Text;
using Nabla.Kernels;

namespace Nabla.Studio;

/// <summary>Points in the plane in two classes.</summary>
internal sealed class Shape
{
    private delegate (double X, double Y, bool IsSecond) Draw(ref RandomStream random);

    private const int TestRows = 400;
    private const ulong TrainSeed = 1, TestSeed = 2;

    private readonly ulong number;
    private readonly Draw draw;
    private readonly int trainRows;

    private Shape(
        ulong number, string name, string title, string description, string options, Draw draw, int trainRows = 600)
    {
        this.number = number;
        this.draw = draw;
        this.trainRows = trainRows;
        (Name, Title, Description) = (name, title, description);
        Defaults = PageOptions.Split(options);
    }

    /// <summary>Those of the page for training: no line separates their classes (docs/shapes.md).</summary>
    public static IReadOnlyList<Shape> All { get; } =
    [
        new(0, "circles", "Circles", "Two rings, one inside the other: two features, two classes.",
            "layers 16 activation tanh learning-rate 0.02 batch-size 32 epochs 40", Circles),
        new(1, "moons", "Moons", "Two interleaved half circles: two features, two classes.",
            "layers 16 activation tanh learning-rate 0.02 batch-size 32 epochs 60", Moons),
        new(2, "xor", "XOR", "Four quarters of a square, opposite ones of the same class: two features.",
            "layers 32 activation relu learning-rate 0.02 batch-size 32 epochs 150 schedule cosine", Xor),
        new(3, "spiral", "Spiral", "Two arms that wind around each other: two features, two classes.",
            "layers 32,32 activation tanh learning-rate 0.01 batch-size 32 epochs 150 schedule cosine", Spiral),
    ];

    /// <summary>Those of lessons.</summary>
    public static IReadOnlyList<Shape> ForLessons { get; } =
    [
        new(4, "clouds", "Two clouds", "Two clouds that a line separates: two features, two classes.",
            "layers none learning-rate 0.1 batch-size 32 epochs 20", Clouds),
        new(5, "few-points", "Few points", "Two half circles, blurred, with few points to learn from: two features, two classes.",
            "layers 64,64 activation relu learning-rate 0.01 batch-size 16 epochs 100", FewPoints, trainRows: 60),
    ];

    public string Name { get; }

    public string Title { get; }

    public string Description { get; }

    /// <summary>Option values with which the shape is learned.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; }

    /// <summary>The training points as a table in CSV with the columns x, y and class.</summary>
    public string TrainTable => Table(trainRows, TrainSeed);

    /// <summary>The held-out points.</summary>
    public string TestTable => Table(TestRows, TestSeed);

    private string Table(int rows, ulong seed)
    {
        var random = new RandomStream(seed, RandomPurpose.Shapes, number);
        var table = new StringBuilder("x,y,class\n");
        for (int i = 0; i < rows; i++)
        {
            var (x, y, isSecond) = draw(ref random);
            // Four decimals: the functions of angles differ in the last bits between systems.
            table.Append(CultureInfo.InvariantCulture, $"{x:0.0000},{y:0.0000},{(isSecond ? "b" : "a")}\n");
        }
        return table.ToString();
    }

    private static (double X, double Y, bool IsSecond) Circles(ref RandomStream random)
    {
        bool inner = Coin(ref random);
        double angle = 2 * Math.PI * random.NextUnit(), radius = inner ? 0.5 : 1;
        return (radius * Math.Cos(angle) + Noise(ref random, 0.06), radius * Math.Sin(angle) + Noise(ref random, 0.06), inner);
    }

    private static (double X, double Y, bool IsSecond) Clouds(ref RandomStream random)
    {
        bool second = Coin(ref random);
        double side = second ? 1 : -1;
        return (side + Noise(ref random, 0.45), side * 0.6 + Noise(ref random, 0.45), second);
    }

    private static (double X, double Y, bool IsSecond) Moons(ref RandomStream random) => HalfCircles(ref random, 0.1);

    private static (double X, double Y, bool IsSecond) FewPoints(ref RandomStream random) => HalfCircles(ref random, 0.3);

    private static (double X, double Y, bool IsSecond) HalfCircles(ref RandomStream random, double noise)
    {
        bool lower = Coin(ref random);
        double angle = Math.PI * random.NextUnit(), x = Math.Cos(angle), y = Math.Sin(angle);
        (x, y) = lower ? (1 - x, 0.5 - y) : (x, y);
        return (x + Noise(ref random, noise), y + Noise(ref random, noise), lower);
    }

    private static (double X, double Y, bool IsSecond) Xor(ref RandomStream random)
    {
        double x = 2 * random.NextUnit() - 1, y = 2 * random.NextUnit() - 1;
        return (x, y, x * y > 0);
    }

    private static (double X, double Y, bool IsSecond) Spiral(ref RandomStream random)
    {
        bool second = Coin(ref random);
        double along = 0.1 + 0.9 * random.NextUnit(), angle = 3 * Math.PI * along + (second ? Math.PI : 0);
        return (along * Math.Cos(angle) + Noise(ref random, 0.02), along * Math.Sin(angle) + Noise(ref random, 0.02), second);
    }

    private static bool Coin(ref RandomStream random) => random.NextUnit() < 0.5;

    private static double Noise(ref RandomStream random, double deviation) => deviation * random.NextNormal();
}
