using System.Reflection;

namespace Nabla.Architecture.Tests;

public class PublicTypeTests
{
    private static readonly Assembly[] Assemblies =
        [typeof(Kernels.KernelChoice).Assembly, typeof(Dataset).Assembly, Assembly.Load("Nabla.Reference"), Assembly.Load("Nabla.Tables"),
            Assembly.Load("Nabla.Explain"), Assembly.Load("Nabla.Report"), Assembly.Load("Nabla.MLNet"), Assembly.Load("Nabla.Mpi"),
            Assembly.Load("Nabla.Parquet")];

    [Fact]
    public void Every_public_type_prints_itself()
    {
        var silent = from type in Assemblies.SelectMany(assembly => assembly.GetExportedTypes())
                     where !type.IsAbstract && !type.IsInterface && !type.IsEnum && !type.IsByRefLike
                     where !typeof(Exception).IsAssignableFrom(type) && !typeof(Delegate).IsAssignableFrom(type)
                     where type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is { } declaring
                        && (declaring == typeof(object) || declaring == typeof(ValueType))
                     select type.FullName;
        Assert.Empty(silent);
    }

    [Fact]
    public void A_classifier_has_no_public_constructor() => Assert.Empty(typeof(Classifier).GetConstructors());
}
