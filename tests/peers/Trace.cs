#!/usr/bin/env dotnet
#:project ../../src/Nabla/Nabla.csproj
#:project ../../src/Nabla.Reference/Nabla.Reference.csproj
#:property PublishAot=false

// Prints what Nabla computes, for the scripts beside this file: one JSON object for each line. Numbers are doubles, exact to the bit.
// Run: dotnet run tests/peers/Trace.cs SUBJECT KIND...      SUBJECT: optimizers, schedules, training, metrics; KIND: as on the
// command line, or a case of the script

using System.Text.Json;
using Nabla;
using Nabla.Kernels;
using Nabla.Reference;

const int Steps = 100;

switch (args[0])
{
    case "optimizers": Optimizers(args[1..]); break;
    case "schedules": Schedules(args[1..]); break;
    case "training": TrainingRuns(args[1..]); break;
    case "metrics": Metrics(args[1..]); break;
    default: throw new ArgumentException($"There is no subject {args[0]}.");
}

void Print(object line) => Console.WriteLine(JsonSerializer.Serialize(line));

double[] Normals(ulong index, int count)
{
    var stream = new RandomStream(1, RandomPurpose.GradientCheck, index);
    var values = new double[count];
    foreach (ref double value in values.AsSpan())
        value = (float)stream.NextNormal();
    return values;
}

// Both engines' optimizers, given the same gradients: six weights and two biases. All kinds and some variants, each also with weight decay.
void Optimizers(string[] variants)
{
    string[] kinds = [.. OptimizerOptions.All.Names, .. variants];
    var topology = new Topology([3, 2], Activation.Identity, Activation.Identity);
    double[] start = Normals(0, 8);
    double[][] gradients = [.. Enumerable.Range(1, Steps).Select(step => Normals((ulong)step, 8))];
    Print(new { start, gradients });
    foreach (string kind in kinds.SelectMany(kind => new[] { kind, $"{kind}{(kind.Contains(':') ? ',' : ':')}l2=0.05" }))
    {
        var options = OptimizerOptions.All.Parse(kind).Kind;
        var network = new Network(topology);
        for (int i = 0; i < start.Length; i++)
            network.EditParameters()[i] = (float)start[i];
        var optimizer = Optimizer.Create(options, topology);
        var reference = Reference(options);
        double[] parameters = [.. start];
        Print(new
        {
            kind,
            options = options.ParameterValues,
            floats = gradients.Select(gradient =>
            {
                optimizer.Step(network, [.. gradient.Select(slope => (float)slope)]);
                return Doubles(network.Parameters);
            }).ToArray(),
            // Without weight decay, which belongs to the reference's trainer.
            doubles = gradients.Select(gradient =>
            {
                reference.Update(gradient, 1, parameters);
                return parameters.ToArray();
            }).ToArray(),
        });
    }
}

// All kinds and some variants.
void Schedules(string[] variants)
{
    (long Steps, long StepsPerEpoch)[] runs = [(100, 10), (37, 5), (5000, 250)];
    double[] losses = [.. Normals(0, Steps).Select((loss, epoch) => Math.Abs(loss) + 3.0 / (epoch + 1))];
    Print(new { rate = 0.1, losses });
    foreach (string kind in (string[])[.. Schedule.All.Names, .. variants])
    {
        var schedule = Schedule.All.Parse(kind).Kind;
        var state = ScheduleState.Initial;
        Print(new
        {
            kind,
            options = schedule.ParameterValues,
            runs = runs.Select(run => new
            {
                steps = run.Steps,
                stepsPerEpoch = run.StepsPerEpoch,
                rates = Rates(schedule, run.Steps, run.StepsPerEpoch),
            }),
            factors = losses.Select(loss => (state = schedule.AfterEpoch(state, loss)).Factor).ToArray(),
        });
    }
}

double[] Rates(Schedule schedule, long steps, long stepsPerEpoch)
{
    var rates = new double[steps];
    for (long step = 0; step < steps; step++)
        rates[step] = schedule.LearningRate(0.1, step, steps, stepsPerEpoch);
    return rates;
}

