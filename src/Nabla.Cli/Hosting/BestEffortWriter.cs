using System.Text;

namespace Nabla.Cli;

/// <summary>Writes until writing fails, and drops the rest, so that failing output does not stop the work.</summary>
/// <param name="inner">Where the text goes.</param>
/// <param name="onFailure">Called once, at the first failure; may be null.</param>
internal sealed class BestEffortWriter(TextWriter inner, Action<Exception>? onFailure = null) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Whether writing has failed.</summary>
    public bool HasFailed { get; private set; }

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (HasFailed)
            return;
        try
        {
            write();
        }
        catch (Exception e) when (FileError.Is(e))
        {
            HasFailed = true;
            onFailure?.Invoke(e);
        }
    }
}
