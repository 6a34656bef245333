namespace Nabla.Cli;

/// <summary>An empty folder for the files of a self test. Disposing deletes it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("nabla-selftest-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
