using Nabla.Report;
using Nabla.Tables;
using Nabla.Tests.Shared;

namespace Nabla.Studio.Tests;

/// <summary>Reports as files: one on MNIST, and one on a table.</summary>
public sealed class ReportFixture : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-report-").FullName;
    private readonly Dictionary<string, string> paths = [];

    /// <summary>The file of a report. Without its data, the test is skipped.</summary>
    public string PathOf(string name)
    {
        if (paths.TryGetValue(name, out string? known))
            return known;
        var request = name == "mnist" ? OnMnist() : OnTable();
        string path = Path.Combine(folder, $"{name}.html");
        using (var stream = File.Create(path))
            ReportPage.Write(ReportFindings.Compute(request), stream);
        return paths[name] = path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static ReportRequest OnMnist()
    {
        var (train, test) = Mnist.Load(Repository.SharedOrSkip("data"));
        Dataset Part(Dataset data, int count) => data.Select([.. Enumerable.Range(0, count)]);
        var model = Classifier.Train(
            Part(train, 6000), new TrainingOptions { Hidden = [64], Epochs = 3, KeepBest = true }, Part(test, 2000));
        return new ReportRequest(model, "mnist.safetensors")
        {
            Data = Part(test, 2000), Command = "nabla train mnist --layers 64 --epochs 3", Notices = ["A part of MNIST."],
        };
    }

    private static ReportRequest OnTable()
    {
        var table = Table.FromCsv(Repository.SharedOrSkip("tables", "ames-train.csv"));
        var plan = TableDataset.Fit(table, new TableOptions { Targets = ["Sale_Price"] });
        var (train, heldOut) = DatasetSplit.HoldOut(plan.Data, 0.2, seed: 1);
        var model = Regressor.Train(train, new TrainingOptions { Hidden = [32], Epochs = 5 }, heldOut);
        return new ReportRequest(model, "ames.safetensors") { Data = heldOut, Encoding = plan.Encoding };
    }
}
