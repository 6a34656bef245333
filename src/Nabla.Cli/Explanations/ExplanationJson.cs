using Nabla.Explain;

namespace Nabla.Cli;

/// <summary>Prints an example on its way through a network as one JSON object.</summary>
internal static class ExplanationJson
{
    /// <summary>Writes all layers, and one unit and weight if they were asked for.</summary>
    public static void Write(
        TextWriter output, string name, ExampleTrace trace, int? layer, UnitTrace? unit, (int? Input, ParameterTrace Trace)? parameter) =>
        JsonLine.Write(output, line =>
        {
            line.Text("input", name).Doubles("x", trace.X);
            if (trace.Cost is { } cost)
                line.Doubles("y", trace.Y).Number("cost", (double?)cost);
            line.Objects("layers", trace.Layers.Where(one => layer is null || one.Layer == layer), AddLayer);
            if (unit is not null)
                line.Object("unit", fields => AddUnit(fields, unit));
            if (parameter is var (input, step))
                line.Object("parameter", fields => AddParameter(fields, input, step));
        });

    private static void AddLayer(JsonLine line, LayerTrace layer)
    {
        line.Number("layer", layer.Layer).Text("activation", layer.Activation).Doubles("inputs", layer.Inputs).Doubles("z", layer.Z)
            .Doubles("a", layer.Outputs);
        if (layer.Delta.Count > 0)
            line.Doubles("delta", layer.Delta);
    }

    private static void AddUnit(JsonLine line, UnitTrace unit)
    {
        line.Number("layer", unit.Layer).Number("unit", unit.Unit).Doubles("w", unit.Weights).Number("b", (double?)unit.Bias)
            .Number("z", (double?)unit.Z).Number("a", (double?)unit.Output);
        if (unit.Delta is { } delta)
            line.Number("delta", (double?)delta).Doubles("nabla-w", unit.NablaW).Number("nabla-b", unit.NablaB);
    }

    private static void AddParameter(JsonLine line, int? input, ParameterTrace parameter) => line
        .NumberIfAny("input", input)
        .Number("value", (double?)parameter.Value)
        .Number("backpropagation", (double?)parameter.Gradient)
        .Number("differences", parameter.OnKink ? null : parameter.Difference)
        .Number("learning-rate", (double?)parameter.LearningRate)
        .Number("new-value", (double?)parameter.NewValue);
}
