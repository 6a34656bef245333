using System.Text;

namespace Nabla.Cli.Tests;

/// <summary>Small files to train on, and to spoil.</summary>
internal static class Sample
{
    public const int TrainCount = 60;
    public const int TestCount = 20;

    /// <summary>Three classes of four numbers each, easy to tell apart: x_train, y_train, x_test, y_test.</summary>
    public static byte[] Npz() => Npz(X(TrainCount), Y(TrainCount), X(TestCount), Y(TestCount));

    /// <summary>The same without test examples.</summary>
    public static byte[] NpzWithoutTest() => Npz(X(TrainCount), Y(TrainCount));

    /// <summary>An archive of x_train, y_train and perhaps x_test, y_test.</summary>
    public static byte[] Npz(params NumericArray[] arrays) => Archive([.. arrays.Select((array, i) => (Names[i], array))]);

    /// <summary>An archive of any arrays.</summary>
    public static byte[] Archive(params (string Name, NumericArray Array)[] arrays)
    {
        using var stream = new MemoryStream();
        NpzWriter.Write(stream, arrays);
        return stream.ToArray();
    }

    /// <summary>One array.</summary>
    public static byte[] Npy(NumericArray array)
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, array);
        return stream.ToArray();
    }

    /// <summary>Inputs, [count, 4].</summary>
    public static NumericArray X(int count) => NumericArray.Create<float>(Numbers(count), count, 4);

    /// <summary>The same as images, [count, 2, 2].</summary>
    public static NumericArray Images(int count) => NumericArray.Create<float>(Numbers(count), count, 2, 2);

    /// <summary>Labels, [count].</summary>
    public static NumericArray Y(int count) => NumericArray.Create<byte>([.. Enumerable.Range(0, count).Select(i => (byte)(i % 3))], count);

    /// <summary>A table with a column of numbers, one of texts, and the species to predict.</summary>
    public static string Csv()
    {
        var text = new StringBuilder("length,colour,species\n");
        for (int i = 0; i < 40; i++)
            text.Append(i % 2 == 0 ? $"{1 + i % 5}.5,red,setosa\n" : $"{6 + i % 4}.25,{(i % 3 == 0 ? "blue" : "green")},virginica\n");
        return text.ToString();
    }

    /// <summary>Three bytes in a file, replaced.</summary>
    public static byte[] Replaced(this byte[] bytes, string old, string replacement)
    {
        int at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(old));
        Assert.True(at >= 0 && old.Length == replacement.Length, $"'{old}' is not there, or is of another length.");
        Encoding.ASCII.GetBytes(replacement).CopyTo(bytes, at);
        return bytes;
    }

    /// <summary>One bit of one byte, turned.</summary>
    public static byte[] Flipped(this byte[] bytes, int at)
    {
        bytes[at] ^= 0x10;
        return bytes;
    }

    private static float[] Numbers(int count)
    {
        var values = new float[count * 4];
        for (int i = 0; i < values.Length; i++)
            values[i] = i / 4 % 3 == i % 4 ? 2 + i % 5 * 0.1f : i % 7 * 0.1f;
        return values;
    }

    private static readonly string[] Names = ["x_train", "y_train", "x_test", "y_test"];
}
