namespace Nabla.Tests;

/// <summary>What augmentation makes of images: their distribution, what it depends on, and the bits.</summary>
public class AugmentationTests
{
    internal static readonly Augmentation Affine = new() { Shift = 1.5f, Rotation = 25, Zoom = 0.2f, Shear = 0.3f };

    internal static readonly Augmentation Everything = Affine with { ElasticStrength = 9, ElasticSmoothness = 2 };

    private static readonly int[] someRows = [5, 0, 17, 5, 30];

    public static TheoryData<string, string, string> Digests => new()
    {
        { "affine", "3bb6b5fc5df58981", "c98242aefb15cc6b" },
        { "elastic", "7d8aa11c90946e97", "8e83c8959ad30d00" },
        { "everything", "013b44bc1d32ce0f", "3e7cbee2f728e41c" },
    };

    [Theory, MemberData(nameof(Digests))]
    public void Images_keep_their_bits_with_any_number_of_threads(string what, string ofBytes, string ofFloats)
    {
        var augmentation = what switch
        {
            "affine" => Affine,
            "elastic" => new Augmentation { ElasticStrength = 9, ElasticSmoothness = 2 },
            _ => Everything,
        };
        var (bytes, floats) = (RandomData.Images(97, side: 13), AsFloats(RandomData.Images(97, side: 13)));
        int[] rows = [.. Enumerable.Range(0, 97).Select(i => i * 31 % 97)];
        foreach (int threads in (int[])[1, 2, 3, 5])
        {
            string hashOfBytes = Widths.Hash(Distort(bytes, threads).Bytes.ToArray());
            string hashOfFloats = Widths.Hash(Distort(floats, threads).Floats.ToArray());
            Assert.True((ofBytes, ofFloats) == (hashOfBytes, hashOfFloats), $"{what}, {threads}: {hashOfBytes}, {hashOfFloats}");
        }

        FeatureTable Distort(Dataset data, int threads)
        {
            var batch = new AugmentedBatch(augmentation, data, rows.Length, seed: 11, threads);
            batch.Distort(rows, epoch: 4);
            return batch.Table;
        }
    }

