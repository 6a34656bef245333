using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nabla;

/// <summary>A model that was written as C#, compiled with nothing else.</summary>
internal sealed class ExportedProgram
{
    private readonly Type type;

    private ExportedProgram(Type type) => this.type = type;

    private delegate TResult[] Function<T, TResult>(ReadOnlySpan<T> example);

    /// <summary>The names of all members and nested types.</summary>
    public IEnumerable<string> Members => type
        .GetMembers(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Select(member => member.Name).Where(name => char.IsAsciiLetter(name[0]) && !name.StartsWith("Activate", StringComparison.Ordinal));

    public static ExportedProgram Of(Model model, string name = "Exported") => From(path => model.ExportCSharp(path, name), name);

    /// <summary>Compiles a program that is written to a path.</summary>
    public static ExportedProgram From(Action<string> write, string name)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            write(path);
            return Compile(File.ReadAllText(path), name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public float[] Scores(ReadOnlySpan<float> example) => Predict<float, float>()(example);

    public float[] Scores(ReadOnlySpan<double> example) => Predict<double, float>()(example);

    public float[] Scores(ReadOnlySpan<byte> example) => Predict<byte, float>()(example);

    public double[] Values(ReadOnlySpan<float> example) => Predict<float, double>()(example);

    public double[] Values(ReadOnlySpan<double> example) => Predict<double, double>()(example);

    public string Label(float[] scores) => type.GetMethod("Label")!.CreateDelegate<Func<float[], string>>()(scores);

    /// <summary>Predicts a row of a table, whose properties are set one by one.</summary>
    public TResult[] Row<TResult>(IReadOnlyDictionary<string, object?> values)
    {
        var rowType = type.GetNestedType("Row")!;
        object row = Activator.CreateInstance(rowType)!;
        foreach (var (name, value) in values)
            rowType.GetProperty(name)!.SetValue(row, value);
        try
        {
            return (TResult[])type.GetMethod("Predict", [rowType])!.Invoke(null, [row])!;
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    private Function<T, TResult> Predict<T, TResult>() =>
        type.GetMethod("Predict", [typeof(ReadOnlySpan<T>)])!.CreateDelegate<Function<T, TResult>>();

    public static ExportedProgram Compile(string code, string name)
    {
        // As in a project of its own: nothing is imported, arithmetic is checked, and warnings are errors.
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, checkOverflow: true, generalDiagnosticOption: ReportDiagnostic.Error,
            optimizationLevel: OptimizationLevel.Release);
        return new ExportedProgram(Assembly.Load(CSharpProgram.CompileAlone(options, code)).GetType(name)!);
    }
}
