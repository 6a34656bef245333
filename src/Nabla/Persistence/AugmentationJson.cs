using System.Text.Json;

namespace Nabla;

/// <summary>An augmentation as JSON: an object of the limits that are not 0.</summary>
internal static class AugmentationJson
{
    /// <summary>All keys, in the order in which they are written.</summary>
    private static readonly Key[] Keys =
    [
        new("shift", a => a.Shift, (a, value) => a with { Shift = value }),
        new("rotation", a => a.Rotation, (a, value) => a with { Rotation = value }),
        new("zoom", a => a.Zoom, (a, value) => a with { Zoom = value }),
        new("shear", a => a.Shear, (a, value) => a with { Shear = value }),
        new("elastic-strength", a => a.ElasticStrength, (a, value) => a with { ElasticStrength = value }),
        new("elastic-smoothness", a => a.ElasticSmoothness, (a, value) => a with { ElasticSmoothness = value }),
    ];

    /// <summary>Writes an augmentation as one object.</summary>
    public static void Write(Augmentation augmentation, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var key in Keys)
        {
            float limit = key.Get(augmentation);
            if (limit != 0)
                json.WriteNumber(key.Name, limit);
        }
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A key is unknown.</exception>
    public static Augmentation Read(JsonElement json)
    {
        var augmentation = Augmentation.None;
        foreach (var property in json.EnumerateObject())
        {
            var key = Array.Find(Keys, key => key.Name == property.Name)
                ?? throw new FormatException($"this version knows no augmentation \"{property.Name}\"");
            augmentation = key.With(augmentation, property.Value.GetSingle());
        }
        return augmentation;
    }

    private sealed record Key(string Name, Func<Augmentation, float> Get, Func<Augmentation, float, Augmentation> With);
}
