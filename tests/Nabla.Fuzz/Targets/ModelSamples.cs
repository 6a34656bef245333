using System.Text;
using Nabla.Tables;

namespace Nabla.Fuzz;

/// <summary>Small models of all kinds, trained for an epoch or two.</summary>
internal static class ModelSamples
{
    private static readonly TrainingOptions Options = new() { Hidden = [3], Epochs = 2, BatchSize = 8, Threads = 1 };

    private static readonly string[] Colours = ["red", "white", "blue"];

    private static readonly string Csv = "length,colour,day,weight,species\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
        FormattableString.Invariant($"{i * 0.37},{Colours[i % 3]},2024-05-{1 + i % 28:00},{1e9 + i},k{i % 2}\n")));

    public static IReadOnlyList<Model> OfFeatures { get; } =
    [
        Classifier.Train(Classes(), Options), Regressor.Train(Values(), Options with { Scaling = Scaling.RobustPerFeature }),
        Classifier.Average([Classifier.Train(Classes(), Options), Classifier.Train(Classes(), Options with { Seed = 2 })]),
        Classifier.Train(Classes(), Options with { Hidden = [], Optimizer = new SgdOptions(), Scaling = Scaling.None }),
    ];

    public static IReadOnlyList<Model> OfTables { get; } = [OfTable("species"), OfTable("length")];

    /// <summary>Runs with an optimizer's memory, the best epoch, dropout, and a schedule that learns.</summary>
    public static IReadOnlyList<TrainingOptions> OfCheckpoints { get; } =
    [
        Options, Options with { Optimizer = new AdamOptions(), Dropout = 0.2f, KeepBest = true, Patience = 5 },
        Options with { Optimizer = new MomentumOptions(), Schedule = new ReduceOnPlateauSchedule(), ClipNorm = 1 },
    ];

    private static Model OfTable(string target)
    {
        var table = Table.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(Csv)));
        var data = TableDataset.Fit(table, new TableOptions { Targets = [target] });
        Model model = target == "species" ? Classifier.Train(data.Data, Options) : Regressor.Train(data.Data, Options);
        model.Notes[TableModel.NoteKey] = data.Encoding.ToJson();
        return model;
    }

    public static Dataset Classes() => new(
        "sample", Features(), new ClassTargets([.. Enumerable.Range(0, 24).Select(i => i % 3)], ["a", "b\"é", "c"]));

    private static Dataset Values() =>
        new("sample", Features(), new ValueTargets([.. Enumerable.Range(0, 24).Select(i => i * 0.5f)], ["y"]));

    private static FeatureTable Features() =>
        FeatureTable.FromFloats([.. Enumerable.Range(0, 96).Select(i => i * 37 % 29 / 7f)], 24, 4);
}
