using Nabla.Onnx;

namespace Nabla.Cli;

/// <summary>The kinds of file that <c>nabla import</c> reads. Nothing else lists them.</summary>
internal static class ImportFormats
{
    public static IReadOnlyList<ImportFormat> All { get; } =
    [
        new(".onnx", "an ONNX file (.onnx)", ReadOnnx),
        new(".npz", "weights as scikit-learn has them (.npz)", ReadWeights) { Notices = WeightNotices.OfImported },
        new(".safetensors", "the state of a PyTorch network (.safetensors)", ReadWeights) { Notices = WeightNotices.OfImported },
    ];

    /// <summary>What <c>nabla import</c> reads: <c>an ONNX file (.onnx)</c>.</summary>
    public static string Nouns => WordList.Or([.. All.Select(format => format.Noun)]);

    /// <summary>The kind of a file.</summary>
    /// <exception cref="InvalidInputException">There is no such file, or it is of another kind.</exception>
    public static ImportFormat Find(NamedFile file)
    {
        string what = $"cannot import {file.DisplayPath}";
        if (!Path.Exists(file.FullPath))
            throw new InvalidInputException(what, file.DisplayPath, "there is no such file", "Check the path.");
        string extension = Path.GetExtension(file.FullPath);
        var format = All.FirstOrDefault(format => format.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase));
        if (format is not null)
            return format;
        string found = FileFormat.Detect(file.FullPath)?.Description ?? "a file of an unknown kind";
        throw new InvalidInputException(what, file.DisplayPath, $"it is {found}", $"Use {Nouns}.");
    }

    private static Model ReadOnnx(NamedFile file, ImportSettings settings) => settings.Hidden is null ? LoadOnnx(file, settings)
        : throw new UsageException(
            $"cannot use {ImportSettings.HiddenOption} with an ONNX file", "the file holds the activations", "Omit the option.");

    private static Model LoadOnnx(NamedFile file, ImportSettings settings) => OnnxModel.Load(file.FullPath, new OnnxImportOptions
    {
        ClassNames = settings.ClassNames,
        TargetNames = settings.ValueNames,
        TargetKind = settings.ValueNames.Count > 0 ? TargetKind.Values : TargetKind.Automatic,
    });

    /// <summary>Files of weights hold neither names nor activations.</summary>
    private static Model ReadWeights(NamedFile file, ImportSettings settings)
    {
        if (settings.ClassNames.Count == 0 && settings.ValueNames.Count == 0)
        {
            throw new UsageException(
                $"cannot import {file.DisplayPath}", "a file of weights does not say what the network predicts",
                "--class-names cat,dog or --value-names price");
        }
        var hidden = settings.Hidden ?? Activation.Relu;
        return settings.ClassNames.Count > 0
            ? WeightFile.ReadClassifier(file.FullPath, hidden, settings.ClassNames)
            : WeightFile.ReadRegressor(file.FullPath, hidden, settings.ValueNames);
    }
}
