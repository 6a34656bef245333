using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet.Tests;

/// <summary>Real tables from ML.NET's loaders through its transforms, cross-validation, a file, and a pool of prediction engines.</summary>
public sealed class TableTests
{
    private static readonly TrainingOptions Options = new()
    {
        Hidden = [32], Epochs = 12, BatchSize = 64, Seed = 5, Threads = 1, Scaling = Scaling.RobustPerFeature,
        Optimizer = new AdamOptions { LearningRate = 0.003f },
    };

    private readonly MLContext context = new(seed: 1);

    [Fact]
    public async Task Churn_goes_from_a_file_to_many_prediction_engines()
    {
        var table = RealTable.Churn;
        var train = table.Train(context);
        var pipeline = table.FeaturesAndLabel(context, isTrue: "Yes", isFalse: "No")
            .Append(context.BinaryClassification.Trainers.Nabla(training: Options));
        var folds = context.BinaryClassification.CrossValidate(train, pipeline, numberOfFolds: 3);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.AreaUnderRocCurve, 0.8, 0.9));
        var test = table.Test(context);
        var loaded = SaveAndLoad(pipeline.Fit(train), train);
        var metrics = context.BinaryClassification.Evaluate(loaded.Transform(test));
        Assert.InRange(metrics.Accuracy, 0.77, 0.85);
        Assert.InRange(metrics.AreaUnderRocCurve, 0.82, 0.9);
        await CheckPool(loaded, context.Data.CreateEnumerable<Customer>(test, reuseRowObject: false).Take(300), test, "Probability");
    }

    [Fact]
    public async Task Ames_goes_from_a_file_to_many_prediction_engines()
    {
        var table = RealTable.Ames;
        var train = table.Train(context);
        var pipeline = table.Features(context).Append(context.Regression.Trainers.Nabla("Sale_Price", training: Options));
        var folds = context.Regression.CrossValidate(train, pipeline, numberOfFolds: 3, labelColumnName: "Sale_Price");
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.RSquared, 0.7, 0.97));
        var test = table.Test(context);
        var loaded = SaveAndLoad(pipeline.Fit(train), train);
        Assert.InRange(context.Regression.Evaluate(loaded.Transform(test), "Sale_Price").RSquared, 0.7, 0.97);
        // The engines take the features of ML.NET's transforms, rather than a class of 74 columns.
        var features = ((TransformerChain<ITransformer>)loaded).First().Transform(test);
        await CheckPool(
            Last(loaded), context.Data.CreateEnumerable<House>(
                features, reuseRowObject: false, schemaDefinition: House.Definition(features)).Take(300), test, "Score", loaded,
            House.Definition(features));
    }

    private async Task CheckPool<TRow>(
        ITransformer model, IEnumerable<TRow> rows, IDataView test, string column, ITransformer? whole = null,
        SchemaDefinition? input = null)
        where TRow : class
    {
        TRow[] all = [.. rows];
        float[] expected = [.. (whole ?? model).Transform(test).GetColumn<float>(column).Take(all.Length)];
        var pool = new ConcurrentBag<PredictionEngine<TRow, Answer>>();
        int next = -1, wrong = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = Interlocked.Increment(ref next); i < 4 * all.Length; i = Interlocked.Increment(ref next))
            {
                if (!pool.TryTake(out var engine))
                    engine = context.Model.CreatePredictionEngine<TRow, Answer>(model, inputSchemaDefinition: input);
                var answer = engine.Predict(all[i % all.Length]);
                if ((column == "Score" ? answer.Score : answer.Probability) != expected[i % all.Length])
                    Interlocked.Increment(ref wrong);
                pool.Add(engine);
            }
        })));
        Assert.NotEmpty(all);
        Assert.Equal(0, wrong);
    }

    private ITransformer SaveAndLoad(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        context.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        return new MLContext().RegisterNabla().Model.Load(stream, out _);
    }

    private static ITransformer Last(ITransformer model) => ((IEnumerable<ITransformer>)model).Last();

    /// <summary>A row of the table, as a service would have it.</summary>
    private sealed class Customer
    {
        [ColumnName("female")] public float Female { get; set; }
        [ColumnName("senior_citizen")] public float SeniorCitizen { get; set; }
        [ColumnName("partner")] public float Partner { get; set; }
        [ColumnName("dependents")] public float Dependents { get; set; }
        [ColumnName("tenure")] public float Tenure { get; set; }
        [ColumnName("phone_service")] public float PhoneService { get; set; }
        [ColumnName("multiple_lines")] public string? MultipleLines { get; set; }
        [ColumnName("internet_service")] public string? InternetService { get; set; }
        [ColumnName("online_security")] public string? OnlineSecurity { get; set; }
        [ColumnName("online_backup")] public string? OnlineBackup { get; set; }
        [ColumnName("device_protection")] public string? DeviceProtection { get; set; }
        [ColumnName("tech_support")] public string? TechSupport { get; set; }
        [ColumnName("streaming_tv")] public string? StreamingTV { get; set; }
        [ColumnName("streaming_movies")] public string? StreamingMovies { get; set; }
        [ColumnName("contract")] public string? Contract { get; set; }
        [ColumnName("paperless_billing")] public float PaperlessBilling { get; set; }
        [ColumnName("payment_method")] public string? PaymentMethod { get; set; }
        [ColumnName("monthly_charges")] public float MonthlyCharges { get; set; }
        [ColumnName("total_charges")] public float TotalCharges { get; set; }
        [ColumnName("churn")] public string? Churn { get; set; }
    }

    private sealed class House
    {
        public float[] Features { get; set; } = [];

        public static SchemaDefinition Definition(IDataView features)
        {
            var definition = SchemaDefinition.Create(typeof(House));
            definition["Features"].ColumnType = features.Schema["Features"].Type;
            return definition;
        }
    }

    private sealed class Answer
    {
        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
