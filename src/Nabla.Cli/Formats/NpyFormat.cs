using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Single NumPy arrays. The targets are in another one.</summary>
internal sealed class NpyFormat : ITrainingFormat, IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("npy")];

    public string Noun => "a .npy array";

    public string DataNoun => "a .npy array with --targets FILE";

    public bool CanHoldValues => true;

    public bool TakesTargetFile => true;

    public bool StaysOnDisk => true;

    public LabelledData Load(NamedFile file, DataRequest request, TableEncoding? encoding)
    {
        var found = Datasets.ReadNpy(file.FullPath, request.TargetPath!, new DatasetFileOptions
        {
            TargetKind = request.Kind, ClassNames = request.Classes, OnDisk = request.OnDisk,
        });
        return LabelledData.From(found.Train, found.Test);
    }

    public FeatureTable ReadInputs(NamedFile file, Model model, TableSettings table, Terminal terminal) =>
        ArrayInputs.Fit(NpyReader.Read(file.FullPath), model, file.Name);

    public Findings Inspect(NamedFile file, DataRequest request) =>
        new(file.DisplayPath, "NumPy array", [], [ArraySummary.From(Path.GetFileName(file.DisplayPath), NpyReader.Read(file.FullPath))]);
}
