using System.Text.Json;

namespace Nabla;

/// <summary>Kinds as JSON: a name, or an object with the name and the parameters.</summary>
internal static class KindJson
{
    private const string NameKey = "name";

    /// <summary>Writes a kind as one value.</summary>
    public static void Write(Kind kind, Utf8JsonWriter json)
    {
        var parameters = kind.NamedParameters;
        if (parameters.Count == 0)
        {
            json.WriteStringValue(kind.Name);
            return;
        }
        json.WriteStartObject();
        json.WriteString(NameKey, kind.Name);
        foreach (var parameter in parameters)
            json.WriteNumber(parameter.Name, parameter.ValueOf(kind));
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote. A parameter that is missing has its default.</summary>
    /// <exception cref="FormatException">The kind or a parameter of it is unknown; the message names it.</exception>
    public static T Read<T>(JsonElement json, Catalogue<T> catalogue)
        where T : Kind
    {
        bool isObject = json.ValueKind == JsonValueKind.Object;
        string name = (isObject ? json.Get(NameKey) : json).GetString() ?? "";
        var kind = catalogue.Find(name)
            ?? throw new FormatException(
                $"\"{name}\" is not {Article(catalogue.Subject)} that this version knows; it knows {string.Join(", ", catalogue.Names)}");
        if (!isObject)
            return kind;
        foreach (var property in json.EnumerateObject().Where(property => property.Name != NameKey))
        {
            var parameter = kind.Parameters.FirstOrDefault(known => known.Name == property.Name)
                ?? throw new FormatException($"{name} has no parameter \"{property.Name}\" that this version knows");
            kind = parameter.With(kind, property.Value.GetSingle());
        }
        return kind;
    }

    private static string Article(string noun) => ("aeiou".Contains(noun[0], StringComparison.Ordinal) ? "an " : "a ") + noun;
}
