#!/usr/bin/env dotnet
#:project ../../src/Nabla/Nabla.csproj
#:property PublishAot=false

// Reads every file of a folder, and writes what it holds into another folder, for arrays.py: npy, npz and safetensors in the same format,
// IDX as npy.
// Run: dotnet run tests/peers/Arrays.cs FROM TO

using Nabla;

foreach (string path in Directory.GetFiles(args[0]))
{
    string target = Path.Combine(args[1], Path.GetFileName(path));
    switch (Path.GetExtension(path))
    {
        case ".npy":
            NpyWriter.Write(target, NpyReader.Read(path));
            break;
        case ".npz":
            using (var archive = NpzReader.Open(path))
                NpzWriter.Write(target, [.. archive.Names.Select(name => (name, archive.Read(name)))], compress: path.Contains("packed"));
            break;
        case ".safetensors":
            using (var file = SafetensorsFile.Open(path))
                Write(file, target);
            break;
        default:
            NpyWriter.Write(target, IdxReader.Read(path));
            break;
    }
}

static void Write(SafetensorsFile file, string target)
{
    if (file.Tensors.All(tensor => tensor.DataType == "F32"))
    {
        SafetensorsFile.Write(target, file.Metadata, [.. file.Tensors.Select(tensor =>
            (tensor.Name, tensor.Shape.ToArray(), (ReadOnlyMemory<float>)file.ReadFloats(tensor.Name)))]);
        return;
    }
    SafetensorsFile.Write(target, file.Metadata, [.. file.Tensors.Select(tensor =>
        (tensor.Name, tensor.Shape.ToArray(), (ReadOnlyMemory<double>)file.ReadDoubles(tensor.Name)))]);
}
