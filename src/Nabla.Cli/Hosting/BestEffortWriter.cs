namespace Nabla.Cli;

/// <summary>Writes until writing fails, and drops the rest, so that failing output does not stop the work.</summary>
/// <param name="inner">Where the text goes.</param>
/// <param name="onFailure">Called once, at the first failure; may be null.</param>
internal sealed class BestEffortWriter(TextWriter inner, Action<Exception>? onFailure = null) : ForwardingWriter(inner)
{
    /// <summary>Whether writing has failed.</summary>
    public bool HasFailed { get; private set; }

    protected override void Try(Action write)
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
