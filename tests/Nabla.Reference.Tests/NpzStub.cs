using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Nabla.Reference.Tests;

internal sealed class NpzStub(string path) : IDisposable
{
    private readonly ZipArchive zip = ZipFile.OpenRead(path);
    public static NpzStub Open(string path) => new(path);
    public void Dispose() => zip.Dispose();
    public StubArray Read(string name)
    {
        using var s = zip.GetEntry(name + ".npy")!.Open();
        using var m = new MemoryStream();
        s.CopyTo(m);
        var b = m.ToArray();
        int h = BinaryPrimitives.ReadUInt16LittleEndian(b.AsSpan(8));
        string d = Regex.Match(Encoding.ASCII.GetString(b, 10, h), "'descr': '([^']*)'").Groups[1].Value;
        return new StubArray(d, b[(10 + h)..]);
    }
    public sealed record StubArray(string D, byte[] B)
    {
        public byte[] ToBytes() => B;
        public double[] ToDoubles() => D switch
        {
            "<f8" => [.. Enumerable.Range(0, B.Length / 8).Select(i => BitConverter.ToDouble(B, i * 8))],
            "<i8" => [.. Enumerable.Range(0, B.Length / 8).Select(i => (double)BitConverter.ToInt64(B, i * 8))],
            "|u1" => [.. B.Select(x => (double)x)],
            _ => throw new NotSupportedException(D),
        };
    }
}
