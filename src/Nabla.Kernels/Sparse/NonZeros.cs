using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Where a matrix is not zero: one bit for each element, 64 to a word. -0 counts as zero, NaN does not.</summary>
internal static unsafe class NonZeros
{
    /// <summary>Groups of four columns in a word of columns.</summary>
    public const int GroupsOfAWord = WordBits / SparseProduct.GroupLines;

    private const int WordBits = 64;

    /// <summary>Words that hold the bits of so many elements.</summary>
    public static int Words(int elements) => (elements + WordBits - 1) / WordBits;

    /// <summary>Marks the elements of some rows.</summary>
    /// <param name="matrix">[rows, columns], row by row.</param>
    /// <param name="rows">Rows to mark, beginning with the first of a group of four.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="rowGroups">[rows / 4 rounded up, Words(columns)]: bit j is set where one of four rows is not zero in column j.</param>
    /// <param name="columnGroups">[rows, Words(columns)]: 16 bits a word of columns, each set where a row is not zero in one of four columns.</param>
    /// <returns>How many elements are not zero.</returns>
    public static long MarkRows(float* matrix, int rows, int columns, ulong* rowGroups, ushort* columnGroups) =>
        MarkRows<Floats>((byte*)matrix, rows, columns, rowGroups, columnGroups);

    /// <summary>The same for bytes.</summary>
    public static long MarkRows(byte* matrix, int rows, int columns, ulong* rowGroups, ushort* columnGroups) =>
        MarkRows<Bytes>(matrix, rows, columns, rowGroups, columnGroups);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long MarkRows<TCells>(byte* matrix, int rows, int columns, ulong* rowGroups, ushort* columnGroups)
        where TCells : struct, ICells
    {
        long count = 0;
        int words = Words(columns);
        for (int row = 0; row < rows; row++, columnGroups += words)
        {
            bool isFirst = row % SparseProduct.GroupLines == 0;
            for (int word = 0; word < words; word++, matrix += WordBits * (nint)TCells.Size)
            {
                ulong marked = TCells.Marks(matrix, Math.Min(WordBits, columns - word * WordBits));
                rowGroups[word] = isFirst ? marked : rowGroups[word] | marked;
                columnGroups[word] = Fours(marked);
                count += BitOperations.PopCount(marked);
            }
            matrix -= (words * WordBits - columns) * (nint)TCells.Size;
            if (row % SparseProduct.GroupLines == SparseProduct.GroupLines - 1)
                rowGroups += words;
        }
        return count;
    }

    /// <summary>How many of some floats are not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Count(ReadOnlySpan<float> values)
    {
        long count = 0;
        fixed (float* start = values)
        {
            for (int i = 0; i < values.Length; i += WordBits)
                count += BitOperations.PopCount(Floats.Marks((byte*)(start + i), Math.Min(WordBits, values.Length - i)));
        }
        return count;
    }

    /// <summary>Turns the marks of 16 groups of columns around: from one row after another to one group after another.</summary>
    /// <param name="columnGroups">[rows, words], as <c>MarkRows</c> makes them.</param>
    /// <param name="rows">Rows that are marked.</param>
    /// <param name="words">Words of columns.</param>
    /// <param name="word">Which of them: 64 columns, 16 groups.</param>
    /// <param name="byGroup">[16, Words(rows)]: bit i is set where row i is not zero in one of the group's columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TurnAround(ushort* columnGroups, int rows, int words, int word, ulong* byGroup)
    {
        int rowWords = Words(rows);
        ulong* block = stackalloc ulong[GroupsOfAWord];
        for (int rowWord = 0; rowWord < rowWords; rowWord++)
        {
            int start = rowWord * WordBits;
            ushort* from = columnGroups + start * (nint)words + word;
            // Four blocks of 16 x 16 bits beside each other.
            for (int row = 0; row < GroupsOfAWord; row++, from += words)
            {
                int left = rows - start - row;
                ulong first = left > 0 ? from[0] : 0UL, second = left > 16 ? from[16 * (nint)words] : 0UL;
                ulong third = left > 32 ? from[32 * (nint)words] : 0UL, fourth = left > 48 ? from[48 * (nint)words] : 0UL;
                block[row] = first | second << 16 | third << 32 | fourth << 48;
            }
            Transpose(block);
            for (int group = 0; group < GroupsOfAWord; group++)
                byGroup[group * (nint)rowWords + rowWord] = block[group];
        }
    }

