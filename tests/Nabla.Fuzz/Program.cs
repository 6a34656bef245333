namespace Nabla.Fuzz;

/// <summary>Fuzzes where the options ask for it; otherwise runs the tests, as the other test projects do.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["probe"])
        {
            byte[] f = System.IO.File.ReadAllBytes("tests/Nabla.Onnx.Tests/Exports/torch-regression.onnx");
            for (int i = 0; i < 3; i++)
            {
                long a = GC.GetAllocatedBytesForCurrentThread();
                var o = Nabla.Onnx.OnnxFile.Read(f, "x");
                long b = GC.GetAllocatedBytesForCurrentThread();
                var m = Nabla.Onnx.ModelImport.Read(f, "x", new Nabla.Onnx.OnnxImportOptions());
                long c = GC.GetAllocatedBytesForCurrentThread();
                var n = new Network(m.Topology);
                long d = GC.GetAllocatedBytesForCurrentThread();
                Console.WriteLine($"{b - a} {c - b} {d - c} {m}");
            }
            return 0;
        }
        if (FuzzCommand.IsMeant(args))
            return FuzzCommand.Run(args);
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework
                .RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).GetAwaiter().GetResult()
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
    }
}
