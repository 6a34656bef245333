#!/usr/bin/env dotnet
#:project ../../src/Nabla/Nabla.csproj

// Prints the value and the gradient of every loss with every output activation, one JSON object a line, for losses.py to compare.
// The network is one layer with the unit matrix as weights, so that z is its input, and the gradient of the biases is the mean of delta.
// Run: dotnet run tests/peers/Losses.cs

using System.Globalization;
using Nabla;

const int Outputs = 4, Examples = 6;
Loss[] losses =
[
    .. Loss.All, new HuberLoss { Delta = 0.5f }, new QuantileLoss { Q = 0.875f }, new CrossEntropyLoss { LabelSmoothing = 0.125f },
];
var random = new Random(1);
foreach (var loss in losses)
    foreach (var output in loss.OutputActivations.Where(kind => kind.HasTrueDerivative))
        foreach (bool classes in (bool[])[true, false])
            foreach (bool weighted in (bool[])[false, true])
                foreach (float spread in (float[])[2, 40])
                {
                    // 40 overflows exponentials, and saturates others: an f' that is computed from a float has then no digits left.
                    bool hasDigits = spread <= 2 || output == Activation.Identity || loss == Loss.BinaryCrossEntropy || !loss.TakesValues;
                    if ((classes ? loss.TakesClasses : loss.TakesValues) && hasDigits)
                        Print(loss, output, classes, weighted, spread);
                }

void Print(Loss loss, Activation output, bool classes, bool weighted, float spread)
{
    float[] x = Draw(Examples * Outputs, -spread, spread);
    float[] values = loss.StandardizesTargets ? Draw(Examples * Outputs, -2, 2) : Draw(Examples * Outputs, 0, 1);
    int[] labels = [.. Enumerable.Range(0, Examples).Select(_ => random.Next(Outputs))];
    float[] weights = weighted ? [0, .. Draw(Examples - 1, 0, 3)] : [];
    var targets = classes ? TargetBatch.FromLabels(labels, weights) : TargetBatch.FromValues(values, Outputs, weights);

    var network = new Network(new Topology([Outputs, Outputs], Activation.Identity, output));
    for (int i = 0; i < Outputs; i++)
        network.EditParameters()[i * Outputs + i] = 1;
    var gradient = new float[network.Parameters.Length];
    double value = new Backpropagation(network, loss, Examples).Gradient(x, targets, gradient) / Examples;

    string parameters = string.Join(",", loss.ParameterValues.Select(pair => Invariant($"\"{pair.Key}\":{pair.Value:R}")));
    Console.WriteLine(Invariant(
        $"{{\"loss\":\"{loss.Name}\",\"parameters\":{{{parameters}}},\"output\":\"{output.Name}\",\"outputs\":{Outputs},\"x\":{List(x)},")
        + (classes ? $"\"labels\":{List(labels)}," : $"\"values\":{List(values)},")
        + Invariant($"\"weights\":{List(weights)},\"value\":{value:R},\"gradient\":{List(gradient)}}}"));
}

float[] Draw(int count, float least, float most) =>
    [.. Enumerable.Range(0, count).Select(_ => least + (most - least) * random.NextSingle())];

// As doubles: the shortest text of a float stands for another double.
static string List<T>(T[] numbers)
    where T : IConvertible =>
    $"[{string.Join(",", numbers.Select(number => Invariant($"{number.ToDouble(CultureInfo.InvariantCulture):R}")))}]";

static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
