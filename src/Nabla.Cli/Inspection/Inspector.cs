namespace Nabla.Cli;

/// <summary>Looks into a file, whatever its kind.</summary>
internal static class Inspector
{
    /// <exception cref="InvalidInputException">The file is missing, damaged, or of an unknown kind.</exception>
    public static Findings Inspect(string path, Terminal terminal)
    {
        string shown = terminal.Shown(path);
        return ContentKinds.Of(path, terminal) switch
        {
            ContentKind.Npz => OfNpz(path, shown),
            ContentKind.Npy => OfArray(shown, "NumPy array", NpyReader.Read(path)),
            ContentKind.Idx => OfArray(shown, "IDX array", IdxReader.Read(path)),
            ContentKind.Folder => OfFolder(path, shown),
            ContentKind.Safetensors => ModelInspection.Of(path, shown),
            ContentKind.Png => OfPng(path, shown),
            ContentKind.Text => TableInspection.Of(path, shown),
            var kind => throw new InvalidInputException(
                $"cannot inspect {shown}", shown, ContentKinds.WhyNot(kind),
                "nabla inspects models, .npz, .npy, IDX, .csv and .png."),
        };
    }

    private static Findings OfNpz(string path, string shown)
    {
        using var archive = NpzReader.Open(path);
        return new(shown, "NumPy archive", [("size", FileSize(path))], [.. archive.Names.Select(name => ArraySummary.Of(name, archive.Read(name)))]);
    }

    private static Findings OfArray(string shown, string kind, NumericArray array) =>
        new(shown, kind, [], [ArraySummary.Of(Path.GetFileName(shown), array)]);

    private static Findings OfFolder(string path, string shown)
    {
        var (train, test) = Datasets.FromIdx(path);
        return new(shown, "folder of IDX files", [("train", train.ToString()), ("test", test?.ToString() ?? "none")], []);
    }

    private static Findings OfPng(string path, string shown)
    {
        var image = PngImage.Read(path);
        var levels = NumericArray.Create<byte>(image.Levels, image.Height, image.Width);
        return new(shown, "PNG image", [("size", image.ToString())], [ArraySummary.Of("grey levels", levels)]);
    }

    private static string FileSize(string path) => $"{new FileInfo(path).Length} bytes";
}
