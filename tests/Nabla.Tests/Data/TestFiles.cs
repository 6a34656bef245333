using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Nabla.Tests;

/// <summary>Paths of test material, and a folder that vanishes with the test.</summary>
internal sealed class TestFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("nabla-tests-").FullName;

    /// <summary>A file made by NumPy, in the repository.</summary>
    public static string FromNumPy(string name) => Path.Combine(SourceFolder(), "Files", name);

    /// <summary>A file of ../shared beside the repository; the test is skipped where it is missing.</summary>
    public static string Shared(string name)
    {
        string path = Path.GetFullPath(Path.Combine(SourceFolder(), "../../../../shared", name));
        Assert.SkipUnless(File.Exists(path), $"../shared/{name} is not there");
        return path;
    }

    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public string this[string name] => Path.Combine(Folder, name);

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
