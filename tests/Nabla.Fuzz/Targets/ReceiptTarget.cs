namespace Nabla.Fuzz;

/// <summary>Receipts of training runs.</summary>
internal sealed class ReceiptTarget : FuzzTarget
{
    private readonly Mutator mutator;

    public ReceiptTarget()
    {
        Samples = [Write(Receipt(0, members: null)), Write(Receipt(3, members: null)), Write(Receipt(0, members: 2))];
        mutator = new(
            Samples, "null", "true", "[]", "{}", "[", "]", "{", "}", ",", ":", "\"", "\"format\":\"nabla-run-1\"",
            "\"epochs\"", "\"options\"",
            "\"epoch\":1", "\"member-count\":2", "\"optimizer\"", "\"seed\":1", "\\ud800", "\\u0000", "NaN", "1e400",
            "\"2026-02-30T00:00:00Z\"");
    }

    public override string Name => "receipt";

    public override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Rng rng) => mutator.Mutate(rng.Pick(Samples), rng);

    public override object Read(byte[] file) => ReceiptJson.Read(new MemoryStream(file), "run.json");

    public override long DecodedBytes(byte[] file, object? result) => 8L * file.Length; // the tree of a JSON text, and texts of 16 bits

    public override string? WhyNotRepeated(object result)
    {
        byte[] once = Write((RunReceipt)result);
        var again = (RunReceipt)Read(once);
        return !once.AsSpan().SequenceEqual(Write(again)) ? "differs when it is written and read again"
            : again.FindDifference((RunReceipt)result) is { } difference ? $"differs when it is read again: {difference}"
            : null;
    }

    private static RunReceipt Receipt(int epochs, int? members) => new()
    {
        Options = new TrainingOptions { Hidden = [3], Epochs = 3, Dropout = 0.1f }, Data = new string('a', 64),
        Command = "nabla train a.csv",
        Validation = members is null ? new string('b', 64) : null, MemberCount = members, Version = "1.0", Machine = "x64",
        Began = DateTimeOffset.UnixEpoch, Fingerprint = epochs == 3 ? new string('c', 64) : null,
        Epochs = [.. Enumerable.Range(0, epochs).Select(epoch => new ReceiptEpoch(
            epoch, 1.5 / (epoch + 1), new string('d', 64), [KeyValuePair.Create("accuracy", epoch == 1 ? double.NaN : 0.5)]))],
        Members = [.. Enumerable.Range(0, members ?? 0).Select(member => new ReceiptMember(member, new string('e', 64)))],
    };

    private static byte[] Write(RunReceipt receipt)
    {
        using var stream = new MemoryStream();
        ReceiptJson.Write(receipt, stream);
        return stream.ToArray();
    }
}
