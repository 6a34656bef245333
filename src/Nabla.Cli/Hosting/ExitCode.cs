namespace Nabla.Cli;

/// <summary>What the process says to its caller when it ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A check ran to its end and said no (gradcheck).</summary>
    public const int CheckSaidNo = 1;
    public const int WrongUsage = 2;
    public const int InvalidInput = 3;
    public const int Diverged = 4;
    public const int InputOutputFailed = 5;
    public const int NoNetwork = 6;

    /// <summary>A fault of ours, as EX_SOFTWARE in sysexits.h.</summary>
    public const int InternalError = 70;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
