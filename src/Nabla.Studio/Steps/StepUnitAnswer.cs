using Nabla.Explain;

namespace Nabla.Studio;

/// <summary>The chosen unit and weight of a <see cref="StepAnswer"/>.</summary>
/// <param name="right">The example without the slip.</param>
/// <param name="slip">The example with it; null if it is not wanted.</param>
/// <param name="unit">The chosen unit.</param>
/// <param name="weight">The chosen weight; null for the bias.</param>
/// <param name="rate">The learning rate.</param>
internal sealed class StepUnitAnswer(ExampleTrace right, ExampleTrace? slip, UnitTrace unit, int? weight, double rate)
{
    private readonly UnitTrace? wrong = slip?.Unit(unit.Layer, unit.Unit);

    /// <summary>The unit: the largest terms of its sums.</summary>
    public StepUnit Unit()
    {
        var terms = LargestTerms.From(unit.Products, StepAnswer.Most, weight);
        var errors = LargestTerms.From(unit.ErrorProducts, StepAnswer.Most);
        IReadOnlyList<double> after = unit.WeightsAfter(rate), wrongAfter = wrong?.WeightsAfter(rate) ?? [];
        return new StepUnit(
            unit.Layer, unit.Unit, StepNumber.Require(unit.Bias), StepNumber.Require(unit.BiasAfter(rate)!.Value),
            [.. terms.Indices.Select(k => Term(k, after, wrongAfter))], terms.Count, StepNumber.Require(terms.Rest),
            [.. errors.Indices.Select(Error)], errors.Count, StepNumber.Require(errors.Rest))
        {
            SlipNewBias = wrong is null ? null : StepNumber.Require(wrong.BiasAfter(rate)!.Value),
            SlipErrorRest = wrong is null ? null : StepNumber.Require(LargestTerms.SumOfRest(wrong.ErrorProducts, errors.Indices)),
        };
    }

    /// <summary>The weight.</summary>
    public StepWeight Weight()
    {
        var trace = right.Parameter(unit.Layer, unit.Unit, weight, rate);
        var wrongTrace = slip?.Parameter(unit.Layer, unit.Unit, weight, rate);
        return new StepWeight(
            weight, weight is { } k ? StepNumber.Require(unit.Inputs[k]) : 1, StepNumber.Require(trace.Value),
            StepNumber.Require(trace.Gradient), StepNumber.Require(trace.Difference), trace.OnKink, trace.Step,
            StepNumber.Require(trace.RelativeDifference), rate, StepNumber.Require(trace.NewValue))
        {
            SlipGradient = wrongTrace is null ? null : StepNumber.Require(wrongTrace.Gradient),
            SlipRelativeDifference = wrongTrace is null ? null : StepNumber.Require(wrongTrace.RelativeDifference),
            SlipNewValue = wrongTrace is null ? null : StepNumber.Require(wrongTrace.NewValue),
        };
    }

    private StepTerm Term(int k, IReadOnlyList<double> after, IReadOnlyList<double> wrongAfter) => new(
        k, StepNumber.Require(unit.Inputs[k]), StepNumber.Require(unit.Weights[k]), StepNumber.Require(unit.Products[k]),
        StepNumber.Require(unit.NablaW[k]), StepNumber.Require(after[k]))
    {
        SlipNabla = wrong is null ? null : StepNumber.Require(wrong.NablaW[k]),
        SlipNewW = wrong is null ? null : StepNumber.Require(wrongAfter[k]),
    };

    private StepError Error(int j) => new(
        j, StepNumber.Require(unit.WeightsAbove[j]), StepNumber.Require(right.Layers[unit.Layer + 1].Delta[j]),
        StepNumber.Require(unit.ErrorProducts[j]))
    {
        SlipDelta = slip is null ? null : StepNumber.Require(slip.Layers[unit.Layer + 1].Delta[j]),
        SlipProduct = wrong is null ? null : StepNumber.Require(wrong.ErrorProducts[j]),
    };
}
