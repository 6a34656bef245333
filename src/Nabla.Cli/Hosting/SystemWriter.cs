using System.Text;

namespace Nabla.Cli;

/// <summary>A standard stream of the process, which may be a file.</summary>
/// <param name="inner">Writes; each error of the system becomes one that <see cref="FileError.Is"/> knows.</param>
internal sealed class SystemWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => FileError.OnWriting(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => FileError.OnWriting(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => FileError.OnWriting(() => inner.Write(value));

    public override void WriteLine(string? value) => FileError.OnWriting(() => inner.WriteLine(value));

    public override void Flush() => FileError.OnWriting(inner.Flush);
}
