using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Nabla.MLNet.Tests;

/// <summary>The columns of predictions are those of ML.NET's own trainers, and ML.NET works with them.</summary>
public sealed class OutputTests
{
    private static readonly Flowers.Row[] Rows = Flowers.Rows(200);
    private static readonly TrainingOptions Options = Flowers.Quick with
    {
        Epochs = 40, Optimizer = new AdamOptions { LearningRate = 0.02f },
    };

    private readonly MLContext context = new(seed: 3);

    private IDataView Data => context.Transforms.Conversion.MapValueToKey("Label", "Kind")
        .Fit(Flowers.View(context, Rows)).Transform(Flowers.View(context, Rows));

    [Fact]
    public void The_columns_are_those_that_were_promised()
    {
        CheckPromise(context.BinaryClassification.Trainers.Nabla("IsDear", training: Options), ["PredictedLabel", "Score", "Probability"]);
        CheckPromise(context.MulticlassClassification.Trainers.Nabla(training: Options), ["PredictedLabel", "Score"]);
        CheckPromise(context.Regression.Trainers.Nabla("Price", training: Options), ["Score"]);
    }

    private void CheckPromise<TModel>(NablaTrainer<TModel> trainer, string[] added)
        where TModel : Model
    {
        var create = typeof(SchemaShape).GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static)!;
        SchemaShape ShapeOf(DataViewSchema schema) => (SchemaShape)create.Invoke(null, [schema])!;
        var data = Data;
        var promised = trainer.GetOutputSchema(ShapeOf(data.Schema));
        var actual = ShapeOf(trainer.Fit(data).Transform(data).Schema);
        Assert.Equal(promised.Select(column => column.Name).Order(), actual.Select(column => column.Name).Order());
        foreach (string name in added)
        {
            var (left, right) = (promised.Single(column => column.Name == name), actual.Single(column => column.Name == name));
            Assert.Equal((left.Kind, left.ItemType, left.IsKey), (right.Kind, right.ItemType, right.IsKey));
            Assert.Equal(Describe(left), Describe(right));
        }

