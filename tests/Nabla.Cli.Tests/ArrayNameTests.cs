namespace Nabla.Cli.Tests;

/// <summary>Archives and IDX files with other names than MNIST's, and test data alone.</summary>
public sealed class ArrayNameTests
{
    private const string Train = "--layers 8 --batch-size 16 --epochs 20";

    [Fact]
    public void Test_data_alone_are_evaluated_and_not_trained_on()
    {
        using var session = new Session().With("d.npz", Sample.Npz()).RunSilently($"train d.npz {Train}");
        // Only two of the three classes.
        var labels = NumericArray.Create<long>([.. Enumerable.Range(0, 2).Select(i => (long)i)], 2);
        session.With("t.npz", Sample.Archive(("test_images", Sample.X(2)), ("test_labels", labels)));
        session.Run("evaluate model.safetensors t.npz");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains("of 2)", session.Output, StringComparison.Ordinal);
        session.Run("train t.npz");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.Contains("it has only test examples", session.Messages, StringComparison.Ordinal);
        session.With("wrong.npz", Sample.Archive(("x_test", Sample.X(2)), ("y_test", NumericArray.Create<long>([1, 9], 2))));
        session.Run("evaluate model.safetensors wrong.npz");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.Contains("the label is 9", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_are_named_on_the_command_line()
    {
        using var session = new Session().With("d.npz", Sample.Archive(("a", Sample.X(60)), ("b", Sample.Y(60)), ("c", Sample.X(5))));
        session.Run($"train d.npz {Train}");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.Contains("it has a, b, c", session.Messages, StringComparison.Ordinal);
        session.Run($"train d.npz --inputs a --targets b {Train}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains("d.npz also has c", session.Messages, StringComparison.Ordinal);
        Assert.Contains(
            "Next: nabla evaluate model.safetensors d.npz --inputs a --targets b --held-out", session.Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, session.Run("evaluate model.safetensors d.npz --inputs a --targets b --held-out").ExitCode);
        session.Run("predict model.safetensors d.npz --inputs c");
        Assert.Equal(5, session.Output.Count(c => c == '\n'));
        Assert.Contains("a, b, c", session.Run("predict model.safetensors d.npz").Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void An_IDX_file_of_test_images_is_evaluated()
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 2, 255, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0];
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 4, 1, 26, 1, 26];
        using var session = new Session();
        foreach (string part in (string[])["train", "test"])
        {
            session.With($"e/emnist-letters-{part}-images-idx3-ubyte", images).With($"e/emnist-letters-{part}-labels-idx1-ubyte", labels);
        }
        session.RunSilently("train e --layers none --epochs 50 --learning-rate 0.1");
        session.Run("evaluate model.safetensors e/emnist-letters-test-images-idx3-ubyte");
        Assert.Contains("of 4)", session.Output, StringComparison.Ordinal);
        Assert.Contains("[1]: 26 (", session.Run("predict model.safetensors e/emnist-letters-test-images-idx3-ubyte").Output,
            StringComparison.Ordinal);
        Assert.Equal(ExitCode.InvalidInput, session.Run("train e/emnist-letters-test-images-idx3-ubyte").ExitCode);
    }

    [Fact]
    public void A_message_about_one_of_several_files_names_it()
    {
        using var session = new Session().With("d.npz", Sample.Npz()).RunSilently($"train d.npz {Train}");
        session.With("one.npy", Sample.Npy(Sample.X(1))).With("digit.png", PngMaker.Grey(new GreyImage(2, 2, [0, 0, 0, 255])));
        session.Run("predict model.safetensors one.npy digit.png");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.StartsWith("error: digit.png does not fit the model", session.Messages, StringComparison.Ordinal);
        session.With("images.npz", Sample.Npz(Sample.Images(60), Sample.Y(60))).RunSilently($"train images.npz {Train}");
        session.Run("predict model.safetensors digit.png");
        Assert.StartsWith("error: digit.png does not fit the model", session.Messages, StringComparison.Ordinal);
        Assert.Contains("a PNG image, whose pixels are bytes", session.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("table", session.Messages, StringComparison.Ordinal);
    }
}
