namespace Nabla.Onnx.Tests;

/// <summary>Compares what ONNX Runtime computes with Nabla's predictions.</summary>
internal static class Agreement
{
    private const double Tolerance = 1e-5;
    private const double Tie = 1e-6;

    public static void Require(Model model, FeatureTable examples, OnnxRun run, string what)
    {
        switch (model)
        {
            case Classifier classifier:
                RequireClasses(
                    [.. classifier.Predict(examples).Select(prediction => (prediction.ClassName, Doubles(prediction.Scores)))], run, what);
                break;
            case Regressor regressor:
                RequireValues([.. regressor.Predict(examples)], run, what);
                break;
        }
    }

    public static void RequireClasses(IReadOnlyList<(string Label, double[] Scores)> expected, OnnxRun run, string what)
    {
        Assert.Equal(expected.Count, run.Labels.Length);
        RequireValues([.. expected.Select(example => example.Scores)], run, what);
        for (int i = 0; i < expected.Count; i++)
        {
            double[] largest = [.. expected[i].Scores.OrderDescending().Take(2)];
            bool isTie = largest.Length == 2 && largest[0] - largest[1] <= Tie * Math.Max(1, Math.Abs(largest[0]));
            Assert.True(expected[i].Label == run.Labels[i] || isTie, $"{what}, example {i}: {expected[i].Label}, not {run.Labels[i]}");
        }
    }

    /// <summary>Values are compared in units of their spread, or of themselves where they are far from 0.</summary>
    public static void RequireValues(IReadOnlyList<double[]> expected, OnnxRun run, string what)
    {
        Assert.Equal(expected.Count * expected[0].Length, run.Outputs.Length);
        for (int i = 0; i < run.Outputs.Length; i++)
        {
            double value = expected[i / expected[0].Length][i % expected[0].Length];
            double difference = Math.Abs(value - run.Outputs[i]);
            Assert.True(
                difference <= Tolerance * Math.Max(1, Math.Abs(value)), $"{what}, output {i}: {value:R}, not {run.Outputs[i]:R}");
        }
    }

    private static double[] Doubles(IReadOnlyList<float> scores) => [.. scores.Select(score => (double)score)];
}
