#!/usr/bin/env dotnet
#:project ../src/Nabla/Nabla.csproj

// The notebook's exercise 2, vectorized: a whole mini-batch at once, with L2 decay. The second floor of the library, driven by hand:
// a network, its backpropagation, and the step w -= eta * (nabla + l2 * w).
// Run: dotnet run samples/exercise-2.cs [epochs]

using Nabla;

int epochs = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 5;
const int BatchSize = 100;
const float Eta = 0.2f, L2 = 0.0001f;

var (train, test) = Mnist.Load();
var scaling = Preprocessing.Fit(train.Inputs, Scaling.StandardizePerFeature);
var network = InitialValues.Draw(new Topology([784, 30, 10], Activation.Sigmoid, Activation.Sigmoid), Initialization.Scaled, seed: 1);
var backpropagation = new Backpropagation(network, Loss.Quadratic, BatchSize);

var rows = new int[BatchSize];
var x = new float[BatchSize * 784];                    // [examples, inputs]
var nabla = new float[network.Parameters.Length];      // weights of all layers, then biases
for (int epoch = 0; epoch < epochs; epoch++)
{
    double cost = 0;
    for (int first = 0; first < train.Count; first += BatchSize)
    {
        for (int i = 0; i < BatchSize; i++)
            rows[i] = first + i;
        scaling.Apply(train.Inputs, rows, x);
        cost += backpropagation.Gradient(x, train.Labels.Slice(first, BatchSize), nabla);

        var parameters = network.EditParameters();
        for (int i = 0; i < nabla.Length; i++)
            parameters[i] -= Eta * (nabla[i] + (i < network.Topology.WeightCount ? L2 * parameters[i] : 0));
    }
    Console.WriteLine($"Epoch: {epoch}, Cost: {cost / train.Count:0.0000}");
}
Console.WriteLine($"Fingerprint: {network.Fingerprint}");
