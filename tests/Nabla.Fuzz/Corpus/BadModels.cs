using System.Text;
using static Nabla.Fuzz.BadFile;

namespace Nabla.Fuzz;

/// <summary>Model files that must be refused.</summary>
internal static class BadModels
{
    /// <summary>Changes of the metadata of a model of a table with four columns: a text, and what stands in its place.</summary>
    private static readonly (string From, string To)[] Changes =
    [
        ("nabla-model-1", "nabla-model-9"), ("classification", "translation"), ("classification", "regression"), ("\\\"task\\\":",
        "\\\"task\\\":1,\\\"x\\\":"),
        ("\\\"task\\\":", "\\\"task\\\":\\\"a\\\",\\\"task\\\":"), ("\\\"input-shape\\\":[4]", "\\\"input-shape\\\":[5]"),
        ("\\\"input-shape\\\":[4]", "\\\"input-shape\\\":[-4]"), ("\\\"input-shape\\\":[4]", "\\\"input-shape\\\":[2,3]"),
        ("\\\"input-shape\\\":[4]", "\\\"input-shape\\\":[65536,65536]"), ("\\\"input-shape\\\":[4]", "\\\"input-shape\\\":[0,4]"),
        ("\\\"input-shape\\\":[4]", "\\\"input-shape\\\":4"), ("\\\"inputs\\\":\\\"numbers\\\"", "\\\"inputs\\\":\\\"texts\\\""),
        ("\\\"c\\\"]", "\\\"a\\\"]"),
        ("\\\"c\\\"]", "null]"), ("\\\"c\\\"]", "\\\"c\\\",\\\"d\\\"]"), ("\\\"c\\\"]", "\\\"c\\\"}"), ("layers.0.weight",
        "layers.7.weight"),
        ("layers.1.bias", "layers.1.bios"), ("preprocessing.scale", "preprocessing.skale"), ("\\\"classes\\\"",
        "\\\"members\\\":[],\\\"classes\\\""),
        ("\\\"classes\\\"", "\\\"members\\\":[{\\\"seed\\\":1}],\\\"classes\\\""), ("\\\"classes\\\"",
        "\\\"target-scaling\\\":{},\\\"classes\\\""),
        ("\\\"classes\\\"", "\\\"origins\\\":[1e999,0,0,0],\\\"classes\\\""), ("\\\"classes\\\"", "\\\"origins\\\":[0],\\\"classes\\\""),
        ("\\\"layers\\\":[3],", "\\\"layers\\\":[0],"), ("\\\"layers\\\":[3],", "\\\"layers\\\":[-3],"), ("\\\"layers\\\":[3],",
        "\\\"layers\\\":[2147483647],"),
        ("\\\"layers\\\":[3],", "\\\"layers\\\":[3e9],"), ("\\\"relu\\\"", "\\\"rely\\\""), ("\\\"epochs\\\":2",
        "\\\"epochs\\\":\\\"2\\\""), ("\\\"epochs\\\":2", "\\\"epochs\\\":-2"),
    ];

    public static IEnumerable<BadFile> All()
    {
        byte[] good = new ModelTarget(isTable: false).Samples[0], header = SafetensorsTarget.HeaderOf(good),
            data = good[(8 + header.Length)..];
        string text = Encoding.UTF8.GetString(header);
        foreach (var (from, to) in Changes)
        {
            string changed = text.Replace(from, to, StringComparison.Ordinal);
            if (changed == text)
                throw new InvalidOperationException($"The sample does not contain {from}: {text}");
            yield return new("model", $"{to} in place of {from}", ArrayMaker.Safetensors(Utf8(changed), data));
        }
        foreach (float value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            yield return new("model", $"a weight of {value}", With(good, good.Length - data.Length, BitConverter.GetBytes(value)));
        yield return new("model", "weights without metadata", new SafetensorsTarget().Samples[1]);
        yield return new("table-model", "a model of features", good);
        byte[] table = new ModelTarget(isTable: true).Samples[0];
        yield return new("table-model", "columns that do not fit the network", Replace(table, "\\\"kind\\\":\\\"number\\\"",
            "\\\"kind\\\":\\\"letter\\\""));
        yield return new("table-model", "two columns called length", Replace(table, "\\\"day\\\"", "\\\"length\\\""));
    }

    private static byte[] Replace(byte[] file, string from, string to)
    {
        byte[] header = SafetensorsTarget.HeaderOf(file);
        return ArrayMaker.Safetensors(
            Utf8(Encoding.UTF8.GetString(header).Replace(from, to, StringComparison.Ordinal)), file[(8 + header.Length)..]);
    }
}
