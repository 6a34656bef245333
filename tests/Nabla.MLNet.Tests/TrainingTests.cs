using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet.Tests;

/// <summary>ML.NET's rows give the bits of the library.</summary>
public sealed class TrainingTests
{
    private static readonly Flowers.Row[] Rows = Flowers.Rows();

    private readonly MLContext context = new(seed: 3);

    private static Targets Dear => new ClassTargets([.. Rows.Select(row => row.IsDear ? 1 : 0)], ["False", "True"]);

    private static Targets Prices => new ValueTargets([.. Rows.Select(row => (double)row.Price)], ["Price"]);

    [Fact]
    public void Two_classes_have_the_fingerprint_of_the_library()
    {
        var model = context.BinaryClassification.Trainers.Nabla("IsDear", training: Flowers.Quick).Fit(Flowers.View(context, Rows)).Model;
        Assert.Equal(Classifier.Train(Flowers.Dataset(Rows, Dear), Flowers.Quick).Fingerprint, model.Fingerprint);
    }

    [Fact]
    public void Several_classes_have_the_fingerprint_of_the_library()
    {
        var model = context.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(context.MulticlassClassification.Trainers.Nabla(training: Flowers.Quick))
            .Fit(Flowers.View(context, Rows)).LastTransformer.Model;
        string[] names = [.. Rows.Select(row => row.Kind).Distinct()]; // ML.NET numbers keys as values occur
        var targets = new ClassTargets([.. Rows.Select(row => Array.IndexOf(names, row.Kind))], names);
        Assert.Equal(names, model.ClassNames);
        Assert.Equal(Classifier.Train(Flowers.Dataset(Rows, targets), Flowers.Quick).Fingerprint, model.Fingerprint);
    }

    [Fact]
    public void Values_have_the_fingerprint_of_the_library()
    {
        var model = context.Regression.Trainers.Nabla("Price", training: Flowers.Quick).Fit(Flowers.View(context, Rows)).Model;
        Assert.Equal(Regressor.Train(Flowers.Dataset(Rows, Prices), Flowers.Quick).Fingerprint, model.Fingerprint);
        Assert.Equal(["Price"], model.TargetNames);
    }

    [Fact]
    public void Rows_count_as_much_as_their_weight()
    {
        var model = context.Regression.Trainers
            .Nabla("Price", exampleWeightColumnName: "Weight", training: Flowers.Quick).Fit(Flowers.View(context, Rows)).Model;
        Assert.Equal(Regressor.Train(Flowers.Dataset(Rows, Prices, weighted: true), Flowers.Quick).Fingerprint, model.Fingerprint);
        Assert.NotEqual(Regressor.Train(Flowers.Dataset(Rows, Prices), Flowers.Quick).Fingerprint, model.Fingerprint);
    }

    [Fact]
    public void The_best_epoch_is_found_on_rows_that_are_held_out()
    {
        var options = Flowers.Quick with { KeepBest = true, Epochs = 9 };
        var model = Train(new NablaTrainerOptions { LabelColumnName = "IsDear", Training = options, ValidationFraction = 0.3 });
        var (train, held) = DatasetSplit.HoldOut(Flowers.Dataset(Rows, Dear), 0.3, options.Seed);
        Assert.Equal(Classifier.Train(train, options, held).Fingerprint, model.Fingerprint);
    }

    [Fact]
    public void The_best_epoch_is_found_on_validation_data()
    {
        var options = Flowers.Quick with { KeepBest = true, Epochs = 9 };
        var other = Flowers.Rows(40, seed: 2);
        var trainer = context.BinaryClassification.Trainers.Nabla("IsDear", training: options);
        var model = trainer.Fit(Flowers.View(context, Rows), Flowers.View(context, other)).Model;
        var held = Flowers.Dataset(other, new ClassTargets([.. other.Select(row => row.IsDear ? 1 : 0)], ["False", "True"]));
        Assert.Equal(Classifier.Train(Flowers.Dataset(Rows, Dear), options, held).Fingerprint, model.Fingerprint);
    }

    [Fact]
    public void Members_are_those_of_an_ensemble()
    {
        var model = Train(new NablaTrainerOptions { LabelColumnName = "IsDear", Training = Flowers.Quick, Members = 2 });
        var ensemble = new EnsembleTraining(Flowers.Dataset(Rows, Dear), Flowers.Quick, 2);
        ensemble.Run();
        Assert.Equal(2, model.Members.Count);
        Assert.Equal(ensemble.CreateModel().Fingerprint, model.Fingerprint);
    }

    [Fact]
    public void The_default_is_the_preset_for_tables()
    {
        var model = context.Regression.Trainers.Nabla("Price").Fit(Flowers.View(context, Rows[..10])).Model;
        Assert.Equal($"{Presets.TableRegression.ResolveFor(classes: false)}", $"{model.Options}");
    }

