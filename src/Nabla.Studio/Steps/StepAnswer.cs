using Nabla.Explain;
using Nabla.Reference;

namespace Nabla.Studio;

/// <summary>The answer to a question about single steps: numbers of <c>Nabla.Explain</c>, some of each layer.</summary>
/// <param name="trace">The example in the network.</param>
/// <param name="question">What is chosen.</param>
internal sealed class StepAnswer(StepTrace trace, StepQuestion question)
{
    /// <summary>The most units of a layer, and the most terms of a sum, that are in the answer.</summary>
    public const int Most = 12;

    private readonly ExampleTrace right = trace.Right;
    private readonly ExampleTrace? slip = question.Slip ? trace.Slip : null;

    private Model Model => trace.Source.Model;

    /// <summary>Makes the answer.</summary>
    /// <exception cref="InvalidInputException">There is no such unit or weight, or a number is not finite.</exception>
    public StepsMessage Create()
    {
        int layer = StepQuestion.Require("the layer", question.Layer ?? right.Layers.Count - 1, 0, right.Layers.Count);
        int unit = StepQuestion.Require(
            "the unit", question.Unit ?? LargestTerms.From(right.Layers[layer].Delta, 1).Indices[0], 0, right.Layers[layer].Units);
        var detail = right.Unit(layer, unit);
        int weight = StepQuestion.Require(
            "the weight", question.Weight ?? LargestTerms.From(detail.NablaW, 1).Indices[0], 0, detail.Weights.Count);
        var view = new StepUnitAnswer(right, slip, detail, question.IsBias ? null : weight, Model.Options.Optimizer.LearningRate);
        var unitMessage = view.Unit();
        var loss = Model.Options.Loss!;
        return new StepsMessage(
            trace.Source.Name, $"{trace.Source.Title}: {Model.Topology}",
            [.. right.Layers.Select(each => Layer(each, unitMessage))], unitMessage, view.Weight())
        {
            Example = Example(unitMessage),
            Loss = new StepLoss(
                loss.Name, loss.Description, loss.IsCanonicalFor(Model.Topology.OutputActivation),
                !right.Y.SequenceEqual(right.SmoothedY), StepNumber.Require(right.Cost!.Value)),
            Check = Check(trace.Check),
            SlipCheck = slip is null ? null : Check(trace.SlipCheck),
            SlipNote = SlipNote(),
            Slip = slip is not null,
            Optimizer = Model.Options.Optimizer.Name,
        };
    }

    private StepExample Example(StepUnit unit)
    {
        var data = trace.Source.Data;
        int row = trace.Example - 1;
        var target = ExampleTarget.From(data, row);
        bool isPicture = data is { Inputs.IsBytes: true, InputShape.Count: 2 };
        var inputs = unit.Layer == 0
            ? unit.Terms.Select(term => term.Input)
            : LargestTerms.From(right.X, Most).Indices;
        return new StepExample(
            trace.Example, data.Count, trace.Source.DataTitle,
            target.ClassIndex is { } number ? data.Targets.Names[number] : $"{target}", right.X.Count,
            [
                .. inputs.Select(k => new StepInput(
                    k, StepNumber.Require(RawFeature.Value(data.Inputs, row, k)), StepNumber.Require(right.X[k]))),
            ])
        {
            Picture = isPicture ? Convert.ToBase64String(data.Inputs.ByteRow(row)) : null,
            Rows = isPicture ? data.InputShape[0] : 0,
            Columns = isPicture ? data.InputShape[1] : 0,
            Chosen = right.X.Count <= Most ? "all" : unit.Layer == 0 ? "terms" : "x",
        };
    }

    private StepLayer Layer(LayerTrace layer, StepUnit unit)
    {
        string chosen = layer.Units <= Most ? "all" : (layer.Layer - unit.Layer) switch
        {
            -1 => "terms",
            1 => "errors",
            _ => "delta",
        };
        var units = chosen switch
        {
            "all" => Enumerable.Range(0, layer.Units),
            "terms" => unit.Terms.Select(term => term.Input),
            "errors" => unit.Errors.Select(error => error.Unit),
            _ => LargestTerms.From(layer.Delta, Most, layer.Layer == unit.Layer ? unit.Unit : null).Indices,
        };
        return new StepLayer(
            layer.Layer, layer.Inputs.Count, layer.Units, layer.Activation, Model.Topology.Layers[layer.Layer].Activation.Description,
            [.. units.Select(j => Row(layer, slip?.Layers[layer.Layer], j))])
        {
            Chosen = chosen, Flat = layer.Flat.Count,
        };
    }

    private StepRow Row(LayerTrace layer, LayerTrace? wrong, int j) =>
        new(j, StepNumber.Require(layer.Z[j]), StepNumber.Require(layer.Outputs[j]), StepNumber.Require(layer.Delta[j]))
        {
            Gradient = At(layer.OutputGradient, j),
            Slope = At(layer.Slopes, j),
            Y = layer.Layer == right.Layers.Count - 1 ? right.SmoothedY[j] : null,
            Mark = !layer.Flat.Contains(j) ? null : layer.IsBounded ? "saturated" : "off",
            SlipGradient = At(wrong?.OutputGradient, j),
            SlipSlope = At(wrong?.Slopes, j),
            SlipDelta = At(wrong?.Delta, j),
        };

    private string? SlipNote()
    {
        string asPrinted = ReferenceActivation.SigmoidAsPrinted.Name;
        if (Model.Topology.Layers.Any(layer => layer.Activation.Name == asPrinted))
            return "This network was trained with the slip: its gradient is wrong with and without the switch.";
        return slip is not null && slip.Layers.Zip(right.Layers).All(pair => pair.First.Delta.SequenceEqual(pair.Second.Delta))
            ? "In this network the slip changes nothing for this example: where an error has a slope as a factor at all, the slope at a "
                + "is the slope at z. Choose a network with sigmoids or tanh."
            : null;
    }

    private static StepCheck Check(GradientComparison check) => new(
        check.Passed, check.Differs, StepNumber.Require(check.LargestError), check.Tolerance, check.Blocks.Sum(block => block.Checked),
        check.Blocks.Sum(block => block.OnKink));

    private static double? At(IReadOnlyList<double>? values, int index) =>
        values is { Count: > 0 } ? StepNumber.Require(values[index]) : null;
}
