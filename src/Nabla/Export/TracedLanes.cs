using Nabla.Kernels;

namespace Nabla;

/// <summary>A value in a traced function: the number of the step that computes it.</summary>
internal readonly record struct Traced(int Step);

/// <summary>A lane that computes nothing and notes each operation.</summary>
internal readonly struct TracedLanes : ILanes<Traced>
{
    [ThreadStatic]
    private static FunctionTrace? trace;

    public static int Count => 1;

    public static int Registers => 16;

    /// <summary>Traces a function.</summary>
    /// <param name="into">Receives the steps.</param>
    /// <param name="function">The function.</param>
    /// <returns>The number of the step that computes it.</returns>
    public static int Trace<TActivation>(FunctionTrace into, TActivation function) where TActivation : struct, IActivation
    {
        trace = into;
        try
        {
            return function.Value<TracedLanes, Traced>(Note(new TracedOperation(TracedKind.Argument))).Step;
        }
        finally
        {
            trace = null;
        }
    }

    public static Traced Broadcast(float value) =>
        Note(new TracedOperation(TracedKind.Constant, Number: BitConverter.SingleToInt32Bits(value)));

    public static Traced BroadcastBits(int bits) => Note(new TracedOperation(TracedKind.ConstantBits, Number: bits));

    public static Traced Add(Traced a, Traced b) => Note(TracedKind.Add, a, b);

    public static Traced Subtract(Traced a, Traced b) => Note(TracedKind.Subtract, a, b);

    public static Traced Multiply(Traced a, Traced b) => Note(TracedKind.Multiply, a, b);

    public static Traced Divide(Traced a, Traced b) => Note(TracedKind.Divide, a, b);

    public static Traced FusedMultiplyAdd(Traced a, Traced b, Traced c) =>
        Note(new TracedOperation(TracedKind.FusedMultiplyAdd, a.Step, b.Step, c.Step));

    public static Traced Sqrt(Traced a) => Note(new TracedOperation(TracedKind.Sqrt, a.Step));

    public static Traced SelectGreater(Traced a, Traced b, Traced then, Traced otherwise) =>
        Note(new TracedOperation(TracedKind.SelectGreater, a.Step, b.Step, then.Step, otherwise.Step));

    public static Traced AddBits(Traced a, Traced b) => Note(TracedKind.AddBits, a, b);

    public static Traced SubtractBits(Traced a, Traced b) => Note(TracedKind.SubtractBits, a, b);

    public static Traced AndBits(Traced a, Traced b) => Note(TracedKind.AndBits, a, b);

    public static Traced OrBits(Traced a, Traced b) => Note(TracedKind.OrBits, a, b);

    public static Traced ShiftBitsLeft(Traced a, int count) =>
        Note(new TracedOperation(TracedKind.ShiftBitsLeft, a.Step, Number: count));

    public static Traced ShiftBitsRight(Traced a, int count) =>
        Note(new TracedOperation(TracedKind.ShiftBitsRight, a.Step, Number: count));

    public static Traced BitsToFloat(Traced a) => Note(new TracedOperation(TracedKind.BitsToFloat, a.Step));

    public static Traced Load(ref readonly float source, nuint offset) => throw HasNoMemory();

    public static Traced LoadBytes(ref readonly byte source, nuint offset) => throw HasNoMemory();

    public static void Store(Traced value, ref float destination, nuint offset) => throw HasNoMemory();

    public static void StoreFirst(Traced value, int lanes, ref float destination, nuint offset) => throw HasNoMemory();

    public static Traced MinBits(Traced a, Traced b) => throw HasNoMemory();

    public static bool AnyNegativeZero(Traced a) => throw HasNoMemory();

    private static Traced Note(TracedKind kind, Traced a, Traced b) => Note(new TracedOperation(kind, a.Step, b.Step));

    private static Traced Note(TracedOperation operation) => new(trace!.Add(operation));

    private static NotSupportedException HasNoMemory() => new("An activation is a function of one number, without memory or tests.");
}
