using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Tests.Shared;

/// <summary>The operands of one call after another, each in memory of its own between pages that cannot be accessed.</summary>
internal sealed unsafe class GuardedOperands
{
    private const int BytesOfAnOperand = 1 << 18;

    private readonly List<GuardedMemory> memory = [];
    private readonly Random random = new(1);
    private int used;

    /// <summary>Where the operands of the current call stand.</summary>
    public Edge Edge { get; private set; }

    /// <summary>Does something with operands at the start of their memory, and then at its end.</summary>
    /// <param name="name">What is called, with its sizes: if the process ends, its message names it.</param>
    /// <param name="call">Takes its operands, and calls the kernel.</param>
    public void AtBothEdges(string name, Action call)
    {
        foreach (var edge in (Edge[])[Edge.Start, Edge.End])
        {
            used = 0;
            Edge = edge;
            GuardedProcess.Begin($"{name}, operands at the {edge}");
            call();
        }
    }

    /// <summary>Room for a result, filled with something.</summary>
    public Span<T> Room<T>(int length)
        where T : unmanaged
    {
        if (used == memory.Count)
            memory.Add(new GuardedMemory(BytesOfAnOperand));
        var room = memory[used++].Span<T>(length, Edge);
        random.NextBytes(MemoryMarshal.AsBytes(room));
        return room;
    }

    /// <summary>Where an operand is: it is never moved.</summary>
    public static T* At<T>(ReadOnlySpan<T> operand)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(operand));

    /// <summary>An operand of floats from -0.5 to 0.5.</summary>
    /// <param name="length">Elements.</param>
    /// <param name="zeros">The share of zeros.</param>
    public Span<float> Floats(int length, double zeros = 0)
    {
        var values = Room<float>(length);
        foreach (ref float value in values)
            value = random.NextDouble() < zeros ? 0 : random.NextSingle() - 0.5f;
        return values;
    }

    /// <summary>An operand of bytes, half of which are zero.</summary>
    public Span<byte> Bytes(int length)
    {
        var values = Room<byte>(length);
        foreach (ref byte value in values)
            value = (byte)(random.Next(2) * random.Next(256));
        return values;
    }
}
