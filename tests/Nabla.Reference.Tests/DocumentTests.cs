using Nabla.Tests.Shared;

namespace Nabla.Reference.Tests;

/// <summary>The C# block in docs/backprop.md is compiled and run as it is written there.</summary>
public class DocumentTests
{
    private const string Derivative = "derivative[j] = Math.Tanh(a[j] - y[j]);";

    [Fact]
    public void The_documented_check_passes() =>
        Assert.Matches(
            "^layer  block .*\n(.*\n){4}passed: largest error [0-9.E-]+, allowed 1E-06\n$", CSharpProgram.RunBesideOthers(Block()));

    [Fact]
    public void The_documented_check_fails_with_the_sign_that_the_document_calls_wrong()
    {
        string code = Block();
        Assert.Contains(Derivative, code, StringComparison.Ordinal);
        string wrong = code.Replace(Derivative, "derivative[j] = Math.Tanh(y[j] - a[j]);", StringComparison.Ordinal);
        Assert.Contains("FAILED: ", CSharpProgram.RunBesideOthers(wrong), StringComparison.Ordinal);
    }

    private static string Block()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("docs", "backprop.md"));
        int start = Array.IndexOf(lines, "```csharp");
        Assert.True(start >= 0, "docs/backprop.md has no C# block.");
        return string.Join('\n', lines[(start + 1)..Array.IndexOf(lines, "```", start)]);
    }
}
