using System.Xml.Linq;
using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>Reports on real data: small files, with the figures of <c>nabla evaluate</c>, text for text.</summary>
public sealed class ReportTests : IDisposable
{
    private const long MostBytes = 1_500_000;

    private readonly NablaProcess nabla = new();

    public void Dispose() => nabla.Dispose();

    [Fact]
    public void The_report_on_ames_has_the_figures_of_an_evaluation()
    {
        string ames = Repository.SharedOrSkip("tables", "ames-train.csv");
        nabla.Succeed($"train \"{ames}\" --target Sale_Price --epochs 8 --report");
        var page = Page();
        string[] lines = nabla.Succeed($"evaluate model.safetensors \"{ames}\" --held-out").Split('\n');
        CheckFigures(page, lines);
        Assert.Contains("Importance of the columns", page.Value, StringComparison.Ordinal);
        nabla.Succeed("report model.safetensors");
        Assert.Equal(page.ToString(), Page().ToString());
    }

    [Fact]
    public void The_report_on_mnist_has_the_figures_of_an_evaluation()
    {
        nabla.Environment["NABLA_DATA"] = Repository.SharedOrSkip("data");
        nabla.Succeed("train mnist --layers 128 --epochs 1 --report");
        var page = Page();
        string[] lines = nabla.Succeed("evaluate model.safetensors mnist").Split('\n');
        CheckFigures(page, lines);
        // Each row of the table of classes, and of the confusion matrix.
        string[][] rows = [.. page.Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
        string[][] shown =
        [
            .. lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 2 && words[0] is [>= '0' and <= '9']),
        ];
        Assert.True(shown.Length >= 10, string.Join('\n', lines));
        Assert.All(shown, words => Assert.Contains(rows, row => row.SequenceEqual(words)));
    }

    /// <summary>The first line is what the page leads with; the lines up to the first empty one are its figures, and all of them.</summary>
    private static void CheckFigures(XElement page, string[] lines)
    {
        Assert.Equal(lines[0], page.Descendants("p").Single(p => p.Attribute("class")?.Value == "lead").Value);
        var figures = page.Descendants("dl").Single(list => list.Attribute("class")?.Value == "figures");
        string[] shown =
        [
            .. figures.Descendants("dt").Zip(figures.Descendants("dd"), (title, value) => $"{title.Value}: {value.Value}"),
        ];
        string[] printed = [.. lines[1..].TakeWhile(line => line.Length > 0)];
        Assert.True(printed.Length >= 2, string.Join('\n', lines));
        Assert.All(printed, line => Assert.Contains(line, shown));
    }

    private XElement Page()
    {
        string path = Path.Combine(nabla.Folder, "report.html"), text = File.ReadAllText(path);
        Assert.InRange(new FileInfo(path).Length, 50_000, MostBytes);
        return XElement.Parse(text[text.IndexOf("<html", StringComparison.Ordinal)..]);
    }
}
