using Nabla.Onnx;
using static Nabla.Fuzz.BadFile;

namespace Nabla.Fuzz;

/// <summary>ONNX files that must be refused.</summary>
internal static class BadOnnx
{
    private static readonly (string What, int Field, ProtobufWriter Value)[] Graphs =
    [
        ("a negative dimension", 5, new ProtobufWriter().Add(1, -1L).Add(2, 1L).Add(8, "w")),
        ("sizes whose product wraps around", 5, Enumerable.Repeat(1L << 30, 8).Aggregate(new ProtobufWriter(), (w, size) => w.Add(1,
        size)).Add(2, 1L)),
        ("nine dimensions", 5, Enumerable.Repeat(1L, 9).Aggregate(new ProtobufWriter(), (w, size) => w.Add(1, size)).Add(2, 1L)),
        ("more elements than bytes", 5, new ProtobufWriter().Add(1, 9L).Add(2, 1L).Add(8, "w").Add(9, new byte[4])),
        ("fewer elements than bytes", 5, new ProtobufWriter().Add(1, 1L).Add(2, 1L).Add(8, "w").Add(9, new byte[8])),
        ("half an element", 5, new ProtobufWriter().Add(1, 1L).Add(2, 1L).Add(8, "w").Add(9, new byte[5])),
        ("numbers in another file", 5, new ProtobufWriter().Add(1, 1L).Add(2, 1L).Add(8, "w").Add(14, 1L)),
        ("a place in another file", 5, new ProtobufWriter().Add(1, 1L).Add(2, 1L).Add(13, new ProtobufWriter().Add(1, "location").Add(2,
        "../../etc/passwd"))),
        ("sparse constants", 15, new ProtobufWriter()), ("a node without inputs and outputs", 1, new ProtobufWriter().Add(4, "Relu")),
        ("a text where a number belongs", 5, new ProtobufWriter().Add(1, "x")), ("a number where a message belongs", 1,
        new ProtobufWriter()),
    ];

    public static IEnumerable<BadFile> All()
    {
        foreach (var (what, field, value) in Graphs)
            yield return new("onnx", what, Bytes(new ProtobufWriter().Add(7, new ProtobufWriter().Add(field, value)).Add(8,
                new ProtobufWriter().Add(2, 17L))));
        yield return new("onnx", "no graph", Bytes(new ProtobufWriter().Add(2, "a")));
        yield return new("onnx", "two graphs", Bytes(new ProtobufWriter().Add(7, new ProtobufWriter()).Add(7, new ProtobufWriter())));
        yield return new("onnx", "old operators", Bytes(new ProtobufWriter().Add(7, new ProtobufWriter()).Add(8,
            new ProtobufWriter().Add(2, 6L))));
        yield return new("onnx", "metadata twice", Bytes(new ProtobufWriter().Add(14, new ProtobufWriter().Add(1, "a")).Add(14,
            new ProtobufWriter().Add(1, "a"))));
        yield return new("onnx", "an endless varint", [0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        yield return new("onnx", "a message beyond the end", [0x3A, 0x7F, 0]);
        yield return new("onnx", "a message of 2^63 bytes", [0x3A, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
        yield return new("onnx", "a group that does not end", [0x1B]);
        yield return new("onnx", "groups in groups", [.. Enumerable.Repeat((byte)0x1B, 1000)]);
        yield return new("onnx", "the end of no group", [0x1C]);
        yield return new("onnx", "field 0", [0x00, 0x00]);
        byte[] good = new OnnxTarget().Samples[^1];
        foreach (var file in Truncations("onnx", "a network", good, 101))
            yield return file;
    }

    private static byte[] Bytes(ProtobufWriter message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }
}
