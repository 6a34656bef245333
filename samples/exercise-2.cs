#!/usr/bin/env dotnet
#:project ../src/Nabla/Nabla.csproj

// The notebook's exercise 2, vectorized: gradient descent on whole mini-batches, with weight decay (L2). It uses the library's low-level
// API: a network, its backpropagation, an optimizer that steps, and a predictor. The results are those of
// `nabla train mnist --preset exercise-2 --seed 1`, bit for bit.
// Run: dotnet run samples/exercise-2.cs [epochs]

using Nabla;

int epochs = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 5;
const int BatchSize = 100;

var (train, test) = Mnist.Load();
var scaling = Preprocessing.Fit(train.Inputs, Scaling.StandardizePerFeature);
var topology = new Topology([784, 30, 10], Activation.Sigmoid, Activation.Sigmoid);
var network = InitialValues.Draw(topology, Initialization.Scaled, seed: 1);
var backpropagation = new Backpropagation(network, Loss.Quadratic, BatchSize);
var optimizer = Optimizer.Create(new SgdOptions { LearningRate = 0.2f, WeightDecay = 0.0001f }, topology);
var predictor = new Predictor(network);

var nabla = new float[topology.ParameterCount];     // the gradient, in the order of network.Parameters
float[] xTest = Scale(test, 0, test.Count);         // [examples, 784]
var aTest = new float[test.Count * 10];             // [examples, 10]
for (int epoch = 0; epoch < epochs; epoch++)
{
    double cost = 0;
    for (int first = 0; first + BatchSize <= train.Count; first += BatchSize)
    {
        float[] x = Scale(train, first, BatchSize);
        var y = TargetBatch.FromLabels(train.Classes.Labels.Slice(first, BatchSize));
        cost += backpropagation.Gradient(x, y, nabla);
        optimizer.Step(network, nabla);
    }
    Console.WriteLine($"Epoch: {epoch}, Accuracy: {Accuracy()}, Cost: {cost / train.Count:0.0000}");
}
Console.WriteLine($"Fingerprint: {network.Fingerprint}");

// Scales consecutive examples: [count, 784].
float[] Scale(Dataset data, int first, int count)
{
    var x = new float[count * 784];
    scaling.Apply(data.Inputs, Enumerable.Range(first, count).ToArray(), x);
    return x;
}

// The share of test digits whose strongest output is their label's.
double Accuracy()
{
    predictor.Predict(xTest, aTest);
    int correct = 0;
    for (int i = 0; i < test.Count; i++)
    {
        var a = aTest[(i * 10)..(i * 10 + 10)];
        correct += Array.IndexOf(a, a.Max()) == test.Classes.Labels[i] ? 1 : 0;
    }
    return (double)correct / test.Count;
}
