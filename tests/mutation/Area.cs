namespace Nabla.Mutation;

/// <summary>Sources that are mutated, and the test classes that have to notice it.</summary>
/// <param name="Name">What <c>--areas</c> calls it.</param>
/// <param name="Project">The project that is compiled.</param>
/// <param name="Folders">Its mutated folders or files, relative to the project.</param>
/// <param name="Tests">The test project.</param>
/// <param name="Classes">Its test classes, without namespace.</param>
internal sealed record Area(string Name, string Project, string[] Folders, string Tests, string[] Classes)
{
    /// <summary>All areas, in the order in which data pass through the library.</summary>
    public static IReadOnlyList<Area> All { get; } =
    [
        new("Kernels", "Nabla.Kernels", ["Gemm/Gemm.cs", "Gemm/Matrix.cs", "Sparse", "Overlap.cs", "BufferSize.cs", "AlignedArray.cs"],
            "Nabla.Kernels.Tests", ["OverlapTests", "BufferSizeTests", "GuardPageTests", "GemmTests", "SparseProductTests"]),
        new("Arrays", "Nabla", ["Data/Arrays"], "Nabla.Tests",
            [
                "Crc32Tests", "ElementTypeTests", "IdxFilesTests", "IdxReaderTests", "NpyReaderTests", "NpyTypeCodeTests",
                "NpyWriterTests", "NpzReaderTests", "NumericArrayTests", "TextArrayTests", "ZipArchiveTests", "ZipEndTests",
                "DatasetsTests",
            ]),
        new("Files", "Nabla", ["Data/Files"], "Nabla.Tests",
            [
                "AbandonedFileTests", "AtomicFileTests", "ByteSourceTests", "FileKindTests", "IncrementalReadTests", "NpyReaderTests",
                "NpzReaderTests", "OutputPlaceTests", "OutputStreamTests", "ReadLimitTests", "SystemFileOutputTests", "TemporaryFileTests",
            ]),
        new("Losses", "Nabla", ["Losses"], "Nabla.Tests", ["LossTests", "OutputLossTests", "LossBitsTests"]),
        new("Optimizers", "Nabla", ["Optimizers"], "Nabla.Tests",
            [
                "ScheduleTests", "OptimizerTests", "OptionRangeTests", "KindChoiceTests", "InputFactorsTests", "RefusalTests",
                "RestoreTests", "LearningRateFinderTests", "KindBitsTests",
            ]),
        new("Evaluation", "Nabla", ["Evaluation"], "Nabla.Tests",
            ["ClassificationReportTests", "RegressionReportTests", "ClassifierTests", "RegressorTests"]),
        new("Persistence", "Nabla", ["Persistence"], "Nabla.Tests",
            [
                "SafetensorsFileTests", "ModelMetadataTests", "ModelFileTests", "ModelStreamTests", "FormerModelTests", "WeightFileTests",
                "RunReceiptTests", "CheckpointTests", "CheckpointIntervalTests", "EnsembleFileTests", "EnsembleCheckpointTests",
                "InterruptionTests", "ModelTensorTests", "TrainingHistoryTests", "ExtremeModelTests", "ClippedPredictionsTests",
                "ExportNameTests", "DataParallelTests",
            ]),
        new("Tables", "Nabla.Tables", ["Sources"], "Nabla.Tables.Tests",
            ["CsvDialectTests", "CsvSourceTests", "TableSourceTests", "TextCheckStreamTests", "TableDatasetTests", "MessyTableTests"]),
        new("Images", "Nabla.Images", ["."], "Nabla.Cli.Tests",
            ["BmpFormatTests", "ImageFittingTests", "InkTests", "PictureFolderTests", "PngImageTests"]),
    ];

    /// <summary>Whether a source file, relative to the project, is mutated.</summary>
    public bool Has(string file) => Folders.Any(
        folder => folder == "." || file == folder || file.StartsWith(folder + "/", StringComparison.Ordinal));
}
