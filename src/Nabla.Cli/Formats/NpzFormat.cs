using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>NumPy's archives of arrays.</summary>
internal sealed class NpzFormat : ITrainingFormat, IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("npz")];

    public string Noun => "a .npz archive";

    public bool CanHoldValues => true;

    public bool TakesArrayNames => true;

    public bool StaysOnDisk => true;

    public string DataNoun => "a .npz archive with x_train and y_train";

    public LabelledData Load(NamedFile file, DataRequest request, TableEncoding? encoding)
    {
        var found = Datasets.ReadNpz(file.FullPath, new DatasetFileOptions
        {
            TargetKind = request.Kind, Inputs = request.InputArray, Targets = request.TargetArray, ClassNames = request.Classes,
            OnDisk = request.OnDisk,
        });
        return LabelledData.From(found.Train, found.Test) with
        {
            Notices = found.Unused.Count == 0 ? [] : [$"{file.Name} also has {string.Join(", ", found.Unused)}, which are not used."],
        };
    }

    public FeatureTable ReadInputs(NamedFile file, Model model, TableSettings table, Terminal terminal) => ReadArray(file, model, null);

    /// <param name="file">An existing file.</param>
    /// <param name="model">The model.</param>
    /// <param name="name">Name of the array with the inputs; null to find it.</param>
    public static FeatureTable ReadArray(NamedFile file, Model model, string? name) =>
        ArrayInputs.Fit(Datasets.ReadInputs(file.FullPath, name), model, file.Name);

    public Findings Inspect(NamedFile file, DataRequest request)
    {
        using var archive = NpzReader.Open(file.FullPath);
        return new(
            file.DisplayPath, "NumPy archive", [("size", $"{new FileInfo(file.FullPath).Length} bytes")],
            [.. archive.Names.Select(name => ArraySummary.From(name, archive.Read(name)))]);
    }
}
