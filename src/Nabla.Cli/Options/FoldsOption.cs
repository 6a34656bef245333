namespace Nabla.Cli;

/// <summary><c>--folds</c>: into how many parts the examples are divided to measure models that did not learn from them.</summary>
internal sealed class FoldsOption() : ValueOption<int>(
    "--folds", "N", $"Parts into which the examples are divided, at least 2 (default: {Default}).", ValueFormats.Several, $"{Default}")
{
    public const int Default = 5;
}
