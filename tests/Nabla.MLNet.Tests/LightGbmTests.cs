using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;
using Nabla.Tests.Shared;

namespace Nabla.MLNet.Tests;

/// <summary>The table of docs/mlnet.md: Nabla beside LightGBM, behind the same transforms.</summary>
public sealed class LightGbmTests
{
    private readonly MLContext context = new(seed: 1);

    [Fact(Explicit = true)]
    public void One_network_and_LightGBM_have_the_scores_of_the_page()
    {
        CheckRow("Nabla", Nabla(1), Value(1));
        CheckRow(
            "LightGBM",
            context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
            {
                Seed = 1, Deterministic = true, NumberOfThreads = 1,
            }),
            context.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
            {
                Seed = 1, Deterministic = true, NumberOfThreads = 1, LabelColumnName = "Sale_Price",
            }));
    }

    [Fact(Explicit = true)]
    public void Five_networks_have_the_scores_of_the_page() => CheckRow("Nabla, five members", Nabla(5), Value(5));

    private void CheckRow(string name, IEstimator<ITransformer> classifier, IEstimator<ITransformer> regressor)
    {
        string row = Row(name, Churn(classifier), Ames(regressor));
        Assert.True(File.ReadAllLines(Repository.PathOf("docs", "mlnet.md")).Contains(row), $"docs/mlnet.md should have:\n{row}");
    }

    private NablaBinaryTrainer Nabla(int members) =>
        context.BinaryClassification.Trainers.Nabla(new NablaTrainerOptions { Members = members });

    private NablaRegressionTrainer Value(int members) =>
        context.Regression.Trainers.Nabla(new NablaTrainerOptions { LabelColumnName = "Sale_Price", Members = members });

    private (double Accuracy, double Area) Churn(IEstimator<ITransformer> trainer)
    {
        var table = RealTable.Churn;
        var model = table.FeaturesAndLabel(context, isTrue: "Yes", isFalse: "No").Append(trainer).Fit(table.Train(context));
        var metrics = context.BinaryClassification.Evaluate(model.Transform(table.Test(context)));
        return (metrics.Accuracy, metrics.AreaUnderRocCurve);
    }

    private (double Error, double Determination) Ames(IEstimator<ITransformer> trainer)
    {
        var table = RealTable.Ames;
        var model = table.Features(context).Append(trainer).Fit(table.Train(context));
        var metrics = context.Regression.Evaluate(model.Transform(table.Test(context)), "Sale_Price");
        return (metrics.RootMeanSquaredError, metrics.RSquared);
    }

    private static string Row(string name, (double Accuracy, double Area) churn, (double Error, double Determination) ames) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {churn.Accuracy:0.0000} | {churn.Area:0.0000} "
            + $"| {ames.Error:#,##0} | {ames.Determination:0.0000} |");
}
