namespace Nabla.Cli;

/// <summary>Single NumPy arrays, without labels.</summary>
internal sealed class NpyFormat : IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("npy")];

    public string Noun => "a .npy array";

    public FeatureTable ReadInputs(NamedFile file, Model model, TableSettings table, Terminal terminal) =>
        ArrayInputs.Fit(NpyReader.Read(file.FullPath), model, file.Name);

    public Findings Inspect(NamedFile file, DataRequest request) =>
        new(file.DisplayPath, "NumPy array", [], [ArraySummary.From(Path.GetFileName(file.DisplayPath), NpyReader.Read(file.FullPath))]);
}
