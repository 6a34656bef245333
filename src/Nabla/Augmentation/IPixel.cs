using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>How pixels of a type are read as floats, and written.</summary>
internal interface IPixel<T>
    where T : unmanaged
{
    static abstract float Read(T pixel);

    static abstract T Write(float value);
}

/// <summary>A byte; what is written is rounded to the nearest.</summary>
internal readonly struct BytePixel : IPixel<byte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Read(byte pixel) => pixel;

    /// <param name="value">Between two bytes, or beyond by less than a half.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Write(float value) => (byte)float.ConvertToIntegerNative<int>(value + 0.5f);
}

/// <summary>A float, as it is.</summary>
internal readonly struct FloatPixel : IPixel<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Read(float pixel) => pixel;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Write(float value) => value;
}
