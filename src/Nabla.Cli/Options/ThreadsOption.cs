namespace Nabla.Cli;

/// <summary><c>--threads</c> of commands that do not take the other options of a training run.</summary>
internal sealed class ThreadsOption(string description = ThreadsOption.Usual) : ValueOption<int>(
    OptionName, "N", description, ValueFormats.CountOrZero, "4")
{
    public const string OptionName = "--threads";
    public const string Usual = "Threads; 0 means one per processor (default: 0). Changes the time, never the result.";
}
