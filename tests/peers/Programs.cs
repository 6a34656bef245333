#!/usr/bin/env dotnet
#:project ../../src/Nabla/Nabla.csproj
#:property PublishAot=false

// Writes ensembles of all activations as Python programs to a folder, and prints what they predict, one JSON object a line, for weights.py.
// Run: dotnet run tests/peers/Programs.cs FOLDER

using System.Text.Json;
using Nabla;

const int Examples = 200;
var random = new Random(1);
float[] inputs = [.. Enumerable.Range(0, 3 * Examples).Select(_ => (float)(20 * random.NextDouble() - 10))];
double[] values = [.. inputs.Chunk(3).Select(x => 100.0 * x.Sum())];
var data = new Dataset("data", FeatureTable.FromFloats(inputs, Examples, 3), new ValueTargets(values, ["sum"]));
foreach (var activation in Activation.Elementwise)
{
    // The scaling of the preset limits inputs.
    var training = new EnsembleTraining(data, Presets.TableRegression with { Hidden = [5], Activation = activation, Epochs = 2 }, 2);
    training.Run();
    var model = (Regressor)training.CreateModel();
    model.ExportPython(Path.Combine(args[0], $"{activation.Name}.py"));
    Console.WriteLine(JsonSerializer.Serialize(new
    {
        kind = activation.Name,
        inputs = inputs.Chunk(3),
        outputs = inputs.Chunk(3).Select(x => model.Predict(x)),
    }));
}
