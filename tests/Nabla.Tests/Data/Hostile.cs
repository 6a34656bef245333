namespace Nabla.Tests;

/// <summary>Tools for tests with damaged files.</summary>
internal static class Hostile
{
    private const long MaxBytes = 8 << 20;

    /// <summary>Demands that reading fails as bad input does, with all parts of the message, and without much memory.</summary>
    public static InvalidInputException Refused(Action read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidInputException>(read);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
        Assert.All([error.What, error.Where, error.Why, error.Remedy], part => Assert.False(string.IsNullOrWhiteSpace(part)));
        return error;
    }

    /// <summary>Each proper beginning of the file must be refused.</summary>
    public static void RefusesEachTruncation(byte[] whole, string name, Action<string> read)
    {
        using var files = new TestFiles();
        read(files.Write(name, whole));
        for (int length = 0; length < whole.Length; length++)
        {
            string path = files.Write(name, whole.AsSpan(0, length));
            Refused(() => read(path));
        }
    }

    /// <summary>Changes each byte in turn, in two ways; the reader must refuse the file or give something to judge.</summary>
    /// <returns>How many changes were refused.</returns>
    public static int FlipEachByte(byte[] whole, string name, Action<string> readAndJudge)
    {
        using var files = new TestFiles();
        int refused = 0;
        for (int i = 0; i < whole.Length; i++)
        {
            foreach (byte change in (ReadOnlySpan<byte>)[0x01, 0xff])
            {
                var flipped = (byte[])whole.Clone();
                flipped[i] ^= change;
                string path = files.Write(name, flipped);
                try
                {
                    readAndJudge(path);
                }
                catch (InvalidInputException)
                {
                    refused++;
                }
            }
        }
        return refused;
    }

    /// <summary>An array that keeps its own rules.</summary>
    public static void JudgeWellFormed(NumericArray array)
    {
        Assert.Equal(array.Shape.Aggregate(1L, (product, size) => product * size), array.Length);
        Assert.Equal(array.Length, array.ToDoubles().Length);
    }
}
