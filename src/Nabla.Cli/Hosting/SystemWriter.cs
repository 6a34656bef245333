namespace Nabla.Cli;

/// <summary>A standard stream of the process, which may be a file.</summary>
/// <param name="inner">Writes; each error of the system becomes one that <see cref="FileError.Is"/> knows.</param>
internal sealed class SystemWriter(TextWriter inner) : ForwardingWriter(inner)
{
    protected override void Try(Action write) => FileError.OnWriting(write);
}
