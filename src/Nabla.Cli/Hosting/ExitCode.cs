namespace Nabla.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A check found a difference (gradcheck, selftest), or no learning rate can be proposed (lr-find).</summary>
    public const int CheckFailed = 1;
    public const int WrongUsage = 2;
    public const int InvalidInput = 3;
    public const int Diverged = 4;
    public const int InputOutputFailed = 5;
    public const int NoNetwork = 6;

    /// <summary>The system has not enough memory, or permits no further thread.</summary>
    public const int OutOfResources = 7;

    /// <summary>The ranks of a training run cannot work together.</summary>
    public const int CommunicationFailed = 8;

    /// <summary>A bug in nabla; EX_SOFTWARE in sysexits.h.</summary>
    public const int InternalError = 70;

    /// <summary>128 + SIGINT, as in shells.</summary>
    public const int Interrupted = 130;
}
