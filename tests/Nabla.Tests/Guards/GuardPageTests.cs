namespace Nabla.Tests;

/// <summary>
/// Neither optimizers nor the passes through a network access memory outside their operands: each operand stands between two pages that
/// cannot be accessed. The calls are made in a process of their own, because such an access ends the process.
/// </summary>
public sealed class GuardPageTests
{
    [Fact]
    public void No_pass_or_step_accesses_memory_outside_its_operands() => GuardedProcess.MustPass(typeof(EngineGuardCases));
}
