using System.Text;
using Nabla.Tables;

namespace Nabla.Report.Tests;

/// <summary>Small models and data.</summary>
internal static class Samples
{
    /// <summary>Two interleaved classes of two numbers each.</summary>
    public static Dataset Points(int count, int classes = 3)
    {
        var rows = Enumerable.Range(0, count).Select(
            i => (X: Math.Sin(i * 1.7) * 2, Y: Math.Cos(i * 0.9) * 2, Class: i % classes)).ToArray();
        return Dataset.From(rows, row => [row.X + row.Class, row.Y - row.Class], row => $"class {row.Class}", "points");
    }

    /// <summary>Small pictures with a bright row that decides the class.</summary>
    public static Dataset Pictures(int count)
    {
        var bytes = new byte[count * 36];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)((i * 7919L) % 60 + (i / 6 % 6 == i / 36 % 3 ? 150 : 0));
        return new Dataset(
            "pictures", FeatureTable.FromBytes(bytes, count, 36),
            new ClassTargets([.. Enumerable.Range(0, count).Select(i => i % 3)], ["top", "middle", "bottom"]), default, [6, 6]);
    }

    /// <summary>A table whose target is decided by one column alone; another has the same spread, and a third is text.</summary>
    public static (Dataset Data, TableEncoding Encoding) Table(int rows, bool isNumber = false)
    {
        var text = new StringBuilder("decides,noise,colour,day,y\n");
        for (int i = 0; i < rows; i++)
        {
            int a = i * 37 % 100, b = i * 61 % 97;
            string colour = (i * 13 % 3) switch { 0 => "red", 1 => "green", _ => "blue" };
            string y = isNumber ? $"{3 * a + 5}" : a < 50 ? "low" : "high";
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{a},{b},{colour},2024-{i % 12 + 1:00}-{i % 28 + 1:00},{y}\n");
        }
        var table = Nabla.Tables.Table.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), name: "sample.csv");
        var plan = TableDataset.Fit(table, new TableOptions { Targets = ["y"] });
        return (plan.Data, plan.Encoding);
    }

    /// <summary>The page of a report as text.</summary>
    public static string Page(ReportRequest request)
    {
        using var stream = new MemoryStream();
        ReportPage.Write(ReportFindings.Compute(request), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
