namespace Nabla.Studio;

/// <summary>One example on its way through a network: what the page for single steps shows.</summary>
/// <param name="Network">The name of the network in requests.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Layers">The layers, from the inputs on.</param>
/// <param name="Unit">The chosen unit.</param>
/// <param name="Weight">The chosen weight of this unit.</param>
internal sealed record StepsMessage(
    string Network, string Title, IReadOnlyList<StepLayer> Layers, StepUnit Unit, StepWeight Weight)
{
    public required StepExample Example { get; init; }

    public required StepLoss Loss { get; init; }

    /// <summary>The gradient check of the whole network with this example.</summary>
    public required StepCheck Check { get; init; }

    /// <summary>The same with the notebook's slip; null without it.</summary>
    public StepCheck? SlipCheck { get; init; }

    /// <summary>Why the slip does not change this network, or why the numbers are wrong without it; null if it changes it.</summary>
    public string? SlipNote { get; init; }

    /// <summary>Whether the notebook's slip is made as well.</summary>
    public bool Slip { get; init; }

    /// <summary>The optimizer that trains the network.</summary>
    public string Optimizer { get; init; } = "";
}

/// <summary>A network that can be chosen.</summary>
/// <param name="Name">Its name in requests.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Problem">Why it cannot be used now; null if it can.</param>
internal sealed record StepChoice(string Name, string Title, string? Problem);

/// <summary>The networks that can be chosen.</summary>
internal sealed record StepChoices(IReadOnlyList<StepChoice> Networks);

/// <summary>The example.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Count">How many examples there are.</param>
/// <param name="Data">The name of the data.</param>
/// <param name="Target">What the network should answer: a class, or values.</param>
/// <param name="InputCount">Inputs of the network.</param>
/// <param name="Inputs">Some of the inputs.</param>
internal sealed record StepExample(
    int Number, int Count, string Data, string Target, int InputCount, IReadOnlyList<StepInput> Inputs)
{
    /// <summary>A grey image, one byte a pixel, in base 64; null if the example is not one.</summary>
    public string? Picture { get; init; }

    public int Rows { get; init; }

    public int Columns { get; init; }

    /// <summary>How the inputs were chosen: see <see cref="StepLayer.Chosen"/>.</summary>
    public string Chosen { get; init; } = "";
}

/// <summary>An input.</summary>
/// <param name="Input">k, counted from 0.</param>
/// <param name="Value">The value in the data.</param>
/// <param name="X">The value as the network gets it, scaled.</param>
internal sealed record StepInput(int Input, double Value, double X);

/// <summary>The loss, and the output layer that goes with it.</summary>
/// <param name="Name">Its name, e.g. quadratic.</param>
/// <param name="Description">What it computes.</param>
/// <param name="IsDifference">Whether delta is a - y, without a slope.</param>
/// <param name="IsSmoothed">Whether y has label smoothing.</param>
/// <param name="Cost">C of the example.</param>
internal sealed record StepLoss(string Name, string Description, bool IsDifference, bool IsSmoothed, double Cost);

/// <summary>A layer.</summary>
/// <param name="Layer">l, counted from 0.</param>
/// <param name="Inputs">How many inputs it has.</param>
/// <param name="Count">How many units it has.</param>
/// <param name="Activation">f.</param>
/// <param name="Description">What f computes.</param>
/// <param name="Units">Some of the units.</param>
internal sealed record StepLayer(int Layer, int Inputs, int Count, string Activation, string Description, IReadOnlyList<StepRow> Units)
{
    /// <summary>How the units were chosen: all; delta, terms, errors or x for those where this is the largest.</summary>
    public string Chosen { get; init; } = "";

    /// <summary>How many units have a slope of nearly 0.</summary>
    public int Flat { get; init; }
}

/// <summary>The numbers of a unit. Those of the slip are null without it.</summary>
/// <param name="Unit">j, counted from 0.</param>
/// <param name="Z">z, the weighted inputs and the bias.</param>
/// <param name="A">a = f(z).</param>
/// <param name="Delta">dC/dz.</param>
internal sealed record StepRow(int Unit, double Z, double A, double Delta)
{
    /// <summary>dC/da; null where delta is a - y.</summary>
    public double? Gradient { get; init; }

