using System.Reflection;

namespace Nabla.MLNet;

/// <summary>
/// ML.NET asks an assembly which classes it can load. The answer is an attribute that is internal, so that C# cannot apply it; this
/// assembly, which has nothing else, gives the answer when it is asked.
/// </summary>
/// <param name="loadable">An attribute from <see cref="MLNetInternals.CreateLoadableClassAttribute"/>.</param>
internal sealed class LoaderAssembly(Attribute loadable) : Assembly
{
    /// <summary>ML.NET registers an assembly of a name once.</summary>
    public override string FullName => "Nabla.MLNet.Loader";

    public override object[] GetCustomAttributes(Type attributeType, bool inherit)
    {
        Attribute[] all = attributeType.IsInstanceOfType(loadable) ? [loadable] : [];
        return all;
    }

    public override Type[] GetTypes() => [];
}
