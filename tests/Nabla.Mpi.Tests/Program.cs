namespace Nabla.Mpi.Tests;

/// <summary>A rank of MPI where the arguments ask for it; otherwise runs the tests, as the other test projects do.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["rank", var name])
            return RankProgram.Run(name);
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework
                .RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).GetAwaiter().GetResult()
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
    }
}
