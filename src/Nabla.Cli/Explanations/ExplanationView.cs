using System.Globalization;
using Nabla.Explain;
using Nabla.Report;

namespace Nabla.Cli;

/// <summary>Prints an example on its way through a network, with the symbols of docs/backprop.md.</summary>
internal sealed class ExplanationView(TextWriter output, Model model, ExampleTrace trace)
{
    private const int MostRows = 12; // of a table, unless one layer is asked for

    /// <summary>Prints all layers in short.</summary>
    public void WriteAll()
    {
        WriteHeading();
        foreach (var layer in trace.Layers)
            WriteLayer(layer, MostRows);
        WriteOutputs();
    }

    /// <summary>Prints all units of one layer.</summary>
    public void WriteLayer(int layer)
    {
        WriteHeading();
        WriteLayer(trace.Layers[layer], int.MaxValue);
    }

    /// <summary>Prints one unit: its inputs and weights, and how z, a, delta and nabla follow from them.</summary>
    public void WriteUnit(UnitTrace unit)
    {
        WriteHeading();
        output.WriteLine();
        output.WriteLine($"Layer {unit.Layer}, unit {unit.Unit} ({trace.Layers[unit.Layer].Activation})");
        bool hasGradient = unit.NablaW.Count > 0;
        int[] shown = [.. Enumerable.Range(0, unit.Weights.Count)
            .OrderByDescending(k => Math.Abs(unit.Weights[k] * unit.Inputs[k])).Take(MostRows)];
        string[] header = ["input", unit.Layer == 0 ? "x" : "a", "w", "w * " + (unit.Layer == 0 ? "x" : "a")];
        TextTable.Write(
            output,
            [
                [.. header, .. hasGradient ? (string[])["nabla w"] : []],
                .. shown.Select(k => (string[])
                [
                    $"{k}", Number(unit.Inputs[k]), Number(unit.Weights[k]), Number(unit.Weights[k] * unit.Inputs[k]),
                    .. hasGradient ? (string[])[Number(unit.NablaW[k])] : [],
                ]),
            ], leftColumns: 0);
        if (shown.Length < unit.Weights.Count)
            output.WriteLine($"{shown.Length} of {unit.Weights.Count} inputs, those with the largest product; --json prints all.");
        output.WriteLine();
        output.WriteLine($"z = sum of all products + b = {Number(unit.Z - unit.Bias)} + {Number(unit.Bias)} = {Number(unit.Z)}");
        output.WriteLine($"a = f(z) = {Number(unit.Output)}");
        if (unit.Delta is { } delta)
            output.WriteLine($"delta = dC/dz = {Number(delta)}; nabla b = delta, nabla w = delta * {(unit.Layer == 0 ? "x" : "a")}");
    }

    /// <summary>Prints the gradient of one weight by two methods, and what a step does to it.</summary>
    public void WriteParameter(int? input, ParameterTrace parameter)
    {
        output.WriteLine();
        output.WriteLine(input is { } k ? $"The weight of input {k}" : "The bias");
        string difference = Number(parameter.Difference) + (parameter.OnKink ? " (useless: an activation crossed its kink)" : "");
        string rate = ((float)parameter.LearningRate).ToString(CultureInfo.InvariantCulture);
        TextTable.Write(output,
        [
            ["value", Number(parameter.Value)],
            ["gradient by backpropagation", Number(parameter.Gradient)],
            ["gradient by central differences", difference],
            [$"after a step at the rate {rate}", Number(parameter.NewValue)],
        ]);
    }

    /// <summary>A number with nine digits.</summary>
    private static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private void WriteHeading()
    {
        output.WriteLine($"{model.Topology}, in double precision; layers, units and inputs are counted from 0");
        if (trace.Cost is { } cost)
            output.WriteLine($"C = {Number(cost)} ({model.Options.Loss})");
    }

    private void WriteLayer(LayerTrace layer, int most)
    {
        bool hasGradient = layer.Delta.Count > 0;
        // The units that answer most strongly; those of the output layer in order.
        bool isCut = layer.Units > most;
        var units = Enumerable.Range(0, layer.Units);
        int[] shown = isCut
            ? [.. units.OrderByDescending(unit => Math.Abs(layer.Outputs[unit])).Take(most)]
            : [.. units];
        output.WriteLine();
        output.WriteLine($"Layer {layer.Layer}: {layer.Inputs.Count} inputs, {layer.Units} units, a = {layer.Activation}(z)");
        TextTable.Write(
            output,
            [
                ["unit", "z", "a", .. hasGradient ? (string[])["delta"] : []],
                .. shown.Select(unit => (string[])
                [
                    $"{unit}", Number(layer.Z[unit]), Number(layer.Outputs[unit]),
                    .. hasGradient ? (string[])[Number(layer.Delta[unit])] : [],
                ]),
            ], leftColumns: 0);
        if (isCut)
            output.WriteLine($"{most} of {layer.Units} units, those with the largest a; --layer {layer.Layer} prints all.");
    }

    private void WriteOutputs()
    {
        output.WriteLine();
        var outputs = trace.Layers[^1].Outputs;
        if (model is Classifier classifier)
        {
            int strongest = Enumerable.Range(0, outputs.Count).MaxBy(output => outputs[output]);
            output.WriteLine($"Predicted: {VisibleText.Escape(classifier.ClassNames[strongest])} ({Number(outputs[strongest])})");
            return;
        }
        var values = new double[outputs.Count];
        model.TargetScaling!.Undo([.. outputs.Select(value => (float)value)], values);
        output.WriteLine($"Predicted: {string.Join(", ", values.Select(Number))}");
    }
}
