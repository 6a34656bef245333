using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// An array of numbers in a file, of which parts are read when they are needed: in C order, uncompressed, with any number of elements.
/// </summary>
/// <remarks>
/// Safe for concurrent use. The file stays open as long as the array is used, and must not change meanwhile. One that has become shorter
/// gives an error.
/// </remarks>
/// <param name="source">The file.</param>
/// <param name="start">Where the elements begin.</param>
/// <param name="type">The type and the byte order of the elements.</param>
/// <param name="shape">Size of each dimension.</param>
/// <param name="location">The file, for messages.</param>
internal sealed class StoredArray(ByteSource source, long start, StoredType type, int[] shape, FileLocation location) : IExampleArray
{
    private const int PartLength = 1 << 14; // elements that are converted at once

    private readonly int size = ElementTypes.SizeOf(type.ElementType);

    public ElementType ElementType => type.ElementType;

    public IReadOnlyList<int> Shape => shape;

    /// <summary>Reads elements, rounded to nearest where they do not fit exactly.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="values">Receives as many as it has.</param>
    /// <exception cref="InvalidInputException">The file has become shorter.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Read<T>(long first, Span<T> values)
        where T : unmanaged, INumberBase<T>
    {
        if (ElementTypes.Of<T>() == type.ElementType)
        {
            ReadBytes(first, MemoryMarshal.AsBytes(values));
            return;
        }
        byte[] part = ArrayPool<byte>.Shared.Rent(Math.Min(values.Length, PartLength) * size);
        for (int done = 0; done < values.Length; done += PartLength)
        {
            var some = values.Slice(done, Math.Min(PartLength, values.Length - done));
            var bytes = part.AsSpan(0, some.Length * size);
            ReadBytes(first + done, bytes);
            ElementConversion.Convert(type.ElementType, bytes, some);
        }
        ArrayPool<byte>.Shared.Return(part);
    }

    /// <summary>Reads the bytes of elements, in this machine's byte order.</summary>
    /// <param name="first">The first of the elements.</param>
    /// <param name="bytes">Receives as many whole elements as it has room for.</param>
    /// <exception cref="InvalidInputException">The file has become shorter.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void ReadBytes(long first, Span<byte> bytes)
    {
        source.ReadExactly(bytes, start + first * size, location);
        ArrayLayout.ToNativeOrder(bytes, size, type.IsLittleEndian);
    }

    /// <summary>One element as text, for messages.</summary>
    public string ElementAsText(long index)
    {
        Span<double> value = stackalloc double[1];
        Read(index, value);
        return FormattableString.Invariant($"{value[0]}");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{type.ElementType} [{string.Join(", ", shape)}] in {location.File}";
}

/// <summary>How the elements of an array in a file are written.</summary>
internal readonly record struct StoredType(ElementType ElementType, bool IsLittleEndian);
