namespace Nabla.Tests;

/// <summary>Model files that were changed by hand. Their checksum is removed: else it is found before the change is.</summary>
internal static class ChangedModel
{
    /// <summary>Changes the tensors and the metadata of a file.</summary>
    public static void Write(
        string path, Action<List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)>, Dictionary<string, string>> change)
    {
        var tensors = new List<(string, int[], ReadOnlyMemory<float>)>();
        Dictionary<string, string> metadata;
        using (var file = SafetensorsFile.Open(path))
        {
            metadata = new(file.Metadata);
            tensors.AddRange(file.Tensors.Select(
                tensor => (tensor.Name, tensor.Shape.ToArray(), (ReadOnlyMemory<float>)file.ReadFloats(tensor.Name))));
        }
        metadata.Remove("nabla.checksum");
        change(tensors, metadata);
        SafetensorsFile.Write(path, metadata, tensors);
    }

    /// <summary>Replaces a text, which must be there, in one of the metadata of a file.</summary>
    public static void Replace(string path, string key, string what, string instead) => Write(path, (_, metadata) =>
    {
        Assert.Contains(what, metadata[key], StringComparison.Ordinal);
        metadata[key] = metadata[key].Replace(what, instead, StringComparison.Ordinal);
    });

    /// <summary>Replaces a tensor; one of no dimensions and no values is removed.</summary>
    public static void Tensor(string path, string name, int[] shape, params float[] values) => Write(path, (tensors, _) =>
    {
        tensors.RemoveAll(tensor => tensor.Name == name);
        if (values.Length > 0)
            tensors.Add((name, shape, values));
    });
}
