using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla selftest</c>: tests of the promises, on this machine.</summary>
internal sealed class SelftestCommand : Command
{
    public SelftestCommand(Terminal terminal)
        : base("selftest", "Tests on this machine what Nabla promises: equal bits, safe files, training runs that survive a crash.")
    {
        foreach (var test in Tests(terminal))
            Add(test);
    }

    private static SelfTest[] Tests(Terminal terminal) =>
    [
        new DeterminismTest(terminal),
        new BatchTest(terminal),
        new ConcurrentTest(terminal),
        new ResumeTest(terminal),
        new FaultTest(terminal),
        new PowerCutTest(terminal),
        new MemoryTest(terminal),
    ];
}
