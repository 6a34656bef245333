using Microsoft.ML;

namespace Nabla.MLNet.Tests;

public sealed class ErrorTests
{
    private readonly MLContext context = new();

    [Fact]
    public void A_missing_feature_is_named_with_the_remedy()
    {
        var rows = Flowers.Rows();
        rows[17].Features[1] = float.NaN;
        var error = Refused(() => context.Regression.Trainers.Nabla("Price").Fit(Flowers.View(context, rows)));
        Assert.Equal("row 17, counted from 0, slot 1 of Features", error.Where);
        Assert.Contains("missing", error.Why, StringComparison.Ordinal);
        Assert.Contains("ReplaceMissingValues", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_feature_is_named_by_its_slot_name_when_it_is_predicted()
    {
        var rows = Flowers.Rows();
        var pipeline = context.Transforms.Concatenate("All", "Weight", "Features", "Price")
            .Append(context.Regression.Trainers.Nabla("Price", "All", training: Flowers.Quick));
        var model = pipeline.Fit(Flowers.View(context, rows));
        using var engine = context.Model.CreatePredictionEngine<Flowers.Row, Answer>(model);
        var error = Refused(() => engine.Predict(new Flowers.Row { Features = [0, 0, 0], Price = float.PositiveInfinity }));
        Assert.EndsWith("slot 4 (\"Price\") of All", error.Where, StringComparison.Ordinal);
        Assert.Contains("infinite", error.Why, StringComparison.Ordinal);
        Assert.True(float.IsFinite(engine.Predict(rows[0]).Score)); // the engine is not broken
    }

    [Fact]
    public void Columns_of_a_wrong_type_are_refused()
    {
        var data = Flowers.View(context);
        Assert.Contains(
            "Boolean", Refused(() => context.BinaryClassification.Trainers.Nabla("Price").Fit(data)).Why, StringComparison.Ordinal);
        Assert.Contains(
            "MapValueToKey", Refused(() => context.MulticlassClassification.Trainers.Nabla("Kind").Fit(data)).Remedy,
            StringComparison.Ordinal);
        Assert.Contains("ConvertType", Refused(() => context.Regression.Trainers.Nabla("Kind").Fit(data)).Remedy, StringComparison.Ordinal);
        Assert.Contains(
            "Concatenate", Refused(() => context.Regression.Trainers.Nabla("Price", "Kind").Fit(data)).Remedy, StringComparison.Ordinal);
        Assert.Contains(
            "column Kind", Refused(() => context.Regression.Trainers.Nabla("Price", exampleWeightColumnName: "Kind").Fit(data)).Where,
            StringComparison.Ordinal);
        var unknown = Refused(() => context.Regression.Trainers.Nabla("Cost").Fit(data));
        Assert.Contains("column Cost", unknown.Where, StringComparison.Ordinal);
        Assert.Contains("Features, Kind, Price", unknown.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipeline_refuses_a_wrong_type_before_it_trains()
    {
        var pipeline = context.Transforms.CopyColumns("Label", "Kind").Append(context.Regression.Trainers.Nabla());
        Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Fit(Flowers.View(context)));
    }

    [Fact]
    public void Values_that_cannot_be_learned_are_refused()
    {
        var rows = Flowers.Rows();
        rows[3].Weight = -1;
        rows[5].Price = float.PositiveInfinity;
        var weighted = context.BinaryClassification.Trainers.Nabla("IsDear", exampleWeightColumnName: "Weight");
        var weight = Refused(() => weighted.Fit(Flowers.View(context, rows)));
        Assert.Equal(("row 3, counted from 0, column Weight", "the weight is -1"), (weight.Where, weight.Why));
        var label = Refused(() => context.Regression.Trainers.Nabla("Price").Fit(Flowers.View(context, rows)));
        Assert.Equal("row 5, counted from 0, column Price", label.Where);
        var none = Refused(() => context.Regression.Trainers.Nabla("Price").Fit(Flowers.View(context, [])));
        Assert.Contains("no rows", none.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_were_not_mapped_are_not_a_million_classes()
    {
        var data = context.Transforms.Conversion.Hash("Label", "Kind").Fit(Flowers.View(context)).Transform(Flowers.View(context));
        var error = Refused(() => context.MulticlassClassification.Trainers.Nabla().Fit(data));
        Assert.Contains("at most 65536 classes", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_of_another_size_are_not_predicted()
    {
        var data = Flowers.View(context);
        var transformer = context.Regression.Trainers.Nabla("Price", training: Flowers.Quick).Fit(data);
        var wide = context.Transforms.Concatenate("Features", "Features", "Weight").Fit(data).Transform(data);
        Assert.Contains("4 slots", Refused(() => transformer.Transform(wide)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_cannot_work_are_refused()
    {
        var trainers = context.BinaryClassification.Trainers;
        Assert.Throws<InvalidOptionException>(() => trainers.Nabla(new NablaTrainerOptions { Members = 0 }));
        Assert.Throws<InvalidOptionException>(() => trainers.Nabla(training: new TrainingOptions { Epochs = 0 }));
        var sigmoid = trainers.Nabla("IsDear", training: Flowers.Quick with { Loss = Loss.Quadratic });
        Assert.Throws<InvalidOptionException>(() => sigmoid.Fit(Flowers.View(context)));
        var ensemble = trainers.Nabla(new NablaTrainerOptions { LabelColumnName = "IsDear", Members = 2 });
        Assert.Throws<InvalidOptionException>(() => ensemble.Fit(Flowers.View(context), Flowers.View(context)));
    }

    private static InvalidInputException Refused(Func<object> action) => Assert.Throws<InvalidInputException>(action);

    private sealed class Answer
    {
        public float Score { get; set; }
    }
}