    [Fact]
    public void An_image_depends_on_seed_epoch_and_row_and_not_on_the_batch()
    {
        var data = Same(RandomData.Images(1, side: 12), 40);
        var batch = Everything.Apply(data, someRows, seed: 1, epoch: 3);
        for (int i = 0; i < someRows.Length; i++)
            Assert.Equal(Everything.Apply(data, [someRows[i]], 1, 3).Bytes, batch.ByteRow(i));
        byte[][] different =
        [
            .. Enumerable.Range(0, 5).Select(row => Everything.Apply(data, [row], 1, 3).Bytes.ToArray()),
            Everything.Apply(data, [0], 2, 3).Bytes.ToArray(), Everything.Apply(data, [0], 1, 4).Bytes.ToArray(),
            Everything.Apply(data, [3], 1, 0).Bytes.ToArray(), data.Inputs.ByteRow(0).ToArray(),
        ];
        Assert.Equal(different.Length, different.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Inputs_with_origins_are_refused()
    {
        var inputs = FeatureTable.FromDoubles([1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4, 1e9 + 5, 1e9 + 6, 1e9 + 7], 2, 4);
        var data = new Dataset("bright", inputs, new ClassTargets([0, 1], ["a", "b"]), inputShape: [2, 2]);
        string problem = Assert.Throws<InvalidOptionException>(() => Everything.Apply(data, [0], 1, 0)).Problem;
        Assert.Contains("origins", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_leaves_what_the_others_draw_as_it_is()
    {
        var draw = new AugmentationDraw(1, 2, 3);
        var all = draw.Affine(Everything);
        Assert.Equal(
            all, new AffineChange
            {
                ShiftX = draw.Affine(new() { Shift = 1.5f }).ShiftX, ShiftY = draw.Affine(new() { Shift = 1.5f }).ShiftY,
                Rotation = draw.Affine(new() { Rotation = 25 }).Rotation, Shear = draw.Affine(new() { Shear = 0.3f }).Shear,
                ZoomX = draw.Affine(new() { Zoom = 0.2f }).ZoomX, ZoomY = draw.Affine(new() { Zoom = 0.2f }).ZoomY,
            });
        Assert.Equal(new AffineChange(), draw.Affine(Augmentation.None));
    }

    [Fact]
    public void Changes_are_uniform_within_their_limits_and_independent()
    {
        const int Count = 4000;
        var limits = new Augmentation { Shift = 1, Rotation = 180, Zoom = 0.9f, Shear = 1 };
        var changes = Enumerable.Range(0, Count).Select(row => new AugmentationDraw(1, 0, row).Affine(limits)).ToArray();
        double[][] drawn =
        [
            [.. changes.Select(change => change.ShiftX)], [.. changes.Select(change => change.ShiftY)],
            [.. changes.Select(change => change.Rotation / 180)], [.. changes.Select(change => change.Shear)],
            [.. changes.Select(change => (change.ZoomX - 1) / 0.9f)], [.. changes.Select(change => (change.ZoomY - 1) / 0.9f)],
        ];
        double fiveDeviations = 5 / Math.Sqrt(Count);
        for (int i = 0; i < drawn.Length; i++)
        {
            Assert.InRange(drawn[i].Min(), -1, -0.995);
            Assert.InRange(drawn[i].Max(), 0.995, 1);
            Assert.Equal(0, drawn[i].Average(), fiveDeviations / Math.Sqrt(3));
            for (int j = 0; j < drawn.Length; j++)
                Assert.Equal(i == j ? 1.0 / 3 : 0, drawn[i].Zip(drawn[j], (a, b) => a * b).Average(), fiveDeviations / 3);
        }
    }

    [Fact]
    public void A_blot_keeps_its_mass_and_is_shifted_within_the_limits_to_all_sides()
    {
        const int Side = 15, Count = 2000;
        byte[] blot = new byte[Side * Side];
        for (int i = 0; i < 9; i++)
            blot[(6 + i / 3) * Side + 6 + i % 3] = 200;
        var data = Same(Image(blot, Side), Count);
        var shifted = new Augmentation { Shift = 2.5f }.Apply(data, [.. Enumerable.Range(0, Count)], seed: 1, epoch: 0);
        double[] right = new double[Count], down = new double[Count];
        for (int row = 0; row < Count; row++)
        {
            double mass = 0;
            for (int i = 0; i < blot.Length; i++)
            {
                double pixel = shifted.ByteRow(row)[i];
                mass += pixel;
                right[row] += pixel * (i % Side - 7);
                down[row] += pixel * (i / Side - 7);
            }
            Assert.Equal(9 * 200, mass, 8.0);
            (right[row], down[row]) = (right[row] / mass, down[row] / mass);
        }
        foreach (double[] shifts in (double[][])[right, down])
        {
            Assert.InRange(shifts.Min(), -2.52, -2.4);
            Assert.InRange(shifts.Max(), 2.4, 2.52);
            Assert.Equal(0, shifts.Average(), 5 * 2.5 / Math.Sqrt(3 * Count));
        }
    }

    [Fact]
    public void Only_images_are_distorted()
    {
        var table = RandomData.Blobs(50);
        var options = new TrainingOptions { Hidden = [4], Augmentation = Affine };
        Action[] uses =
        [
            () => Affine.Apply(table, [0], 1, 0), () => Classifier.Train(table, options), () => LearningRateFinder.Run(table, options),
            () => _ = new AugmentedBatch(Affine, table, 1, 1, 1),
        ];
        foreach (var use in uses)
        {
            var error = Assert.Throws<InvalidOptionException>(use);
            Assert.Contains("blobs has the shape [6], not [height, width]", error.Problem, StringComparison.Ordinal);
            Assert.Contains("leave the augmentation out", error.Remedy, StringComparison.Ordinal);
        }
        Assert.Equal(table.Inputs.FloatRow(3), Augmentation.None.Apply(table, [3], 1, 0).Floats);
    }

    [Fact]
    public void Without_distortions_images_stay_as_they_are()
    {
        var data = RandomData.Images(20);
        int[] rows = [5, 0, 17];
        Assert.Equal(data.Inputs.Select(rows).Bytes, Augmentation.None.Apply(data, rows, 1, 0).Bytes);
        Assert.Equal(0, Everything.Apply(data, [], 1, 0).Rows);
        Assert.Throws<ArgumentOutOfRangeException>(() => Everything.Apply(data, [20], 1, 0));
    }

    public static TheoryData<Augmentation, string> OutOfRange => new()
    {
        { new() { Shift = -1 }, "Shift" },
        { new() { Shift = float.PositiveInfinity }, "Shift" },
        { new() { Shift = float.NaN }, "Shift" },
        { new() { Rotation = 180.1f }, "Rotation" },
        { new() { Rotation = -5 }, "Rotation" },
        { new() { Zoom = 0.91f }, "Zoom" },
        { new() { Zoom = float.NaN }, "Zoom" },
        { new() { Shear = -0.1f }, "Shear" },
        { new() { ElasticStrength = -1, ElasticSmoothness = 4 }, "ElasticStrength" },
        { new() { ElasticStrength = 34, ElasticSmoothness = 101 }, "ElasticSmoothness" },
        { new() { ElasticStrength = 34 }, "ElasticSmoothness" },
    };

    [Theory, MemberData(nameof(OutOfRange))]
    public void Limits_out_of_range_are_refused(Augmentation augmentation, string option)
    {
        Action[] uses =
        [
            augmentation.Validate, () => new TrainingOptions { Augmentation = augmentation }.Validate(),
            () => augmentation.Apply(RandomData.Images(3), [0], 1, 0),
        ];
        Assert.All(uses, use => Assert.Equal(option, Assert.Throws<InvalidOptionException>(use).Option));
    }

    [Fact]
    public void It_prints_what_it_distorts()
    {
        Assert.Equal("none", Augmentation.None.ToString());
        Assert.Equal("shift 1.5, rotation 25, zoom 0.2, shear 0.3, elastic 9 smoothed by 2", Everything.ToString());
        Assert.Contains("augmentation (shift 2)", new TrainingOptions { Augmentation = new() { Shift = 2 } }.ToString(),
            StringComparison.Ordinal);
    }

    internal static Dataset AsFloats(Dataset images) => new(
        images.Name, FeatureTable.FromFloats([.. images.Inputs.Bytes.ToArray().Select(value => value / 7f - 9)],
            images.Count, images.Inputs.Columns),
        images.Targets, inputShape: images.InputShape);

    private static Dataset Image(byte[] pixels, int side) =>
        new("image", FeatureTable.FromBytes(pixels, 1, pixels.Length), new ClassTargets([0], ["0"]), inputShape: [side, side]);

    /// <summary>The first image of a data set, several times.</summary>
    private static Dataset Same(Dataset data, int count) => data.Select(new int[count]);
}