    /// <summary>f'(z); null where delta is a - y.</summary>
    public double? Slope { get; init; }

    /// <summary>The desired output; null in hidden layers.</summary>
    public double? Y { get; init; }

    /// <summary>saturated, or off where f has no ceiling or no floor, if the slope is nearly 0; otherwise null.</summary>
    public string? Mark { get; init; }

    public double? SlipGradient { get; init; }

    public double? SlipSlope { get; init; }

    public double? SlipDelta { get; init; }
}

/// <summary>The chosen unit.</summary>
/// <param name="Layer">l, counted from 0.</param>
/// <param name="Unit">j, counted from 0.</param>
/// <param name="Bias">b.</param>
/// <param name="NewBias">The bias after a step.</param>
/// <param name="Terms">The terms of z that are the largest.</param>
/// <param name="TermCount">How many terms there are.</param>
/// <param name="TermRest">The sum of the others.</param>
/// <param name="Errors">The terms of dC/da that are the largest; empty for an output.</param>
/// <param name="ErrorCount">How many there are.</param>
/// <param name="ErrorRest">The sum of the others.</param>
internal sealed record StepUnit(
    int Layer, int Unit, double Bias, double NewBias, IReadOnlyList<StepTerm> Terms, int TermCount, double TermRest,
    IReadOnlyList<StepError> Errors, int ErrorCount, double ErrorRest)
{
    public double? SlipNewBias { get; init; }

    public double? SlipErrorRest { get; init; }
}

/// <summary>One input of the chosen unit.</summary>
/// <param name="Input">k, counted from 0.</param>
/// <param name="X">What comes in: x, or a of the layer below.</param>
/// <param name="W">The weight.</param>
/// <param name="Product">w x.</param>
/// <param name="Nabla">dC/dw.</param>
/// <param name="NewW">The weight after a step.</param>
internal sealed record StepTerm(int Input, double X, double W, double Product, double Nabla, double NewW)
{
    public double? SlipNabla { get; init; }

    public double? SlipNewW { get; init; }
}

/// <summary>One unit of the layer above, whose error comes back to the chosen unit.</summary>
/// <param name="Unit">j, counted from 0.</param>
/// <param name="W">The weight with which it reads the chosen unit.</param>
/// <param name="Delta">Its error.</param>
/// <param name="Product">w delta.</param>
internal sealed record StepError(int Unit, double W, double Delta, double Product)
{
    public double? SlipDelta { get; init; }

    public double? SlipProduct { get; init; }
}

/// <summary>The chosen weight, or the bias.</summary>
/// <param name="Input">k, counted from 0; null for the bias.</param>
/// <param name="X">What it weighs; 1 for the bias.</param>
/// <param name="W">Its value.</param>
/// <param name="Gradient">By backpropagation.</param>
/// <param name="Difference">By central differences.</param>
/// <param name="OnKink">Whether the difference is useless because an activation or the loss has a kink there.</param>
/// <param name="Step">h of the differences.</param>
/// <param name="RelativeDifference">Between the two gradients.</param>
/// <param name="LearningRate">The size of the step.</param>
/// <param name="NewValue">The value after it.</param>
internal sealed record StepWeight(
    int? Input, double X, double W, double Gradient, double Difference, bool OnKink, double Step, double RelativeDifference,
    double LearningRate, double NewValue)
{
    public double? SlipGradient { get; init; }

    public double? SlipRelativeDifference { get; init; }

    public double? SlipNewValue { get; init; }
}

/// <summary>A gradient check.</summary>
/// <param name="Passed">Whether all blocks agree.</param>
/// <param name="Differs">Whether a block differs. If neither holds, a block could not be compared.</param>
/// <param name="LargestError">The largest relative error of a block.</param>
/// <param name="Tolerance">The largest error allowed.</param>
/// <param name="Checked">Parameters that were compared.</param>
/// <param name="OnKink">Parameters that could not be.</param>
internal sealed record StepCheck(bool Passed, bool Differs, double LargestError, double Tolerance, int Checked, int OnKink);
