using System.Text;

namespace Nabla.Cli;

/// <summary>Passes each operation on to another writer, and lets a derived class decide what becomes of an error.</summary>
/// <param name="inner">Where the text goes.</param>
internal abstract class ForwardingWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    /// <summary>Performs an operation of the other writer.</summary>
    protected abstract void Try(Action write);
}
