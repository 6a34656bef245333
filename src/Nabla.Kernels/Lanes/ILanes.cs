namespace Nabla.Kernels;

/// <summary>
/// The operations from which every kernel is built, over a vector of <see cref="Count"/> floats. Each works lane by lane and is
/// rounded as IEEE 754 says, so that a kernel written once gives the same bits at every width.
/// </summary>
/// <typeparam name="V">The vector: <c>Vector512&lt;float&gt;</c>, ..., or plain <c>float</c> for one lane.</typeparam>
/// <remarks>
/// Horizontal operations (a sum over lanes) are absent on purpose: their order would depend on the width. Minimum and maximum are absent
/// too, because processors treat NaN and -0 differently. The sign and payload of a NaN result are unspecified.
/// </remarks>
internal interface ILanes<V> where V : struct
{
    /// <summary>Floats in one vector.</summary>
    static abstract int Count { get; }

    /// <summary>Vector registers that kernels of this width may use: 16 or 32. A choice of blocks only; no bit depends on it.</summary>
    static abstract int Registers { get; }

    static abstract V Broadcast(float value);

    /// <summary>Lanes that hold a bit pattern, for the operations on bits below.</summary>
    static abstract V BroadcastBits(int bits);

    /// <summary>
    /// Reads <see cref="Count"/> floats from <paramref name="source"/> + <paramref name="offset"/>, which need not be aligned.
    /// </summary>
    static abstract V Load(ref readonly float source, nuint offset);

    /// <summary>Reads <see cref="Count"/> bytes from <paramref name="source"/> + <paramref name="offset"/>, each as a float.</summary>
    static abstract V LoadBytes(ref readonly byte source, nuint offset);

    static abstract void Store(V value, ref float destination, nuint offset);

    /// <summary>Writes the first 1 to <see cref="Count"/> lanes.</summary>
    static abstract void StoreFirst(V value, int lanes, ref float destination, nuint offset);

    static abstract V Add(V a, V b);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V Divide(V a, V b);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract V FusedMultiplyAdd(V a, V b, V c);

    static abstract V Sqrt(V a);

    /// <summary><paramref name="then"/> where a &gt; b; <paramref name="otherwise"/> elsewhere, also where a or b is NaN.</summary>
    static abstract V SelectGreater(V a, V b, V then, V otherwise);

    /// <summary>The sum of the bit patterns as 32-bit integers, modulo 2^32.</summary>
    static abstract V AddBits(V a, V b);

    /// <summary>The difference of the bit patterns as 32-bit integers, modulo 2^32.</summary>
    static abstract V SubtractBits(V a, V b);

    static abstract V AndBits(V a, V b);

    static abstract V OrBits(V a, V b);

    /// <summary>The bit patterns shifted left, filled with zeros.</summary>
    static abstract V ShiftBitsLeft(V a, int count);

    /// <summary>The bit patterns shifted right, filled with the sign bit.</summary>
    static abstract V ShiftBitsRight(V a, int count);

    /// <summary>The bit patterns read as 32-bit integers and converted to the nearest float.</summary>
    static abstract V BitsToFloat(V a);

    /// <summary>The smaller of the bit patterns as signed 32-bit integers; that of -0 is the smallest of all.</summary>
    static abstract V MinBits(V a, V b);

    /// <summary>Whether a lane holds -0.</summary>
    static abstract bool AnyNegativeZero(V a);
}
