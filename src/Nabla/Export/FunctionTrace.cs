using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// The steps of an activation, one by one: its kernel, which is written for lanes of any kind, has run on lanes that note what is asked of
/// them. Code made from the steps gives the same bits, whatever the activation.
/// </summary>
internal sealed class FunctionTrace
{
    private readonly List<TracedOperation> steps = [];
    private readonly Dictionary<TracedOperation, int> numbers = []; // the same step is noted once
    private int result;

    private FunctionTrace()
    {
    }

    /// <summary>The steps that matter to the result, each after those of its operands; others have no place in the list.</summary>
    public IEnumerable<(int Number, TracedOperation Step)> Steps
    {
        get
        {
            var used = new bool[steps.Count];
            used[result] = true;
            for (int i = result; i >= 0; i--)
            {
                foreach (int operand in used[i] ? steps[i].Operands : [])
                    used[operand] = true;
            }
            return steps.Index().Where(step => used[step.Index]);
        }
    }

    /// <summary>The step that computes the function.</summary>
    public int Result => result;

    /// <summary>A step.</summary>
    public TracedOperation this[int number] => steps[number];

    /// <summary>Traces an activation; null for softmax, which is no function of a single neuron.</summary>
    public static FunctionTrace? Of(Activation activation) => activation.Use(new Tracer());

    /// <summary>Notes a step.</summary>
    /// <returns>Its number.</returns>
    internal int Add(TracedOperation step)
    {
        if (numbers.TryGetValue(step, out int number))
            return number;
        number = steps.Count;
        steps.Add(step);
        numbers.Add(step, number);
        return number;
    }

    private readonly struct Tracer : IActivationUser<FunctionTrace?>
    {
        public FunctionTrace UseElementwise<TActivation>(TActivation function) where TActivation : struct, IActivation
        {
            var trace = new FunctionTrace();
            trace.result = TracedLanes.Trace(trace, function);
            return trace;
        }

        public FunctionTrace? UseSoftmax() => null;
    }
}
