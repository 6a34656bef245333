namespace Nabla.Tests;

/// <summary>Inputs that stay on disk have the bits of those in memory.</summary>
public sealed class OnDiskTests : IDisposable
{
    private const int Rows = 1200; // several blocks of 784 values
    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData(ElementType.UInt8, 784)]
    [InlineData(ElementType.Boolean, 784)]
    [InlineData(ElementType.Int8, 300)]
    [InlineData(ElementType.Int16, 300)]
    [InlineData(ElementType.UInt16, 300)]
    [InlineData(ElementType.Int32, 300)]
    [InlineData(ElementType.Int64, 300)]
    [InlineData(ElementType.UInt64, 300)]
    [InlineData(ElementType.Float16, 300)]
    [InlineData(ElementType.Float32, 300)]
    [InlineData(ElementType.Float64, 300)]
    public void Every_type_has_the_bits_that_it_has_in_memory(ElementType type, int columns)
    {
        foreach (bool isSwapped in (bool[])[false, true])
        {
            var (inMemory, onDisk) = Read(Numbers(type, Rows, columns), isSwapped);
            Compare(inMemory, onDisk);
        }
    }

    [Fact]
    public void Integers_beyond_a_float_are_rounded_once_or_twice_as_in_memory()
    {
        // An image of long integers is rounded at once; a row of features takes the way through doubles.
        long[] values = [.. Enumerable.Range(0, 4 * Rows).Select(i => (1L << 62) + ((1L << 37) | 1) * i)];
        foreach (var array in (NumericArray[])
            [NumericArray.Create<long>(values, Rows, 4), NumericArray.Create<long>(values, Rows, 2, 2)])
        {
            var (inMemory, onDisk) = Read(array);
            Compare(inMemory, onDisk);
        }
    }

    [Fact]
    public void Columns_keep_their_origins()
    {
        double[] seconds = [.. Enumerable.Range(0, 2 * Rows).Select(i => i % 2 == 0 ? 1.7e9 + i : i * 0.001)];
        var (inMemory, onDisk) = Read(NumericArray.Create<double>(seconds, Rows, 2));
        Assert.Equal([1.7e9, 0], onDisk.Inputs.Origins.ToArray());
        Compare(inMemory, onDisk);
    }

    [Fact]
    public void Columns_keep_their_origins_in_long_tables()
    {
        const int Long = 10_000; // more values than are read at once, whose number is no multiple of the columns
        double[] values = [.. Enumerable.Range(0, 3 * Long).Select(i => (i % 3 * 1e9) + 1.7e9 + i)];
        var (inMemory, onDisk) = Read(NumericArray.Create<double>(values, Long, 3));
        Assert.Equal([1.7e9, 2.7e9 + 1, 3.7e9 + 2], onDisk.Inputs.Origins.ToArray());
        Compare(inMemory, onDisk);
    }

    [Fact]
    public void A_file_that_is_refused_is_closed()
    {
        var x = NumericArray.Create<byte>(new byte[60], 5, 12);
        var y = NumericArray.Create<int>([0, 1, 0, 1, 0], 5);
        var onDisk = new DatasetFileOptions { OnDisk = true };
        NpyWriter.Write(files["y.npy"], y);
        files.Write("x.npy", Bytes(x).AsSpan()[..^1]);
        NpzWriter.Write(files["xy.npz"], [("x", x), ("y", y)], compress: true);
        files.Write("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 3, 0, 0, 0, 4, 1]);
        files.Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 5, 0, 1, 0, 1, 0]);
        (string Name, Action Read)[] reads =
        [
            ("x.npy", () => Datasets.ReadNpy(files["x.npy"], files["y.npy"], onDisk)),
            ("xy.npz", () => Datasets.ReadNpz(files["xy.npz"], onDisk)),
            ("train-images-idx3-ubyte", () => Datasets.ReadIdx(files.Folder, onDisk)),
        ];
        foreach (var (name, read) in reads)
        {
            Assert.Throws<InvalidInputException>(read);
            using var alone = new FileStream(files[name], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
    }

    [Fact]
    public void One_model_measures_tables_with_other_origins()
    {
        var (one, oneOnDisk) = Read(NumericArray.Create<double>(Seconds(1.7e9), Rows, 2));
        using var others = new OnDiskTests(); // with files of its own
        var (two, twoOnDisk) = others.Read(NumericArray.Create<double>(Seconds(1.7e9 + 500), Rows, 2));
        Assert.NotEqual(oneOnDisk.Inputs.Origins[0], twoOnDisk.Inputs.Origins[0]);
        var model = Classifier.Train(one, new TrainingOptions { Hidden = [4], Epochs = 1, Threads = 1 });
        double[] expected = [model.MeasureEpoch(one).Loss, model.MeasureEpoch(two).Loss];
        Assert.NotEqual(expected[0], expected[1]);
        double[] found = [model.MeasureEpoch(oneOnDisk).Loss, model.MeasureEpoch(twoOnDisk).Loss];
        Assert.Equal(expected, found);

        static double[] Seconds(double start) =>
            [.. Enumerable.Range(0, 2 * Rows).Select(i => i % 2 == 0 ? start + i : i * 0.001)];
    }

    [Fact]
    public void Parts_are_views_with_the_bits_of_copies()
    {
        var (inMemory, onDisk) = Read(Numbers(ElementType.Float32, Rows, 300));
        var (train, held) = DatasetSplit.HoldOut(inMemory, 0.3, seed: 5);
        var (trainOnDisk, heldOnDisk) = DatasetSplit.HoldOut(onDisk, 0.3, seed: 5);
        Compare(train, trainOnDisk);
        Compare(held, heldOnDisk);
        int[] places = [5, 3, 3, 400, 401, 403, 420, 0];
        Compare(train.Select(places), trainOnDisk.Select(places));
        Assert.Throws<ArgumentOutOfRangeException>(() => onDisk.Inputs.Select([Rows]));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainOnDisk.Inputs.Select([train.Count]));
    }

    [Fact]
    public void Archives_and_IDX_files_are_read_from_disk()
    {
        var x = NumericArray.Create<byte>(RandomData.Images(300).Inputs.Bytes, 300, 6, 6);
        var y = NumericArray.Create<int>([.. Enumerable.Range(0, 300).Select(i => i % 3)], 300);
        NpzWriter.Write(files["stored.npz"], [("x_train", x), ("y_train", y), ("x_test", x), ("y_test", y)], compress: false);
        var inMemory = Datasets.ReadNpz(files["stored.npz"]);
        var onDisk = Datasets.ReadNpz(files["stored.npz"], new DatasetFileOptions { OnDisk = true });
        Assert.False(onDisk.Test!.Inputs.IsInMemory);
        Compare(inMemory.Train!, onDisk.Train!);
        Compare(inMemory.Test!, onDisk.Test!);

        files.Write("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 1, 44, 0, 0, 0, 6, 0, 0, 0, 6, .. x.RawBytes]);
        files.Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 1, 44, .. Enumerable.Range(0, 300).Select(i => (byte)(i % 3))]);
        Compare(
            Datasets.ReadIdx(files.Folder).Train!, Datasets.ReadIdx(files.Folder, new DatasetFileOptions { OnDisk = true }).Train!);
    }

    [Fact]
    public void What_cannot_be_read_row_by_row_is_refused()
    {
        var x = NumericArray.Create<float>([1, 2, 3, 4], 2, 2);
        var y = NumericArray.Create<byte>([0, 1], 2);
        NpzWriter.Write(files["deflated.npz"], [("x", x), ("y", y)], compress: true);
        Refused("it is compressed", "numpy.savez", () => Datasets.ReadNpz(files["deflated.npz"], new DatasetFileOptions { OnDisk = true }));

        NpzWriter.Write(files["damaged.npz"], [("x", x), ("y", y)], compress: false);
        byte[] damaged = File.ReadAllBytes(files["damaged.npz"]);
        damaged[damaged.AsSpan().IndexOf(BitConverter.GetBytes(3f))] ^= 1;
        File.WriteAllBytes(files["damaged.npz"], damaged);
        Refused("its checksum is", "copy", () => Datasets.ReadNpz(files["damaged.npz"], new DatasetFileOptions { OnDisk = true }));

        byte[] fortran = Bytes(x);
        "True, "u8.CopyTo(fortran.AsSpan(fortran.AsSpan().IndexOf("False,"u8)));
        Refused("Fortran order", "ascontiguousarray", () => OnDisk(fortran));

        byte[] zipped = [0x1f, 0x8b, .. new byte[20]];
        files.Write("train-images-idx3-ubyte.gz", zipped);
        files.Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 0, 1]);
        Refused("it is compressed", "gunzip", () => Datasets.ReadIdx(files.Folder, new DatasetFileOptions { OnDisk = true }));
    }

    [Fact]
    public void Wrong_values_are_refused_with_the_message_that_they_get_in_memory()
    {
        float[] values = [.. Enumerable.Range(0, 784 * Rows).Select(i => (float)i)];
        values[784 * 1000 + 7] = float.NaN;
        Same(NumericArray.Create<float>(values, Rows, 784));
        Same(NumericArray.Create<float>(values, Rows, 28, 28));
        Same(NumericArray.Create<double>(Array.ConvertAll(values, value => float.IsNaN(value) ? 1e300 : value), Rows, 784));

        byte[] flags = Bytes(NumericArray.Create<bool>(new bool[784 * Rows], Rows, 784));
        flags[^3] = 2;
        Refused("2 of example 1199 is not a boolean", "uint8", () => OnDisk(flags));

        void Same(NumericArray array)
        {
            string message = Assert.Throws<InvalidInputException>(() => Read(array)).Message;
            Assert.Contains("example 1000, feature 7", message, StringComparison.Ordinal);
            Assert.Equal(message, Assert.Throws<InvalidInputException>(() => OnDisk(Bytes(array))).Message);
        }
    }

    [Fact]
    public void A_file_that_becomes_shorter_is_an_error_and_no_crash()
    {
        var data = OnDisk(Bytes(Numbers(ElementType.UInt8, Rows, 784)));
        using (var file = new FileStream(files["x.npy"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(1000 * 784);
        Refused("it has become shorter", "do not change it", () => _ = data.Fingerprint);
        var training = Training.Begin(data, new TrainingOptions { Epochs = 1 });
        Refused("it has become shorter", "do not change it", () => _ = training.Epochs().Count());
    }

    [Fact]
    public void A_header_that_claims_more_than_there_is_is_refused()
    {
        byte[] file = Bytes(NumericArray.Create<byte>(new byte[4], 2, 2));
        "(2147483647, 2147483647), }"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("(2, 2)"u8)));
        Refused("takes 4611686014132420609 bytes, but 4 follow", "copy", () => OnDisk(file));
    }

    [Theory]
    [InlineData(ElementType.UInt8)]
    [InlineData(ElementType.Float32)]
    public void Training_has_the_bits_that_it_has_in_memory(ElementType type)
    {
        var images = RandomData.Images(500);
        var x = type == ElementType.UInt8
            ? NumericArray.Create<byte>(images.Inputs.Bytes, 500, 6, 6)
            : NumericArray.Create<float>([.. images.Inputs.Bytes.ToArray().Select(value => value / 9f)], 500, 6, 6);
        var (inMemory, onDisk) = Read(x, isSwapped: false, images.Classes.Labels.ToArray());
        foreach (var options in (TrainingOptions[])
        [
            new() { Hidden = [8], Epochs = 2, BatchSize = 16 },
            new() { Hidden = [8], Epochs = 2, BatchSize = 16, ShuffleWindow = 100, Dropout = 0.2f, Shards = 3 },
            new()
            {
                Hidden = [8], Epochs = 2, BatchSize = 16, Augmentation = new Augmentation { Shift = 1 }, Scaling = Scaling.Standardize,
            },
        ])
        {
            Assert.Equal(Trained(inMemory, options), Trained(onDisk, options));
        }

        static string Trained(Dataset data, TrainingOptions options)
        {
            var (train, held) = DatasetSplit.HoldOut(data, 0.2, seed: 1);
            var training = Training.Begin(train, options, held);
            var last = training.Epochs().Last();
            return $"{training.Model.Fingerprint} {last.Loss} {last.Validation} {((Classifier)training.Model).Evaluate(held)}";
        }
    }

    private static NumericArray Numbers(ElementType type, int rows, int columns)
    {
        var random = new Random(7);
        byte[] bytes = new byte[rows * columns * ElementTypes.SizeOf(type)];
        random.NextBytes(bytes);
        if (type == ElementType.Boolean)
        {
            foreach (ref byte value in bytes.AsSpan())
                value &= 1;
        }
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(i => random.NextDouble() * 100 - 50)];
        return type switch
        {
            ElementType.Float16 => NumericArray.Create<Half>(Array.ConvertAll(values, value => (Half)value), rows, columns),
            ElementType.Float32 => NumericArray.Create<float>(Array.ConvertAll(values, value => (float)value), rows, columns),
            ElementType.Float64 => NumericArray.Create<double>(values, rows, columns),
            _ => new NumericArray(type, [rows, columns], bytes),
        };
    }

    /// <summary>Reads an array from the same file into memory and from disk.</summary>
    private (Dataset InMemory, Dataset OnDisk) Read(NumericArray x, bool isSwapped = false, int[]? labels = null)
    {
        byte[] content = Bytes(x);
        int size = ElementTypes.SizeOf(x.ElementType);
        if (isSwapped && size > 1)
        {
            content[content.AsSpan().IndexOf((byte)'<')] = (byte)'>';
            for (int at = content.Length - x.RawBytes.Length; at < content.Length; at += size)
                content.AsSpan(at, size).Reverse();
        }
        files.Write("x.npy", content);
        labels ??= [.. Enumerable.Range(0, x.Shape[0]).Select(i => i % 3)];
        NpyWriter.Write(files["y.npy"], NumericArray.Create<int>(labels, labels.Length));
        var inMemory = Datasets.ReadNpy(files["x.npy"], files["y.npy"]).Train!;
        return (inMemory, OnDisk(content));
    }

    private Dataset OnDisk(byte[] content)
    {
        files.Write("x.npy", content);
        if (!File.Exists(files["y.npy"]))
            NpyWriter.Write(files["y.npy"], NumericArray.Create<int>([.. Enumerable.Range(0, Rows).Select(i => i % 3)], Rows));
        return Datasets.ReadNpy(files["x.npy"], files["y.npy"], new DatasetFileOptions { OnDisk = true }).Train!;
    }

    private static byte[] Bytes(NumericArray array)
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, array);
        return stream.ToArray();
    }

    private static void Compare(Dataset inMemory, Dataset onDisk)
    {
        Assert.True(inMemory.Inputs.IsInMemory);
        Assert.False(onDisk.Inputs.IsInMemory);
        Assert.Equal(inMemory.Fingerprint, onDisk.Fingerprint);
        Assert.Equal(inMemory.Inputs.Quantile(1, 0.3), onDisk.Inputs.Quantile(1, 0.3));
        if (inMemory.Inputs.IsBytes)
            Assert.Equal(inMemory.Inputs.ByteRow(5), onDisk.Inputs.ByteRow(5));
        else
            Assert.Equal(inMemory.Inputs.FloatRow(5), onDisk.Inputs.FloatRow(5));
        foreach (var scaling in Scaling.All.Where(scaling => inMemory.Inputs.IsBytes || scaling != Scaling.Unit))
        {
            var one = Preprocessing.Fit(inMemory.Inputs, scaling);
            var other = Preprocessing.Fit(onDisk.Inputs, scaling);
            Assert.Equal(one.Offsets, other.Offsets);
            Assert.Equal(one.Scales, other.Scales);
            float[] first = new float[3 * inMemory.Inputs.Columns], second = new float[first.Length];
            one.Apply(inMemory.Inputs, [7, 2, 3], first);
            other.Apply(onDisk.Inputs, [7, 2, 3], second);
            Assert.Equal(first, second);
        }
        Assert.Throws<InvalidOperationException>(
            () => _ = onDisk.Inputs.IsBytes ? onDisk.Inputs.Bytes.Length : onDisk.Inputs.Floats.Length);
    }

    private static void Refused(string why, string remedy, Action action)
    {
        string message = Assert.Throws<InvalidInputException>(action).Message;
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }
}
