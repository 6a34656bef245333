namespace Nabla.Cli.Tests;

/// <summary>Places that cannot be written to, one kind per test: the message, before training starts, and exit code 5.</summary>
public sealed class OutputPlaceTests
{
    // A real device: whatever is written to it, there is no space left.
    private static StreamWriter FullDisk() => new("/dev/full") { AutoFlush = true };

    [Fact]
    public void A_folder_that_does_not_exist() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --out models/m.safetensors"));

    [Fact]
    public void A_folder_in_the_place_of_a_file() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --out ."));

    [Fact]
    public void A_file_in_the_place_of_a_folder() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --out tiny.npz/m.safetensors"));

    [Fact]
    public void A_folder_that_cannot_be_written_to() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --out /proc/m.safetensors"));

    [Fact]
    public void A_device() => Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --out /dev/null"));

    [Theory]
    [InlineData("m.onnx", false)]
    [InlineData("m.json", false)]
    [InlineData("m.h5", false)]
    [InlineData("m.keras", false)]
    [InlineData("m.safetensors", true)]
    [InlineData("M.SAFETENSORS", true)]
    [InlineData("m", true)]
    [InlineData("run-0.5", true)]
    public void The_extension_is_that_of_a_model_or_there_is_none(string name, bool isRight)
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        session.Run($"train tiny.npz --layers none --epochs 1 --out {name}");
        Assert.Equal(isRight ? ExitCode.Done : ExitCode.WrongUsage, session.ExitCode);
        Assert.Equal(isRight, File.Exists(session.PathOf(name)));
        if (!isRight)
            Assert.Contains("try:   --out m.safetensors\n", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_are_not_saved_as_another_format()
    {
        using var session = new Session();
        session.Run("data make digits --train 10 --test 10 --out digits.csv");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("--out digits.npz", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_output_is_full_while_training()
    {
        var session = new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --layers none --epochs 2", FullDisk());
        Snapshot.Matches(session.Run("evaluate model.safetensors tiny.npz"));
    }

    [Fact]
    public void Standard_output_is_full() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("inspect tiny.npz", FullDisk()));
}
