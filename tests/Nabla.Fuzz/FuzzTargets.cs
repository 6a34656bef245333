namespace Nabla.Fuzz;

/// <summary>All readers.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All() =>
    [
        new NpyTarget(), new NpzTarget(), new IdxTarget(), new CsvTarget(), new PngTarget(), ImageTarget.Jpeg(), ImageTarget.Bmp(),
        new SafetensorsTarget(), new WeightsTarget(), new ModelTarget(isTable: false), new ModelTarget(isTable: true), new OnnxTarget(),
        new StudioTarget(), new CheckpointTarget(), new ReceiptTarget(),
    ];
}
