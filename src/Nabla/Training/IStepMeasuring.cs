namespace Nabla;

/// <summary>
/// An engine that can measure one of its steps. Only one step of an epoch is measured, so that it costs next to nothing.
/// </summary>
internal interface IStepMeasuring
{
    /// <summary>Keeps a copy of the parameters: the next step will be measured.</summary>
    void BeginMeasuredStep();

    /// <summary>Measures the step that was made since <see cref="BeginMeasuredStep"/>.</summary>
    /// <returns>[layers].</returns>
    LayerUpdate[] MeasureStep();
}
