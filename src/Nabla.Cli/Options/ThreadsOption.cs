namespace Nabla.Cli;

/// <summary><c>--threads</c> of commands that repeat or continue a training run.</summary>
internal sealed class ThreadsOption() : ValueOption<int>(
    OptionName, "N", "Threads; 0 means one per processor (default: 0). Changes the time, never the result.", ValueFormats.CountOrZero,
    "4")
{
    public const string OptionName = "--threads";
}
