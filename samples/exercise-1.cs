#!/usr/bin/env dotnet
#:project ../src/Nabla/Nabla.csproj
#:project ../src/Nabla.Reference/Nabla.Reference.csproj

// The notebook's exercise 1 with the reference engine: example by example, in double precision, in the notebook's symbols.
// One correction: initial weights are scaled by 1 / sqrt(inputs), since sigmoids of 784 standard-normal terms start saturated.
// Run: dotnet run samples/exercise-1.cs [epochs]

using Nabla;
using Nabla.Reference;

int epochs = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 5;
const int BatchSize = 100;
const double Eta = 0.5;
int[] sizes = [784, 30, 10];

var (train, test) = Mnist.Load();
double[] xTrain = Inputs(train), xTest = Inputs(test); // [examples, 784]

var network = new ReferenceNetwork(sizes, ReferenceActivation.Sigmoid, new QuadraticCost(ReferenceActivation.Sigmoid));
var start = InitialValues.Draw(new Topology(sizes, Activation.Sigmoid, Activation.Sigmoid), Initialization.Scaled, seed: 1);
for (int i = 0; i < start.Parameters.Length; i++)
    network.Parameters.All[i] = start.Parameters[i];

var trainer = new ReferenceTrainer(network, new ReferenceSgd(Eta));
var y = new double[BatchSize * 10];
for (int epoch = 0; epoch < epochs; epoch++)
{
    for (int first = 0; first + BatchSize <= train.Count; first += BatchSize)
    {
        for (int i = 0; i < BatchSize; i++)
            OneHot.Encode(train.Classes.Labels[first + i], y.AsSpan(i * 10, 10));
        trainer.UpdateMiniBatch(xTrain.AsSpan(first * 784, BatchSize * 784), y);
    }
    Console.WriteLine($"Epoch: {epoch}, Accuracy: {Accuracy()}");
}

double Accuracy()
{
    int correct = 0;
    for (int i = 0; i < test.Count; i++)
        correct += OneHot.Decode(network.Feedforward(xTest.AsSpan(i * 784, 784))) == test.Classes.Labels[i] ? 1 : 0;
    return (double)correct / test.Count;
}

static double[] Inputs(Dataset data)
{
    var x = new double[data.Inputs.Bytes.Length];
    for (int i = 0; i < x.Length; i++)
        x[i] = data.Inputs.Bytes[i] / 255.0;
    return x;
}
