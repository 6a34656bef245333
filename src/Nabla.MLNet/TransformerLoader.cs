using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Nabla.MLNet;

/// <summary>Loads transformers from ML.NET models.</summary>
internal static class TransformerLoader
{
    private static readonly LoaderAssembly Assembly = new(MLNetInternals.CreateLoadableClassAttribute(
        typeof(ITransformer), typeof(TransformerLoader), TransformerFile.Version.Loader));

    /// <summary>Makes transformers known to an environment. Calls after the first one do nothing.</summary>
    public static void Register(IHostEnvironment environment) => environment.ComponentCatalog.RegisterAssembly(Assembly);

    // ML.NET finds this method by its name, its result and its parameters; the second one is a ModelLoadContext, which is internal.
    internal static ITransformer Create(IHostEnvironment environment, object context)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var (features, columns) = TransformerFile.Load(context);
        return columns.Model is Regressor
            ? new NablaTransformer<Regressor>(features, columns)
            : new NablaTransformer<Classifier>(features, columns);
    }
}
