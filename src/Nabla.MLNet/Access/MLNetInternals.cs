using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Nabla.MLNet;

/// <summary>
/// What a trainer needs from ML.NET, and ML.NET keeps internal: saving, loading and the environment of a catalog (decision 30). Nothing
/// else in this project uses reflection.
/// </summary>
internal static class MLNetInternals
{
    private const BindingFlags All =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions;

    private static readonly Assembly Core = typeof(ITransformer).Assembly;
    private static readonly Type VersionInfo = TypeNamed("VersionInfo");
    private static readonly Type LoadContext = TypeNamed("ModelLoadContext");

    /// <summary>The signature of what is loaded with a model.</summary>
    public static Type SignatureLoadModel { get; } = TypeNamed("SignatureLoadModel");

    /// <summary>The environment that the trainers of a catalog belong to: its <see cref="MLContext"/>.</summary>
    public static IHostEnvironment EnvironmentOf(TrainCatalogBase.CatalogInstantiatorBase trainers)
    {
        var catalog = Property(typeof(TrainCatalogBase.CatalogInstantiatorBase), "Owner").GetValue(trainers);
        return (IHostEnvironment)Property(typeof(TrainCatalogBase), "Environment").GetValue(catalog)!;
    }

    /// <summary>Describes a trainer that neither needs normalized features nor reads its data more than once.</summary>
    public static TrainerInfo CreateTrainerInfo(bool supportsValidation) => (TrainerInfo)Constructor(
        typeof(TrainerInfo), typeof(bool), typeof(bool), typeof(bool), typeof(bool), typeof(bool), typeof(bool))
        .Invoke(All, null, [false, false, false, supportsValidation, false, false], null);

    /// <summary>The attribute by which ML.NET finds a class that can be loaded.</summary>
    /// <param name="instance">The type that is loaded.</param>
    /// <param name="loader">The class whose method <c>Create</c> loads it.</param>
    /// <param name="name">Its name in files.</param>
    public static Attribute CreateLoadableClassAttribute(Type instance, Type loader, string name) => (Attribute)Constructor(
        TypeNamed("LoadableClassAttribute"),
        typeof(Type), typeof(Type), typeof(Type), typeof(Type), typeof(string), typeof(string[]))
        .Invoke(All, null, [instance, loader, null, SignatureLoadModel, "", new[] { name }], null);

    /// <summary>Says in a file what is saved there, and by which version.</summary>
    public static void SetVersion(ModelSaveContext context, FormatVersion version) =>
        Method(typeof(ModelSaveContext), "SetVersionInfo", VersionInfo).Invoke(context, All, null, [Create(version)], null);

    /// <summary>Checks that a file has what <see cref="SetVersion"/> wrote, and not by a later version that this one cannot read.</summary>
    /// <exception cref="FormatException">It has not.</exception>
    public static void CheckVersion(object loadContext, FormatVersion version) =>
        Method(LoadContext, "CheckAtModel", VersionInfo).Invoke(loadContext, All, null, [Create(version)], null);

    /// <summary>Writes an entry of the model's archive, beside the file that describes the transformer.</summary>
    public static void WriteEntry(ModelSaveContext context, string name, Action<Stream> write) =>
        Method(typeof(ModelSaveContext), "SaveBinaryStream", typeof(string), typeof(Action<BinaryWriter>)).Invoke(
            context, All, null, [name, (BinaryWriter writer) => write(writer.BaseStream)], null);

    /// <summary>Reads an entry of the model's archive.</summary>
    /// <returns>Whether there is such an entry.</returns>
    public static bool TryReadEntry(object loadContext, string name, Action<Stream> read) =>
        (bool)Method(LoadContext, "TryLoadBinaryStream", typeof(string), typeof(Action<BinaryReader>)).Invoke(
            loadContext, All, null, [name, (BinaryReader reader) => read(reader.BaseStream)], null)!;

    private static object Create(FormatVersion version) => Constructor(
        VersionInfo, typeof(string), typeof(uint), typeof(uint), typeof(uint), typeof(string), typeof(string), typeof(string)).Invoke(
            All, null, [version.Signature, version.Written, version.Written, 1u, version.Assembly, version.Loader, null], null);

    private static Type TypeNamed(string name) => Required(Core.GetType("Microsoft.ML." + name), name);

    private static PropertyInfo Property(Type type, string name) => Required(type.GetProperty(name, All), $"{type.Name}.{name}");

    private static MethodInfo Method(Type type, string name, params Type[] parameters) =>
        Required(type.GetMethod(name, All, parameters), $"{type.Name}.{name}");

    private static ConstructorInfo Constructor(Type type, params Type[] parameters) =>
        Required(type.GetConstructor(All, parameters), $"constructor of {type.Name}");

    private static T Required<T>(T? member, string name)
        where T : class => member ?? throw new NotSupportedException(
            $"This version of Microsoft.ML has no {name}, which Nabla.MLNet needs. Use Microsoft.ML 5.0, or a newer Nabla.MLNet.");
}
