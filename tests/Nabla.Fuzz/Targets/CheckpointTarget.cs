using System.Security.Cryptography;
using System.Text;

namespace Nabla.Fuzz;

/// <summary>Checkpoints of training runs, most of them with a checksum that fits.</summary>
internal sealed class CheckpointTarget : FuzzTarget
{
    private const string Checksum = "\"nabla.checksum\":\"";
    private const int Digits = 64;

    private static readonly string[] Words =
    [
        "nabla.position", "nabla.options", "nabla.model", "nabla.checksum", "\\\"epoch\\\":0", "\\\"batch\\\":1", "\\\"schedule\\\"",
        "\\\"best\\\"", "\\\"validation\\\"", "\\\"data\\\"", "\\\"seed\\\":1", "optimizer.", "best.", "1e400", "null",
        "[", "]", "{", "}", ",",
        ":", "\\\"", "adam", "momentum", "\\\"step\\\"", "\\\"optimizer\\\"",
    ];

    private static readonly Dataset Train = ModelSamples.Classes();
    private readonly Mutator mutator;

    public CheckpointTarget()
    {
        Samples = [.. Interrupted().Select(SafetensorsTarget.WithShortQuotes).Select(WithChecksum)];
        mutator = new(Samples, Words);
    }

    public override string Name => "checkpoint";

    public override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Rng rng)
    {
        byte[] file = SafetensorsTarget.Make(rng.Pick(Samples), mutator, mutator, rng);
        return rng.OneIn(8) ? file : WithChecksum(file);
    }

    public override object Read(byte[] file) => ModelFile.Resume(ByteSource.From(file), "a.safetensors", Train, Train, threads: 1);

    /// <summary>Parameters as the file has them and as the network has them, and what a step needs.</summary>
    public override long DecodedBytes(byte[] file, object? result) => 4L * file.Length + (64 << 10);

    public override string? WhyNotRepeated(object result)
    {
        byte[] once = Write((Training)result);
        return once.AsSpan().SequenceEqual(Write((Training)Read(once))) ? null : "differs when it is written and read again";
    }

    /// <summary>Runs that were stopped within an epoch, after one, and before the first.</summary>
    private static IEnumerable<byte[]> Interrupted()
    {
        foreach (var options in ModelSamples.OfCheckpoints)
        {
            var training = Training.Begin(Train, options, Train);
            yield return Write(training);
            foreach (var epoch in training.Epochs())
            {
                if (!training.IsComplete)
                    yield return Write(training);
            }
        }
    }

    private static byte[] Write(Training training)
    {
        using var stream = new MemoryStream();
        training.WriteTo(stream);
        return stream.ToArray();
    }

    /// <summary>The file with the checksum of its bytes, if it has a place for one.</summary>
    private static byte[] WithChecksum(byte[] file)
    {
        int place = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Checksum)) + Checksum.Length;
        if (place < Checksum.Length || place + Digits > file.Length)
            return file;
        byte[] copy = [.. file];
        var digits = copy.AsSpan(place, Digits);
        digits.Fill((byte)'0');
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(copy))).CopyTo(digits);
        return copy;
    }
}
