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
            unit.Layer, unit.Unit, Finite.Require(unit.Bias), Finite.Require(unit.BiasAfter(rate)!.Value),
            [.. terms.Indices.Select(k => Term(k, after, wrongAfter))], terms.Count, Finite.Require(terms.Rest),
            [.. errors.Indices.Select(Error)], errors.Count, Finite.Require(errors.Rest))
        {
            SlipNewBias = wrong is null ? null : Finite.Require(wrong.BiasAfter(rate)!.Value),
            SlipErrorRest = wrong is null ? null : Finite.Require(LargestTerms.SumOfRest(wrong.ErrorProducts, errors.Indices)),
        };
    }

    /// <summary>The weight.</summary>
    public StepWeight Weight()
    {
        var trace = right.Parameter(unit.Layer, unit.Unit, weight, rate);
        var wrongTrace = slip?.Parameter(unit.Layer, unit.Unit, weight, rate);
        return new StepWeight(
            weight, weight is { } k ? Finite.Require(unit.Inputs[k]) : 1, Finite.Require(trace.Value), Finite.Require(trace.Gradient),
            Finite.Require(trace.Difference), trace.OnKink, trace.Step, Finite.Require(trace.RelativeDifference), rate,
            Finite.Require(trace.NewValue))
        {
            SlipGradient = wrongTrace is null ? null : Finite.Require(wrongTrace.Gradient),
            SlipRelativeDifference = wrongTrace is null ? null : Finite.Require(wrongTrace.RelativeDifference),
            SlipNewValue = wrongTrace is null ? null : Finite.Require(wrongTrace.NewValue),
        };
    }

    private StepTerm Term(int k, IReadOnlyList<double> after, IReadOnlyList<double> wrongAfter) => new(
        k, Finite.Require(unit.Inputs[k]), Finite.Require(unit.Weights[k]), Finite.Require(unit.Products[k]),
        Finite.Require(unit.NablaW[k]), Finite.Require(after[k]))
    {
        SlipNabla = wrong is null ? null : Finite.Require(wrong.NablaW[k]),
        SlipNewW = wrong is null ? null : Finite.Require(wrongAfter[k]),
    };

    private StepError Error(int j) => new(
        j, Finite.Require(unit.WeightsAbove[j]), Finite.Require(right.Layers[unit.Layer + 1].Delta[j]),
        Finite.Require(unit.ErrorProducts[j]))
    {
        SlipDelta = slip is null ? null : Finite.Require(slip.Layers[unit.Layer + 1].Delta[j]),
        SlipProduct = wrong is null ? null : Finite.Require(wrong.ErrorProducts[j]),
    };
}
