namespace Nabla.Tests;

/// <summary>The names of exported programs, and of their classes.</summary>
public sealed class ExportNameTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-export-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("digits.cs", "Digits")]
    [InlineData("my-model v2.cs", "MyModelV2")]
    [InlineData("7.cs", "Model7")]
    [InlineData("数.cs", "数")]
    [InlineData("....cs", "Model")]
    [InlineData("network.cs", "NetworkModel")]
    [InlineData("math.cs", "MathModel")]
    public void The_class_has_the_name_of_the_file(string file, string name)
    {
        Small().ExportCSharp(Path.Combine(folder, file));
        Assert.NotNull(ExportedProgram.Compile(File.ReadAllText(Path.Combine(folder, file)), name));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("small")]
    [InlineData("Network")]
    [InlineData("")]
    public void A_name_that_is_not_one_of_a_class_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => Small().ExportCSharp(Path.Combine(folder, "small.cs"), name));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void Every_reserved_name_of_a_type_or_member_is_used()
    {
        Small().ExportCSharp(Path.Combine(folder, "small.cs"));
        string code = File.ReadAllText(Path.Combine(folder, "small.cs"));
        string[] members = [.. ExportedProgram.Compile(code, "Small").Members];
        Assert.DoesNotContain(members, member => !CSharpRuntime.Reserved.Contains(member));
        Assert.Contains("Network", members);
    }

    [Fact]
    public void A_name_that_is_given_is_that_of_the_class()
    {
        Small().ExportCSharp(Path.Combine(folder, "small.cs"), "Iris3");
        Assert.NotNull(ExportedProgram.Compile(File.ReadAllText(Path.Combine(folder, "small.cs")), "Iris3"));
        Small().ExportPython(Path.Combine(folder, "small.py"));
        Assert.Contains("\ndef predict(examples", File.ReadAllText(Path.Combine(folder, "small.py")), StringComparison.Ordinal);
    }

    private static Classifier Small() => Classifier.Train(RandomData.Blobs(60), new TrainingOptions { Hidden = [4], Epochs = 1, Seed = 5 });
}