        static IEnumerable<string> Describe(SchemaShape.Column column) => column.Annotations
            .Select(annotation => $"{column.Name}: {annotation.Name} {annotation.Kind} {annotation.ItemType} {annotation.IsKey}").Order();
    }

    [Fact]
    public void ML_NET_measures_two_classes_as_the_library_does()
    {
        var transformer = context.BinaryClassification.Trainers.Nabla("IsDear", training: Options).Fit(Data);
        var metrics = context.BinaryClassification.Evaluate(transformer.Transform(Data), "IsDear");
        var targets = new ClassTargets([.. Rows.Select(row => row.IsDear ? 1 : 0)], ["False", "True"]);
        var report = transformer.Model.Evaluate(Flowers.Dataset(Rows, targets));
        Assert.Equal(report.Accuracy, metrics.Accuracy, 1e-9);
        Assert.InRange(metrics.Accuracy, 0.9, 1);
        Assert.InRange(metrics.AreaUnderRocCurve, 0.9, 1);
        Assert.InRange(metrics.LogLossReduction, 0.5, 1);
    }

    [Fact]
    public void The_score_of_two_classes_is_the_logarithm_of_the_odds()
    {
        var transformer = context.BinaryClassification.Trainers.Nabla("IsDear", training: Options).Fit(Data);
        var view = transformer.Transform(Data);
        double[] scores = [.. view.GetColumn<float>("Score").Select(score => (double)score)];
        float[] probabilities = [.. view.GetColumn<float>("Probability")];
        var predictions = transformer.Model.Predict(Flowers.Dataset(Rows, new ValueTargets(new double[Rows.Length], ["none"])).Inputs);
        Assert.Equal(predictions.Select(prediction => prediction.Scores[1]), probabilities);
        Assert.All(
            scores.Zip(predictions, (score, prediction) => (score, prediction.Scores)),
            pair => Assert.Equal(Math.Log((double)pair.Scores[1] / pair.Scores[0]), pair.score, 1e-5));
        Assert.Equal(scores.Select(score => score > 0), view.GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void ML_NET_measures_several_classes_as_the_library_does()
    {
        var transformer = context.MulticlassClassification.Trainers.Nabla(training: Options).Fit(Data);
        var metrics = context.MulticlassClassification.Evaluate(transformer.Transform(Data));
        string[] names = [.. transformer.Model.ClassNames];
        var report = transformer.Model.Evaluate(
            Flowers.Dataset(Rows, new ClassTargets([.. Rows.Select(row => Array.IndexOf(names, row.Kind))], names)));
        Assert.Equal(report.Accuracy, metrics.MicroAccuracy, 1e-9);
        Assert.Equal(report.Loss, metrics.LogLoss, 1e-4);
        Assert.InRange(metrics.MicroAccuracy, 0.9, 1);
    }

    [Fact]
    public void Scores_and_predicted_labels_have_the_names_of_the_classes()
    {
        var view = context.MulticlassClassification.Trainers.Nabla(training: Options).Fit(Data).Transform(Data);
        string[] names = [.. Rows.Select(row => row.Kind).Distinct()];
        VBuffer<ReadOnlyMemory<char>> slots = default, values = default;
        view.Schema["Score"].GetSlotNames(ref slots);
        view.Schema["PredictedLabel"].GetKeyValues(ref values);
        Assert.Equal(names, slots.DenseValues().Select(name => name.ToString()));
        Assert.Equal(names, values.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void Keys_of_numbers_are_predicted_as_numbers()
    {
        var rows = Rows.Select(row => new Flowers.Row { Features = row.Features, Weight = row.Features[0] < 1 ? 0.5f : 1e9f });
        var data = Flowers.View(context, rows);
        var model = context.Transforms.Conversion.MapValueToKey("Label", "Weight")
            .Append(context.MulticlassClassification.Trainers.Nabla(training: Options))
            .Append(context.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel")).Fit(data);
        Assert.Equal([0.5f, 1e9f], model.Transform(data).GetColumn<float>("Predicted").Distinct().Order());
    }

    [Fact]
    public void Keys_without_values_are_classes()
    {
        var data = context.Transforms.Conversion.Hash("Label", "Kind", numberOfBits: 2).Fit(Data).Transform(Flowers.View(context, Rows));
        var view = context.MulticlassClassification.Trainers.Nabla(training: Options).Fit(data).Transform(data);
        Assert.Equal(4, ((VectorDataViewType)view.Schema["Score"].Type).Size);
        Assert.InRange(context.MulticlassClassification.Evaluate(view).MicroAccuracy, 0.8, 1);
    }

    [Fact]
    public void ML_NET_measures_values_as_the_library_does()
    {
        var transformer = context.Regression.Trainers.Nabla("Price", training: Options).Fit(Data);
        var metrics = context.Regression.Evaluate(transformer.Transform(Data), "Price");
        var report = transformer.Model.Evaluate(
            Flowers.Dataset(Rows, new ValueTargets([.. Rows.Select(row => (double)row.Price)], ["Price"])));
        Assert.Equal(report.Targets[0].RootMeanSquaredError, metrics.RootMeanSquaredError, 1e-4);
        Assert.InRange(metrics.RSquared, 0.9, 1);
    }

    [Fact]
    public void Cross_validation_trains_a_model_for_each_fold()
    {
        var data = Flowers.View(context, Rows);
        var two = context.BinaryClassification.CrossValidate(
            data, context.BinaryClassification.Trainers.Nabla("IsDear", training: Options), 3, "IsDear");
        Assert.All(two, fold => Assert.InRange(fold.Metrics.Accuracy, 0.8, 1));
        var several = context.MulticlassClassification.CrossValidate(
            data, context.Transforms.Conversion.MapValueToKey("Label", "Kind")
                .Append(context.MulticlassClassification.Trainers.Nabla(training: Options)), 3);
        Assert.All(several, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.8, 1));
        var values = context.Regression.CrossValidate(data, context.Regression.Trainers.Nabla("Price", training: Options), 3, "Price");
        Assert.All(values, fold => Assert.InRange(fold.Metrics.RSquared, 0.8, 1));
        Assert.Equal(3, values.Select(fold => ((NablaTransformer<Regressor>)fold.Model).Model.Fingerprint).Distinct().Count());
    }

    [Fact]
    public void Permutation_importance_finds_the_features_that_matter()
    {
        var two = context.BinaryClassification.Trainers.Nabla("IsDear", training: Options).Fit(Data);
        var accuracies = context.BinaryClassification.PermutationFeatureImportance(two, Data, "IsDear");
        Assert.Equal(2, MostNegative(accuracies.Select(slot => -slot.Accuracy.Mean)));
        var several = context.MulticlassClassification.Trainers.Nabla(training: Options).Fit(Data);
        var losses = context.MulticlassClassification.PermutationFeatureImportance(several, Data);
        Assert.Equal(2, MostNegative(losses.Select(slot => slot.LogLoss.Mean)));
        var values = context.Regression.Trainers.Nabla("Price", training: Options).Fit(Data);
        var errors = context.Regression.PermutationFeatureImportance(values, Data, "Price", permutationCount: 2);
        Assert.Equal(2, MostNegative(errors.Select(slot => slot.RootMeanSquaredError.Mean)));
        Assert.True(errors[0].RootMeanSquaredError.Mean > errors[1].RootMeanSquaredError.Mean);

        // The slot without which the error grows least.
        static int MostNegative(IEnumerable<double> growth) => growth.Index().MinBy(slot => slot.Item).Index;
    }

    [Fact]
    public void A_prediction_engine_predicts_what_a_view_does()
    {
        var transformer = context.BinaryClassification.Trainers.Nabla("IsDear", training: Options).Fit(Flowers.View(context, Rows));
        using var engine = context.Model.CreatePredictionEngine<Flowers.Row, Answer>(transformer);
        Assert.Equal(
            transformer.Transform(Data).GetColumn<float>("Probability"), Rows.Select(row => engine.Predict(row).Probability));
    }

    [Fact]
    public void Cursors_that_share_the_rows_predict_each_once()
    {
        var transformer = context.Regression.Trainers.Nabla("Price", training: Options).Fit(Data);
        var view = transformer.Transform(Data);
        var score = view.Schema["Score"];
        var cursors = view.GetRowCursorSet([score], 3);
        var scores = new List<float>();
        foreach (var cursor in cursors)
        {
            using (cursor)
            {
                var getter = cursor.GetGetter<float>(score);
                float value = 0;
                for (; cursor.MoveNext(); scores.Add(value))
                    getter(ref value);
            }
        }
        Assert.Equal(view.GetColumn<float>("Score").Order(), scores.Order());
    }

    [Fact]
    public void Rows_are_predicted_only_where_a_prediction_is_read()
    {
        var transformer = context.Regression.Trainers.Nabla("Price", training: Options).Fit(Data);
        var missing = transformer.Transform(Flowers.View(context, [new Flowers.Row { Features = [float.NaN, 0, 0], Price = 4 }]));
        Assert.Equal([4f], missing.GetColumn<float>("Price"));
        Assert.Throws<InvalidInputException>(() => missing.GetColumn<float>("Score").ToArray());
        using var cursor = missing.GetRowCursor([missing.Schema["Price"]]);
        Assert.False(cursor.IsColumnActive(missing.Schema["Score"]));
        Assert.Throws<ArgumentException>(() => cursor.GetGetter<float>(missing.Schema["Score"]));
    }

    [Fact]
    public void Predictions_of_two_models_are_told_apart()
    {
        var first = context.Regression.Trainers.Nabla("Price", training: Options).Fit(Data);
        var second = context.BinaryClassification.Trainers.Nabla("IsDear", training: Options).Fit(Data);
        var view = second.Transform(first.Transform(Data));
        uint[] ids = [.. view.Schema.Where(column => column.Name == "Score").Select(column =>
        {
            uint id = 0;
            column.Annotations.GetValue("ScoreColumnSetId", ref id);
            return id;
        })];
        Assert.Equal([1, 2], ids);
    }

    [Fact]
    public void The_trainer_asks_for_neither_normalization_nor_a_cache()
    {
        var trainer = context.Regression.Trainers.Nabla("Price");
        Assert.IsAssignableFrom<ITrainerEstimator<NablaTransformer<Regressor>, Regressor>>(trainer);
        Assert.False(trainer.Info.NeedNormalization);
        Assert.False(trainer.Info.WantCaching);
    }

    private sealed class Answer
    {
        public float Probability { get; set; }
    }
}
