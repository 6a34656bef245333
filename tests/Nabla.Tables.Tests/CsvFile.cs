using System.Text;

namespace Nabla.Tables.Tests;

/// <summary>A CSV file called data.csv, deleted after the test.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-tables-").FullName;

    public CsvFile(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public CsvFile(byte[] bytes) => File.WriteAllBytes(Path, bytes);

    public string Path => System.IO.Path.Combine(folder, "data.csv");

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
