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
