using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>NumPy's archives of arrays.</summary>
internal sealed class NpzFormat : ITrainingFormat, IInputFormat, IInspectableFormat
{
    /// <summary>The arrays to predict from if there are several, in order of preference.</summary>
    private static readonly string[] Preferred = ["x", "x_test", "x_train"];

    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("npz")];

    public string Noun => "a .npz archive";

    public bool CanHoldValues => true;

    public string DataNoun => "a .npz archive with x_train and y_train";

    public LabelledData Load(NamedFile file, DataRequest request, TableEncoding? encoding) =>
        LabelledData.From(Datasets.FromNpz(file.FullPath, request.Kind));

    public FeatureTable ReadInputs(NamedFile file, Model model, TableSettings table, Terminal terminal)
    {
        using var archive = NpzReader.Open(file.FullPath);
        string? name = archive.Names.Count == 1 ? archive.Names[0] : Preferred.FirstOrDefault(archive.Contains);
        return name is not null
            ? ArrayInputs.Fit(archive.Read(name), model, file.Name)
            : throw new InvalidInputException(
                $"cannot use {file.Name} as input", file.Name,
                $"it has several arrays ({string.Join(", ", archive.Names)}), but none is called x",
                "Save the inputs under the name x: numpy.savez(file, x=...).");
    }

    public Findings Inspect(NamedFile file, DataRequest request)
    {
        using var archive = NpzReader.Open(file.FullPath);
        return new(
            file.DisplayPath, "NumPy archive", [("size", $"{new FileInfo(file.FullPath).Length} bytes")],
            [.. archive.Names.Select(name => ArraySummary.From(name, archive.Read(name)))]);
    }
}
