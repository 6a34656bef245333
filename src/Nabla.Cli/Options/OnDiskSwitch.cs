namespace Nabla.Cli;

/// <summary><c>--on-disk</c> of commands that read labelled examples.</summary>
internal sealed class OnDiskSwitch() : Switch(
    Text, "Leave the inputs on disk, and read rows when they are needed: for uncompressed .npy, .npz and IDX files and for tables larger "
    + "than memory. The rows of a table are encoded into a temporary file. Changes no result.")
{
    /// <summary>The switch as it is written.</summary>
    public const string Text = "--on-disk";

    /// <summary>The error for data that cannot stay on disk.</summary>
    /// <param name="name">The data, as the user wrote it.</param>
    public static UsageException Refusal(string name) =>
        new($"cannot use {Text}", $"{name} is neither an uncompressed .npy, .npz or IDX file nor a table", $"Omit {Text}.");
}
