namespace Nabla.Cli;

/// <summary>Single NumPy arrays, without labels.</summary>
internal sealed class NpyFormat : IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Named("npy")];

    public string Noun => "a .npy array";

    public FeatureTable ReadInputs(NamedFile file, Model model, Terminal terminal) =>
        ArrayInputs.Fit(NpyReader.Read(file.FullPath), model, file.Name);

    public Findings Inspect(NamedFile file) =>
        new(file.Shown, "NumPy array", [], [ArraySummary.From(Path.GetFileName(file.Shown), NpyReader.Read(file.FullPath))]);
}
