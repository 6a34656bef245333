using static Nabla.Fuzz.BadFile;

namespace Nabla.Fuzz;

/// <summary>Safetensors files that must be refused.</summary>
internal static class BadSafetensors
{
    private static readonly string[] Headers =
    [
        "", " ", "{", "}", "[]", "null", "\"a\"", "{}}", "{} {}", "{},", "{\"a\"", "{\"a\":", "{\"a\":}", "{\"a\":1}", "{\"a\":null}",
        "{\"a\":[]}", "{a:1}",
        "{'a':1}", "{\"a\":{}}", "{\"a\":{\"dtype\":\"F32\"}}", "//\n{}", "{\"a\":[[[[[[]]]]]]}", "{\"__metadata__\":[]}",
        "{\"__metadata__\":null}",
        "{\"__metadata__\":{\"a\":1}}", "{\"__metadata__\":{\"a\":null}}", "{\"__metadata__\":{\"a\":{}}}",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}",
        "{\"__metadata__\":{},\"__metadata__\":{}}", "{\"__metadata__\":{\"a\":\"\\ud800\"}}", "{\"__metadata__\":{\"a\":\"\n\"}}",
        "\uFEFF{}", "{\"a\\u0062\":1,\"ab\":1}",
    ];

    /// <summary>Entries of one tensor, for four bytes of data.</summary>
    private static readonly string[] Tensors =
    [
        T("F64", "[1]", "[0,4]"), T("F16", "[1]", "[0,4]"), T("U8", "[1]", "[0,4]"), T("BOOL", "[5]", "[0,4]"), T("I64", "[1]", "[0,4]"),
        T("C64", "[1]", "[0,4]"),
        T("F32", "[2]", "[0,4]"), T("F32", "[0]", "[0,4]"), T("F32", "[1,2]", "[0,4]"), T("F32", "[-1]", "[0,4]"), T("F32", "[1.5]",
        "[0,4]"), T("F32", "[1e0]", "[0,4]"),
        T("F32", "[\"1\"]", "[0,4]"), T("F32", "[null]", "[0,4]"), T("F32", "1", "[0,4]"), T("F32", "{}", "[0,4]"), T("F32", "[[1]]",
        "[0,4]"), T("F32", "[1]", "[0]"),
        T("F32", "[1]", "[]"), T("F32", "[1]", "[0,4,4]"), T("F32", "[1]", "[4,0]"), T("F32", "[1]", "[4,8]"), T("F32", "[1]", "[1,5]"),
        T("F32", "[1]", "[-4,0]"),
        T("F32", "[1]", "[0,4.0]"), T("F32", "[1]", "[0,\"4\"]"), T("F32", "[1]", "[0,3]"), T("F32", "[1]", "[0,5]"), T("F32", "[1]",
        "[0,18446744073709551616]"),
        T("F32", "[4294967296]", "[0,4]"), T("F32", "[4294967296,4294967296]", "[0,0]"), T("F32", "[2147483647,2147483647]", "[0,4]"),
        T("F32", "[65536,65536,65536,65536]", "[0,0]"), T("F32", "[1073741824]", "[0,4294967296]"), T("F32", "[9223372036854775807]",
        "[0,4]"),
        T("F32", "[18446744073709551617]", "[0,4]"), T("F32", "[1000,1000]", "[0,4]"), T("F32", "[1000,1000]", "[0,4000000]"), T("F32",
        "[1]", "[0,4],\"more\":1"),
        T("F32", "[1],\"shape\":[1]", "[0,4]"), T("F32", "[1]", "[0,4],\"dtype\":\"F32\""),
        "\"a\":{\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]}",
        "\"a\":{\"dtype\":null,\"shape\":[1],\"data_offsets\":[0,4]}", T("F32", "[1]", "[0,4]") + "," + T("F32", "[1]", "[0,4]"),
    ];

    /// <summary>Two tensors or more over eight bytes of data.</summary>
    private static readonly (string What, (string Name, string Shape, string Offsets)[] Tensors)[] Layouts =
    [
        ("the same bytes", [("a", "[1]", "[0,4]"), ("b", "[1]", "[0,4]")]), ("overlap by a byte", [("a", "[1]", "[0,4]"), ("b", "[1]",
        "[3,7]")]),
        ("a gap", [("a", "[1]", "[0,4]"), ("b", "[0]", "[8,8]")]), ("a gap at the beginning", [("a", "[1]", "[4,8]")]),
        ("a gap at the end", [("a", "[1]", "[0,4]")]),
        ("one within another", [("a", "[2]", "[0,8]"), ("b", "[1]", "[2,6]")]), ("an empty one within another", [("a", "[2]", "[0,8]"),
        ("z", "[0]", "[4,4]")]),
        ("an empty one at the second byte", [("a", "[2]", "[0,8]"), ("z", "[0]", "[1,1]")]), ("an empty one after the end", [("a", "[2]",
        "[0,8]"), ("z", "[0]", "[9,9]")]),
        ("two empty ones within another", [("a", "[2]", "[0,8]"), ("y", "[0]", "[4,4]"), ("z", "[0]", "[4,4]")]),
        ("a reversed empty one", [("a", "[2]", "[0,8]"), ("z", "[0]", "[8,4]")]), ("only an empty one", [("z", "[0,5]", "[0,0]")]),
        ("more than the file", [("a", "[1]", "[0,4]"), ("b", "[3]", "[4,16]")]),
    ];

    public static IEnumerable<BadFile> All()
    {
        foreach (string header in Headers)
            yield return new("safetensors", $"header {header}", ArrayMaker.Safetensors(Utf8(header), []));
        foreach (string tensor in Tensors)
            yield return new("safetensors", $"tensor {tensor}", ArrayMaker.Safetensors(Utf8($"{{{tensor}}}"), new byte[4]));
        foreach (var (what, tensors) in Layouts)
        {
            string header = string.Join(',', tensors.Select(tensor => T("F32", tensor.Shape, tensor.Offsets, tensor.Name)));
            yield return new("safetensors", $"tensors with {what}", ArrayMaker.Safetensors(Utf8($"{{{header}}}"), new byte[8]));
        }
        foreach (ulong length in new ulong[] { 1, 3, 100, 100_000_001, 1ul << 31, 1ul << 32, 1ul << 63, ulong.MaxValue })
            yield return new("safetensors", $"header length {length}", ArrayMaker.Safetensors(Utf8("{}"), [], length));
        yield return new("safetensors", "a byte that is not UTF-8", ArrayMaker.Safetensors([.. "{\"__metadata__\":{\"a\":\""u8, 0xFF,
            .. "\"}}"u8], []));
        foreach (var file in Truncations("safetensors", "a file", ArrayMaker.Safetensors(Utf8($"{{{T("F32", "[1]", "[0,4]")}}}"),
            new byte[4]), 6))
            yield return file;
    }

    private static string T(string type, string shape, string offsets, string name = "a") =>
        $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":{offsets}}}";
}