// Whole training runs with limits of the gradient, one batch an epoch. KIND here: OPTIMIZER/CLIP-VALUE/CLIP-NORM, 0 for no limit.
void TrainingRuns(string[] cases)
{
    const int Examples = 12;
    int[] sizes = [3, 4, 2];
    float[] x = [.. Normals(0, Examples * sizes[0]).Select(value => 3 * (float)value)];
    int[] labels = [.. Normals(1, Examples).Select(value => value > 0 ? 1 : 0)];
    double[] ys = new double[Examples * 2];
    for (int i = 0; i < Examples; i++)
        OneHot.Encode(labels[i], ys.AsSpan(2 * i, 2));
    var data = Dataset.From(
        Enumerable.Range(0, Examples), x: i => [x[3 * i], x[3 * i + 1], x[3 * i + 2]], y: i => labels[i]);
    bool isFirst = true;
    foreach (string text in cases)
    {
        string[] parts = text.Split('/');
        float clipValue = float.Parse(parts[1]), clipNorm = float.Parse(parts[2]);
        var options = new TrainingOptions
        {
            Hidden = [4], Activation = Activation.Tanh, Optimizer = OptimizerOptions.All.Parse(parts[0]).Kind, BatchSize = Examples,
            Epochs = Steps, Shuffle = false, Scaling = Scaling.None, ClipValue = clipValue > 0 ? clipValue : null,
            ClipNorm = clipNorm > 0 ? clipNorm : null,
        };
        var training = new Training<Classifier>(data, options);
        var network = training.Model.Network;
        var reference = new ReferenceNetwork(sizes, ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost());
        double[] start = Doubles(network.Topology.ByNeuron(network.Parameters));
        reference.Parameters.CopyFrom(start);
        var trainer = new ReferenceTrainer(
            reference, Reference(options.Optimizer), options.Optimizer.WeightDecay,
            clipNorm: clipNorm > 0 ? clipNorm : double.PositiveInfinity,
            clipValue: clipValue > 0 ? clipValue : double.PositiveInfinity);
        if (isFirst)
            Print(new { sizes, x = Doubles(x), labels, start });
        isFirst = false;
        Print(new
        {
            kind = text,
            options = options.Optimizer.ParameterValues,
            clipValue = (double)clipValue,
            clipNorm = (double)clipNorm,
            floats = training.Epochs().Select(_ => Doubles(network.Topology.ByNeuron(network.Parameters))).ToArray(),
            doubles = Enumerable.Range(0, Steps).Select(_ =>
            {
                trainer.UpdateMiniBatch(Doubles(x), ys);
                return reference.Parameters.All.ToArray();
            }).ToArray(),
        });
    }
}

// Reports of random outputs. KIND here: classes/CLASSES/EXAMPLES/HOW or values/TARGETS/EXAMPLES/HOW.
void Metrics(string[] cases)
{
    Print(new { peer = "scikit-learn" });
    for (int i = 0; i < cases.Length; i++)
    {
        string[] parts = cases[i].Split('/');
        int width = int.Parse(parts[1]), examples = int.Parse(parts[2]);
        double[] numbers = Normals((ulong)(2 * i), width * examples), others = Normals((ulong)(2 * i + 1), width * examples);
        if (parts[0] == "classes")
            PrintClasses(cases[i], numbers, others, width, parts[3]);
        else
            PrintValues(cases[i], numbers, others, width, parts[3]);
    }
}

void PrintClasses(string kind, double[] numbers, double[] others, int classes, string how)
{
    int examples = numbers.Length / classes;
    double spread = how == "extreme" ? 150 : 2;
    var weights = Array.ConvertAll(numbers, number => Math.Exp(spread * (how == "ties" ? Math.Round(number) : number)));
    var probabilities = new double[numbers.Length];
    var labels = new int[examples];
    for (int i = 0; i < examples; i++)
    {
        int start = i * classes;
        for (int c = 0; c < classes; c++)
            probabilities[start + c] = weights[start + c] / weights.AsSpan(start, classes).ToArray().Sum();
        // The class with the greatest sum of noise and score, or only the first half of all classes.
        int[] possible = [.. Enumerable.Range(0, how == "absent" ? (classes + 1) / 2 : classes)];
        labels[i] = possible.MaxBy(c => numbers[start + c] + 2 * others[start + c]);
    }
    var report = ClassificationReport.From(labels, probabilities, [.. Enumerable.Range(0, classes).Select(c => $"{c}")]);
    Print(new
    {
        kind, classes, labels, probabilities,
        metrics = Named(report),
        macro = new[] { report.Macro.Precision, report.Macro.Recall, report.Macro.F1 },
        weighted = new[] { report.Weighted.Precision, report.Weighted.Recall, report.Weighted.F1 },
        perClass = report.Classes.Select(metrics => new double?[]
        {
            metrics.Precision, metrics.Recall, metrics.F1, metrics.Support, Defined(metrics.RocAuc), Defined(metrics.AveragePrecision),
        }),
        confusion = Enumerable.Range(0, classes).Select(label =>
            Enumerable.Range(0, classes).Select(predicted => report.ConfusionMatrix[label, predicted])),
    });
}

void PrintValues(string kind, double[] numbers, double[] others, int targets, string how)
{
    var values = Array.ConvertAll(numbers, number => how switch
    {
        "ties" => Math.Round(number),
        "constant" => 3,
        "large" => 1e6 + 1000 * number,
        _ => number,
    });
    var predictions = values.Zip(others, (value, noise) => value + (how == "ties" ? Math.Round(noise) : noise)).ToArray();
    string[] names = [.. Enumerable.Range(0, targets).Select(target => $"{target}")];
    Print(new { kind, targets, values, predictions, metrics = Named(RegressionReport.From(values, predictions, names)) });
}

Dictionary<string, double?> Named(ModelReport report) =>
    report.AllMetrics.ToDictionary(metric => metric.Name, metric => metric.WhyUndefined is null ? (double?)metric.Value : null);

double? Defined(double value) => double.IsNaN(value) ? null : value;

ReferenceOptimizer Reference(OptimizerOptions options) =>
    ReferenceOptimizer.Create(options.Name, options.ParameterValues.Where(parameter => parameter.Key != "l2").ToDictionary());

double[] Doubles(ReadOnlySpan<float> values) => [.. values.ToArray().Select(value => (double)value)];
