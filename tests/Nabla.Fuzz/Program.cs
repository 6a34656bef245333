namespace Nabla.Fuzz;

/// <summary>Fuzzes where the options ask for it; otherwise runs the tests, as the other test projects do.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (FuzzCommand.IsMeant(args))
            return FuzzCommand.Run(args);
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework
                .RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).GetAwaiter().GetResult()
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
    }
}
