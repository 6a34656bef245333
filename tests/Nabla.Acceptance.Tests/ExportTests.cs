using System.Diagnostics;
using System.Globalization;
using Nabla.Tables;
using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>The programs of docs/export.md, and a C# program on MNIST in an empty project.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly string[] Page = File.ReadAllLines(Repository.PathOf("docs", "export.md"));

    private readonly NablaProcess nabla = new();

    public void Dispose() => nabla.Dispose();

    [Fact]
    public void The_programs_of_the_page_see_the_class_of_a_picture()
    {
        foreach (string command in Page.Where(line => line.StartsWith("    nabla ", StringComparison.Ordinal)).Take(2))
            nabla.Succeed(command.Trim()["nabla ".Length..]);
        var expected = Classifier.Load(PathOf("model.safetensors")).Predict(new byte[784]);
        string printed = CSharpProgram.RunAlone(File.ReadAllText(PathOf("Digits.cs")), Block("csharp", 0));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{expected.ClassName}: {expected.Score:0.00}\n"), printed);
        Python.SkipWithoutNumPy();
        string[] fields = RunPython(Block("python", 0)).Split(' ');
        Assert.Equal(expected.ClassName, fields[0]);
        Assert.Equal(expected.Score, float.Parse(fields[1], CultureInfo.InvariantCulture), 1e-6f);
    }

    [Fact]
    public void The_programs_of_the_page_take_rows_of_a_table()
    {
        string[] towns = ["Oslo", "Rome", "Bern"];
        File.WriteAllLines(PathOf("sales.csv"), Enumerable.Range(0, 90).Select(i =>
            $"{(i % 7 == 0 ? "" : $"{i}.5")},{towns[i % 3]},{(i % 8 == 0 ? "" : $"2024-0{1 + i % 9}-{10 + i % 19}")},{100 * i + i % 3}")
            .Prepend("size,town,sold on,price"));
        nabla.Succeed("train sales.csv --target price --task regression --epochs 3 --out sales.safetensors");
        nabla.Succeed("export sales.safetensors --csharp Sales.cs --python sales.py");
        var model = TableModel.Load(PathOf("sales.safetensors"));
        double full = Price(81.5, "Oslo", new DateTime(2024, 5, 31)), missing = Price(null, "Rome", null);
        string printed = CSharpProgram.RunAlone(
            File.ReadAllText(PathOf("Sales.cs")), Block("csharp", 1) + "\nConsole.WriteLine($\"{price:R}\");");
        Assert.Equal(full, double.Parse(printed, CultureInfo.InvariantCulture));
        Python.SkipWithoutNumPy();
        string[] prices = RunPython(Block("python", 1) + "\nprint(*prices.ravel())").Split(' ');
        Assert.Equal([full, missing], prices.Select(price => double.Parse(price, CultureInfo.InvariantCulture)), (a, b) =>
            Math.Abs(a - b) <= 1e-6 * Math.Abs(a));

        double Price(double? size, string town, DateTime? day) => model.Predict(
            new Dictionary<string, object?> { ["size"] = size, ["town"] = town, ["sold on"] = day }).Values["price"];
    }

    [Fact(Explicit = true)]
    public void A_program_in_an_empty_project_predicts_10_000_digits_with_the_same_bits()
    {
        nabla.Environment["NABLA_DATA"] = Repository.SharedOrSkip("data");
        nabla.Succeed("train mnist --epochs 1");
        Directory.CreateDirectory(PathOf("empty"));
        nabla.Succeed("export model.safetensors --csharp empty/Digits.cs");
        File.WriteAllText(PathOf("empty/empty.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <AnalysisLevel>latest-recommended</AnalysisLevel>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(PathOf("empty/Program.cs"), """
            byte[] pixels = System.IO.File.ReadAllBytes(args[0]);
            using var output = System.IO.File.Create(args[1]);
            for (int start = 0; start < pixels.Length; start += Digits.Features)
            {
                foreach (float score in Digits.Predict(System.MemoryExtensions.AsSpan(pixels, start, Digits.Features)))
                    output.Write(System.BitConverter.GetBytes(score));
            }
            """);
        var inputs = Mnist.Load(nabla.Environment["NABLA_DATA"]).Test.Inputs;
        File.WriteAllBytes(PathOf("pixels"), inputs.Bytes.ToArray());
        Start("dotnet", "run", "-c", "Release", "--project", PathOf("empty"), "--", PathOf("pixels"), PathOf("scores"));
        byte[] expected = [.. Classifier.Load(PathOf("model.safetensors")).Predict(inputs)
            .SelectMany(prediction => prediction.Scores.SelectMany(BitConverter.GetBytes))];
        Assert.Equal(10_000 * 10 * sizeof(float), expected.Length);
        Assert.Equal(expected, File.ReadAllBytes(PathOf("scores")));
    }

    private string PathOf(string name) => Path.Combine(nabla.Folder, name);

    /// <summary>A fenced block of the page.</summary>
    private static string Block(string language, int number)
    {
        int[] starts = [.. Page.Index().Where(line => line.Item == "```" + language).Select(line => line.Index + 1)];
        return string.Join('\n', Page.Skip(starts[number]).TakeWhile(line => line != "```"));
    }

    private string RunPython(string program)
    {
        File.WriteAllText(PathOf("page.py"), program);
        return Python.Run("-B", PathOf("page.py")).Trim();
    }

    private static void Start(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }
}
