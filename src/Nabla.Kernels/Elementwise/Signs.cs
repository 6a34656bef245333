using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>Magnitudes and signs of floats, lane by lane. A NaN stays NaN.</summary>
internal static class Signs
{
    private const int Sign = unchecked((int)0x80000000);

    /// <summary>|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Magnitude<L, V>(V x) where L : struct, ILanes<V> where V : struct => L.AndBits(x, L.BroadcastBits(~Sign));

    /// <summary>-|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V MinusMagnitude<L, V>(V x) where L : struct, ILanes<V> where V : struct => L.OrBits(x, L.BroadcastBits(Sign));

    /// <summary>A magnitude with the sign of another number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Copy<L, V>(V magnitude, V signed) where L : struct, ILanes<V> where V : struct =>
        L.OrBits(magnitude, L.AndBits(signed, L.BroadcastBits(Sign)));

    /// <summary>max(x, 0).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PositivePart<L, V>(V x) where L : struct, ILanes<V> where V : struct =>
        L.SelectGreater(L.Broadcast(0f), x, L.Broadcast(0f), x);

    /// <summary>min(x, most).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AtMost<L, V>(V x, float most) where L : struct, ILanes<V> where V : struct =>
        L.SelectGreater(x, L.Broadcast(most), L.Broadcast(most), x);

    /// <summary>The number nearest to x from -most to most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Limit<L, V>(V x, float most) where L : struct, ILanes<V> where V : struct =>
        Copy<L, V>(AtMost<L, V>(Magnitude<L, V>(x), most), x);
}