    [Fact]
    public void Sparse_features_are_those_of_dense_ones()
    {
        SparseRow[] sparse = [.. Rows.Select((row, i) => new SparseRow { Price = row.Price, Features = Sparse(i, row) })];
        Flowers.Row[] dense = [.. Rows.Select((row, i) => new Flowers.Row
        {
            Price = row.Price, Features = [.. Sparse(i, row).DenseValues()],
        })];
        Assert.Contains(dense, row => row.Features.Contains(0));
        var trainer = context.Regression.Trainers.Nabla("Price", training: Flowers.Quick);
        Assert.Equal(
            trainer.Fit(Flowers.View(context, dense)).Model.Fingerprint,
            trainer.Fit(context.Data.LoadFromEnumerable(sparse)).Model.Fingerprint);

        static VBuffer<float> Sparse(int i, Flowers.Row row) => new(3, 1, [row.Features[0]], [i % 3]);
    }

    [Fact]
    public void One_hot_categories_are_indicators_and_numbers_are_not()
    {
        var options = Flowers.Quick with { Scaling = Scaling.RobustPerFeature };
        var model = context.Transforms.Categorical.OneHotEncoding("OneHot", "Kind")
            .Append(context.Transforms.Concatenate("All", "Features", "OneHot"))
            .Append(context.Regression.Trainers.Nabla("Price", "All", training: options))
            .Fit(Flowers.View(context, Rows)).LastTransformer.Model;
        string[] kinds = [.. Rows.Select(row => row.Kind).Distinct()];
        float[] values = [.. Rows.SelectMany(row => row.Features.Concat(kinds.Select(kind => kind == row.Kind ? 1f : 0f)))];
        var table = FeatureTable.FromFloats(values, Rows.Length, 6, [false, false, false, true, true, true]);
        var scaled = FeatureTable.FromFloats(values, Rows.Length, 6);
        Assert.Equal(Regressor.Train(new Dataset("flowers", table, Prices), options).Fingerprint, model.Fingerprint);
        Assert.NotEqual(Regressor.Train(new Dataset("flowers", scaled, Prices), options).Fingerprint, model.Fingerprint);
    }

    [Fact]
    public void Rows_without_a_value_are_left_out_and_counted()
    {
        var messages = Listen();
        Flowers.Row[] holes = [.. Rows.Select((row, i) => new Flowers.Row
        {
            Features = i % 9 == 0 ? [float.NaN, 0, 0] : row.Features, Price = i % 9 == 0 ? float.NaN : row.Price,
        })];
        Flowers.Row[] whole = [.. holes.Where(row => !float.IsNaN(row.Price))];
        var trainer = context.Regression.Trainers.Nabla("Price", training: Flowers.Quick);
        Assert.Equal(
            trainer.Fit(Flowers.View(context, whole)).Model.Fingerprint, trainer.Fit(Flowers.View(context, holes)).Model.Fingerprint);
        Assert.Single(messages, message => message.Contains("10 rows without a label in Price were left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_whose_key_is_missing_are_left_out_and_counted()
    {
        var messages = Listen();
        var known = context.Data.LoadFromEnumerable(new[] { new { Kind = "rose" }, new { Kind = "tulip" } });
        var model = context.Transforms.Conversion.MapValueToKey("Label", "Kind", keyData: known)
            .Append(context.MulticlassClassification.Trainers.Nabla(training: Flowers.Quick))
            .Fit(Flowers.View(context, Rows)).LastTransformer.Model;
        Flowers.Row[] kept = [.. Rows.Where(row => row.Kind != "aster")];
        var targets = new ClassTargets([.. kept.Select(row => row.Kind == "rose" ? 0 : 1)], ["rose", "tulip"]);
        Assert.Equal(Classifier.Train(Flowers.Dataset(kept, targets), Flowers.Quick).Fingerprint, model.Fingerprint);
        Assert.Contains(messages, message => message.Contains($"{Rows.Length - kept.Length} rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Progress_and_fingerprint_are_logged()
    {
        var messages = Listen();
        var model = Train(new NablaTrainerOptions { LabelColumnName = "IsDear", Training = Flowers.Quick });
        Assert.Equal(Flowers.Quick.Epochs, messages.Count(message => message.Contains("Epoch: ", StringComparison.Ordinal)));
        Assert.Contains(messages, message => message.Contains(model.Fingerprint, StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_are_kept_in_order_beyond_one_block()
    {
        const int Columns = 400_000; // two rows in a block
        var blocks = new FeatureBlocks(Columns);
        for (int row = 0; row < 5; row++)
            blocks.Add().Fill(row);
        float[] joined = blocks.Join();
        Assert.Equal(5 * Columns, joined.Length);
        Assert.All(Enumerable.Range(0, 5), row => Assert.Equal(-1, joined.AsSpan(row * Columns, Columns).IndexOfAnyExcept((float)row)));
    }

    private Classifier Train(NablaTrainerOptions options) =>
        context.BinaryClassification.Trainers.Nabla(options).Fit(Flowers.View(context, Rows)).Model;

    private List<string> Listen()
    {
        var messages = new List<string>();
        context.Log += (_, log) =>
        {
            lock (messages)
                messages.Add(log.RawMessage);
        };
        return messages;
    }

    private sealed class SparseRow
    {
        [VectorType(3)]
        public VBuffer<float> Features { get; set; }

        public float Price { get; set; }
    }
}
