using static Nabla.Fuzz.BadFile;

namespace Nabla.Fuzz;

/// <summary>Arrays of NumPy that must be refused.</summary>
internal static class BadNpy
{
    private static readonly string[] Headers =
    [
        "", "{", "{}", "()", "[]", "{'descr'", "{'descr':", "{'descr': '<f4'", "{'descr': '<f4',", "{'descr': '<f4'}", "None", "{1: 2}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)", "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': False, 'fortran_order': True, 'shape': (1,)}", "{'shape': (1,), 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "{'descr': '<f4', 'fortran_order': None, 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': 'False', 'shape': (1,)}", "{'descr': '<f4', 'fortran_order': false, 'shape': (1,)}",
        "{'descr': <f4, 'fortran_order': False, 'shape': (1,)}", "{'descr': '<f4\\'', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': [1]}", "{'descr': '<f4', 'fortran_order': False, 'shape': 1}",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}",
        "{'descr': ('<f4', (2,)), 'fortran_order': False, 'shape': (1,)}",
        "{descr: '<f4', 'fortran_order': False, 'shape': (1,)}", "__import__('os').system('true')", "{'descr': __import__('os'), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}\0", "{\"descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
    ];

    private static readonly string[] Types =
    [
        "|O", "O", "<O8", "|S4", "|a4", "<U4", ">U1", "|T16", "<c8", "<c16", ">c32", "<M8[s]", "<m8[ns]", "|V8", "<f16", "<f12", "<f1",
        "<f3", "<i3",
        "<i16", "<u0", "|f4", "=f4", "f4", "i8", "=u2", "|i2", "", "<", ">", "<<f4", "<f4 ", " <f4", "<F4", "<f-4", "<f", "4", "<e", "|b2",
        "<b4", "void",
    ];

    private static readonly string[] Shapes =
    [
        "(-1,)", "(1, -1)", "(-2147483648,)", "(2147483648,)", "(4294967296,)", "(4294967297,)", "(9223372036854775807,)",
        "(18446744073709551616,)", "(18446744073709551617,)", "(65536, 65536)", "(65536, 65536, 65536, 65536)", "(4294967296, 4294967296)",
        "(2147483647, 2147483647, 2147483647)", "(2147483647,)", "(1000000, 10000)", "(0, 4294967296)", "(2621, 401)", "(2,621, 401)",
        "(1)", "(1 2)",
        "(1,,2)", "(,)", "(1", "1,)", "(1.0,)", "(1e1,)", "(0x1,)", "(True,)", "('1',)", "(1, (2,))", "(1,), 2", "(2,)", "()", "(0,)",
        "(L,)", "(+1,)",
        "(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)",
    ];

    public static IEnumerable<BadFile> All()
    {
        byte[] good = Arrays.ToNpy(NumericArray.Create<float>([1], 1));
        foreach (string header in Headers)
            yield return new("npy", $"header {header}", ArrayMaker.Npy(header, new byte[4]));
        foreach (string type in Types)
            yield return new("npy", $"type {type}", ArrayMaker.Npy(ArrayMaker.NpyHeader(type, "(1,)"), new byte[4]));
        foreach (string shape in Shapes)
            yield return new("npy", $"shape {shape}", ArrayMaker.Npy(ArrayMaker.NpyHeader("<f4", shape), shape == "()" ? [] : new byte[4]));
        foreach (byte[] version in new byte[][] { [0, 0], [4, 0], [1, 1], [2, 9], [255, 255] })
            yield return new("npy", $"version {version[0]}.{version[1]}", With(good, 6, version));
        foreach (ushort length in new ushort[] { 0, 1, 10, 117, 119, 128, 65535 })
            yield return new("npy", $"header length {length} in version 1", With(good, 8, (byte)length, (byte)(length >> 8)));
        foreach (byte value in new byte[] { 2, 127, 255 })
            yield return new("npy", $"boolean {value}", ArrayMaker.Npy(ArrayMaker.NpyHeader("|b1", "(3,)"), [0, 1, value]));
        foreach (int length in new[] { 0, 3, 5, 8, 100 })
            yield return new("npy", $"one float in {length} bytes", ArrayMaker.Npy(ArrayMaker.NpyHeader("<f4", "(1,)"), new byte[length]));
        foreach (byte at in Enumerable.Range(0, 6))
            yield return new("npy", $"magic differs at byte {at}", With(good, at, (byte)(good[at] ^ 0x20)));
        foreach (var file in Truncations("npy", "an array", good, 9))
            yield return file;
    }
}
