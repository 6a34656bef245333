using System.IO.Compression;
using System.Text;

namespace Nabla.Fuzz;

/// <summary>NumPy's archives (.npz): arrays in zip.</summary>
internal sealed class NpzTarget : FuzzTarget
{
    private static readonly string[] Names =
        ["x.npy", "y.npy", "x", "", ".npy", "../x.npy", "/etc/x.npy", "C:\\x.npy", "a/b.npy", "a/../b.npy", "\0.npy", "é.npy",
        "x.npy\u001b[2J"];

    private static readonly long[] Lies = [0, 1, 2, 30, 64, 1000, 65535, 1 << 20, int.MaxValue, 1L << 31, uint.MaxValue - 1, uint.MaxValue];

    private readonly byte[][] arrays;
    private readonly Mutator whole, inner;

    public NpzTarget()
    {
        arrays = new NpyTarget().Samples.ToArray();
        Samples =
        [
            Archive([("x", Arrays.Samples[2]), ("y", Arrays.Samples[10])], compress: false), Archive([("x", Arrays.Samples[13])],
                compress: true),
            Archive([], compress: false), Archive([.. Arrays.Samples.Select((array, i) => ($"a/{i}", array))], compress: true),
            ZipMaker.Archive([new ZipPart("x.npy", arrays[10], compress: true) { IsWide = true }, new ZipPart("y.npy", arrays[3])]),
            Streamed(arrays[10]),
        ];
        whole = new(Samples, "PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0006", "PK\u0006\u0007", ".npy", "../",
            "\0\0\0\0");
        inner = new(arrays, "'<f4'", "(1000000,)", "(65536, 65536)", "True", "'|O'");
    }

    public override string Name => "npz";

    public override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Rng rng)
    {
        if (rng.OneIn(3))
            return whole.Mutate(rng.Pick(Samples), rng);
        var parts = new List<ZipPart>();
        for (int left = 1 + rng.Below(3); left > 0; left--)
        {
            byte[] array = rng.Pick(arrays);
            parts.Add(new ZipPart($"{parts.Count}.npy", rng.OneIn(2) ? inner.Mutate(array, rng) : array, compress: rng.OneIn(2)));
        }
        int? entries = rng.OneIn(20) ? rng.Below(4) : null;
        int shift = rng.OneIn(20) ? rng.Below(9) - 4 : 0;
        if (rng.OneIn(2))
            Lie(rng.Pick(parts), rng);
        return ZipMaker.Archive(parts, entries, shift);
    }

    public override object Read(byte[] file)
    {
        using var archive = NpzReader.Open(ByteSource.From(file), "a.npz");
        return archive.Names.Select(name => (name, archive.Read(name))).ToList();
    }

    public override long DecodedBytes(byte[] file, object? result) => Inflating.ZipBytes(file);

    public override string? WhyNotRepeated(object result)
    {
        var before = (List<(string Name, NumericArray Array)>)result;
        if (before.Exists(array => array.Name.Length == 0 || array.Name.Contains('\uFFFD', StringComparison.Ordinal)))
            return null; // a name that cannot be written
        var after = (List<(string Name, NumericArray Array)>)Read(Archive(before, compress: true));
        return !before.Select(array => array.Name).SequenceEqual(after.Select(array => array.Name))
            ? "has other names when it is read again"
            : before.Zip(after).Select(pair => Arrays.WhyDifferent(pair.First.Array,
                pair.Second.Array)).FirstOrDefault(why => why is not null);
    }

    private static byte[] Archive(List<(string Name, NumericArray Array)> arrays, bool compress)
    {
        using var stream = new MemoryStream();
        NpzWriter.Write(stream, arrays, compress);
        return stream.ToArray();
    }

    /// <summary>As written to a pipe: lengths and checksum follow the content.</summary>
    private static byte[] Streamed(byte[] array)
    {
        using var stream = new MemoryStream();
        using (var pipe = new Pipe(stream))
        {
            using var archive = new ZipArchive(pipe, ZipArchiveMode.Create);
            using var content = archive.CreateEntry("x.npy").Open();
            content.Write(array);
        }
        return stream.ToArray();
    }

    private static void Lie(ZipPart part, Rng rng)
    {
        long number = rng.OneIn(3) ? part.Stored.Length + rng.Below(5) - 2 : rng.Pick(Lies);
        switch (rng.Below(13))
        {
            case 0: part.Name = Encoding.UTF8.GetBytes(rng.Pick(Names)); break;
            case 1: part.Name = part.LocalName = Encoding.UTF8.GetBytes(rng.Pick(Names)); break;
            case 2: part.Flags = 1 << rng.Below(16); break;
            case 3: part.Method = part.LocalMethod = rng.Pick([0, 8, 9, 12, 14, 93, 99, 65535]); break;
            case 4: part.LocalMethod ^= 8; break;
            case 5: part.Checksum ^= 1u << rng.Below(32); break;
            case 6: part.Checksum = part.LocalChecksum ^= 1u << rng.Below(32); break;
            case 7: part.Length = number; break;
            case 8: part.Length = part.LocalLength = number; break;
            case 9: part.CompressedLength = number; break;
            case 10: part.CompressedLength = part.LocalCompressedLength = number; break;
            case 11: part.HeaderOffset = number; break;
            default: part.Attributes = (uint)rng.Below(16) << 28; break;
        }
        part.IsWide = rng.OneIn(4);
    }

    /// <summary>A stream that only takes bytes.</summary>
    private sealed class Pipe(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
