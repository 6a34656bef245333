using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Nabla.Tables;

/// <summary>The public properties of a type, as columns.</summary>
internal sealed class RowProperties
{
    private readonly PropertyInfo[] properties;

    private RowProperties(PropertyInfo[] properties)
    {
        this.properties = properties;
        Names = [.. properties.Select(property => property.Name)];
    }

    public IReadOnlyList<string> Names { get; }

    /// <exception cref="ArgumentException">There are none, or the type is a dictionary.</exception>
    public static RowProperties Of([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type)
    {
        if (typeof(System.Collections.IDictionary).IsAssignableFrom(type))
            throw new ArgumentException("A row that is a dictionary has to be a Dictionary<string, object?>.", nameof(type));
        PropertyInfo[] properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)];
        return properties.Length > 0
            ? new RowProperties(properties)
            : throw new ArgumentException($"{type.Name} has no public property that can be read.", nameof(type));
    }

    public object?[] Read(object row) => Array.ConvertAll(properties, property => property.GetValue(row));

    public Dictionary<string, object?> ToDictionary(object row) =>
        properties.ToDictionary(property => property.Name, property => property.GetValue(row), StringComparer.Ordinal);
}