    /// <summary>Bit i is set where one of the bits 4 i to 4 i + 3 is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Fours(ulong marks)
    {
        const ulong Firsts = 0x1111_1111_1111_1111;
        marks |= marks >> 1;
        marks |= marks >> 2;
        if (Bmi2.X64.IsSupported)
            return (ushort)Bmi2.X64.ParallelBitExtract(marks, Firsts);
        marks &= Firsts;
        marks = (marks | marks >> 3) & 0x0303_0303_0303_0303;
        marks = (marks | marks >> 6) & 0x000F_000F_000F_000F;
        marks = (marks | marks >> 12) & 0x0000_00FF_0000_00FF;
        return (ushort)(marks | marks >> 24);
    }

    /// <summary>In each of four blocks, bit j of row i becomes bit i of row j: halves are exchanged, then quarters within them, down to single bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ulong* blocks)
    {
        Exchange(blocks, 8, 0x00FF_00FF_00FF_00FF);
        Exchange(blocks, 4, 0x0F0F_0F0F_0F0F_0F0F);
        Exchange(blocks, 2, 0x3333_3333_3333_3333);
        Exchange(blocks, 1, 0x5555_5555_5555_5555);
    }

    /// <summary>The upper part of one row changes places with the lower part of the row <paramref name="distance"/> below, in all pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(ulong* blocks, int distance, ulong lower)
    {
        for (int pair = 0; pair < GroupsOfAWord; pair += 2 * distance)
        {
            for (int i = pair; i < pair + distance; i++)
            {
                ulong different = (blocks[i] >> distance ^ blocks[i + distance]) & lower;
                blocks[i] ^= different << distance;
                blocks[i + distance] ^= different;
            }
        }
    }

    private static ulong Below(int count) => ulong.MaxValue >> (WordBits - count);

    private interface ICells
    {
        static abstract int Size { get; }

        /// <summary>The marks of 1 to 64 elements.</summary>
        static abstract ulong Marks(byte* cells, int count);
    }

    private readonly struct Floats : ICells
    {
        public static int Size => sizeof(float);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Marks(byte* cells, int count)
        {
            float* values = (float*)cells;
            ulong zeros = 0;
            int i = 0;
            if (Vector512.IsHardwareAccelerated)
            {
                for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
                    zeros |= Vector512.Equals(Vector512.Load(values + i), Vector512<float>.Zero).ExtractMostSignificantBits() << i;
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
                    zeros |= (ulong)Vector256.Equals(Vector256.Load(values + i), Vector256<float>.Zero).ExtractMostSignificantBits() << i;
            }
            for (; i < count; i++)
                zeros |= values[i] == 0 ? 1UL << i : 0;
            return ~zeros & Below(count);
        }
    }

    private readonly struct Bytes : ICells
    {
        public static int Size => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Marks(byte* cells, int count)
        {
            if (count == WordBits && Vector512.IsHardwareAccelerated)
                return ~Vector512.Equals(Vector512.Load(cells), Vector512<byte>.Zero).ExtractMostSignificantBits();
            ulong zeros = 0;
            int i = 0;
            for (; i <= count - Vector128<byte>.Count; i += Vector128<byte>.Count)
                zeros |= (ulong)Vector128.Equals(Vector128.Load(cells + i), Vector128<byte>.Zero).ExtractMostSignificantBits() << i;
            for (; i < count; i++)
                zeros |= cells[i] == 0 ? 1UL << i : 0;
            return ~zeros & Below(count);
        }
    }
}
