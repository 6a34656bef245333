using System.Globalization;
using System.Text;
using Nabla.Tests.Shared;

namespace Nabla.MLNet.Tests;

/// <summary>The program of docs/mlnet.md is compiled and run.</summary>
public sealed class DocumentTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-mlnet-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_program_trains_saves_loads_and_predicts()
    {
        File.WriteAllText(Path.Combine(folder, "customers.csv"), Customers());
        string code = Block();
        foreach (string name in new[] { "customers.csv", "churn.zip" })
            code = code.Replace($"\"{name}\"", $"@\"{Path.Combine(folder, name)}\"", StringComparison.Ordinal);
        string[] lines = CSharpProgram.RunBesideOthers(code).Split('\n');
        Assert.True(File.Exists(Path.Combine(folder, "churn.zip")));
        string[] words = lines[0].Split(' ');
        Assert.Equal("accuracy", words[0]);
        Assert.InRange(double.Parse(words[1].TrimEnd(','), CultureInfo.InvariantCulture), 0.8, 1);
        Assert.InRange(double.Parse(lines[1], CultureInfo.InvariantCulture), 0.5, 1);
    }

    // Those who pay by the month and pay much leave. Some charges are missing.
    private static string Customers()
    {
        var random = new Random(1);
        var text = new StringBuilder("Contract,Tenure,Charges,Churn\n");
        for (int i = 0; i < 120; i++)
        {
            bool isMonthly = random.Next(2) == 0;
            double charges = 20 + 80 * random.NextDouble();
            bool leaves = isMonthly && charges > 40;
            string cell = i % 20 == 3 ? "" : charges.ToString("0.00", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{(isMonthly ? "monthly" : "yearly")},{random.Next(60)},{cell},{leaves}\n");
        }
        return text.ToString();
    }

    private static string Block()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("docs", "mlnet.md"));
        int start = Array.IndexOf(lines, "```csharp");
        Assert.True(start >= 0, "docs/mlnet.md has no C# block.");
        return string.Join('\n', lines[(start + 1)..Array.IndexOf(lines, "```", start)]);
    }
}
