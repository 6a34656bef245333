using System.Security.Cryptography;

namespace Nabla.Tests.Data;

public sealed class DigitsTests
{
    private const int Side = 28;
    private const int Pixels = Side * Side;
    private const int BlankFrame = 1;

    [Fact]
    public void The_first_hundred_images_never_change()
    {
        Dataset digits = Digits.Generate(100, seed: 1);
        Assert.Equal(
            "3d80b53a1215b940cd6f79ded00a10fed7720caaf5ea36d0591ea0712f9318d2",
            Convert.ToHexStringLower(SHA256.HashData(digits.Inputs.Bytes)));
        Assert.Equal("51908732643204798156041263589796015374288462970513", string.Concat(digits.Classes.Labels[..50].ToArray()));
    }

    [Fact]
    public void An_image_does_not_depend_on_how_many_are_drawn()
    {
        Dataset many = Digits.Generate(300, seed: 5);
        Dataset few = Digits.Generate(37, seed: 5);
        Assert.Equal(many.Inputs.Bytes[..(37 * Pixels)], few.Inputs.Bytes);
        Assert.Equal(many.Classes.Labels[..37], few.Classes.Labels);
    }

    [Fact]
    public void An_image_does_not_depend_on_where_drawing_begins()
    {
        Dataset all = Digits.Generate(50, seed: 5);
        Dataset tail = Digits.Generate(27, seed: 5, first: 23);
        Assert.Equal(all.Inputs.Bytes[(23 * Pixels)..], tail.Inputs.Bytes);
        Assert.Equal(all.Classes.Labels[23..], tail.Classes.Labels);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_number_of_threads_changes_no_bit(int threads)
    {
        Dataset alone = Digits.Generate(200, seed: 7, first: 0, threads: 1);
        Dataset together = Digits.Generate(200, seed: 7, first: 0, threads);
        Assert.Equal(alone.Inputs.Bytes, together.Inputs.Bytes);
        Assert.Equal(alone.Classes.Labels, together.Classes.Labels);
    }

    [Fact]
    public void Training_and_test_sets_share_no_image()
    {
        (Dataset train, Dataset test) = Digits.Load(trainCount: 1000, testCount: 1000);
        var seen = Images(train).ToHashSet();
        Assert.Equal(1000, seen.Count);
        Assert.DoesNotContain(Images(test), seen.Contains);
    }

    [Fact]
    public void Another_seed_draws_other_images()
    {
        var seen = Images(Digits.Generate(100, seed: 1)).ToHashSet();
        Assert.DoesNotContain(Images(Digits.Generate(100, seed: 2)), seen.Contains);
    }

    [Fact]
    public void Loading_is_generating_from_two_places()
    {
        (Dataset train, Dataset test) = Digits.Load(trainCount: 20, testCount: 10, seed: 3);
        Assert.Equal(Digits.Generate(20, seed: 3).Inputs.Bytes, train.Inputs.Bytes);
        Assert.Equal(Digits.Generate(10, seed: 3, first: Digits.FirstTestExample).Inputs.Bytes, test.Inputs.Bytes);
        Assert.Equal("digits: 20 examples, 784 features, 10 classes", train.ToString());
        Assert.Equal([28, 28], train.InputShape);
    }

    [Fact]
    public void Every_ten_examples_hold_each_digit_once_in_changing_order()
    {
        int[] labels = Digits.Generate(1000, seed: 1).Classes.Labels.ToArray();
        Assert.All(labels.Chunk(10), ten => Assert.Equal(Enumerable.Range(0, 10), ten.Order()));
        Assert.Equal(100, labels.Chunk(10).Select(ten => string.Concat(ten)).Distinct().Count());
    }

    [Fact]
    public void Every_image_has_ink_inside_and_a_blank_frame()
    {
        Dataset digits = Digits.Generate(5000, seed: 11);
        for (int example = 0; example < digits.Count; example++)
        {
            ReadOnlySpan<byte> image = digits.Inputs.Bytes.Slice(example * Pixels, Pixels);
            Assert.True(image.ToArray().Max() > 200, $"example {example} is pale");
            for (int i = 0; i < Pixels; i++)
                Assert.False(image[i] > 0 && IsFrame(i), $"example {example} has ink at pixel {i}");
        }
    }

    [Fact]
    public void The_mean_image_of_a_class_tells_classes_apart()
    {
        Dataset train = Digits.Generate(2000, seed: 1);
        Dataset test = Digits.Generate(500, seed: 1, first: Digits.FirstTestExample);
        double[][] means = [.. Enumerable.Range(0, 10).Select(digit => Mean(train, digit))];
        int right = 0;
        for (int example = 0; example < test.Count; example++)
        {
            byte[] image = test.Inputs.Bytes.Slice(example * Pixels, Pixels).ToArray();
            double[] distances = [.. means.Select(
                mean => image.Zip(mean, (pixel, average) => (pixel - average) * (pixel - average)).Sum())];
            right += distances.IndexOf(distances.Min()) == test.Classes.Labels[example] ? 1 : 0;
        }
        Assert.InRange(right, 300, 450);
    }

    [Fact]
    public void No_examples_are_an_empty_data_set()
    {
        Dataset none = Digits.Generate(0, seed: 1);
        Assert.Equal(0, none.Count);
        Assert.Equal(10, none.Classes.Names.Count);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Generate(-1, seed: 1)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Generate(int.MaxValue, seed: 1)).ParamName);
        Assert.Equal("first", Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Generate(1, seed: 1, first: -1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Load(trainCount: 1, testCount: -1));
    }

    private static IEnumerable<string> Images(Dataset digits) =>
        digits.Inputs.Bytes.ToArray().Chunk(Pixels).Select(Convert.ToHexString);

    private static bool IsFrame(int pixel) =>
        Math.Min(pixel / Side, pixel % Side) < BlankFrame || Math.Max(pixel / Side, pixel % Side) >= Side - BlankFrame;

    private static double[] Mean(Dataset digits, int digit)
    {
        var sum = new double[Pixels];
        int count = 0;
        for (int example = 0; example < digits.Count; example++)
        {
            if (digits.Classes.Labels[example] != digit)
                continue;
            count++;
            for (int i = 0; i < Pixels; i++)
                sum[i] += digits.Inputs.Bytes[example * Pixels + i];
        }
        return [.. sum.Select(pixel => pixel / count)];
    }
}
