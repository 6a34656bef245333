namespace Nabla.Tables;

/// <summary>Names that must differ.</summary>
internal static class UniqueNames
{
    /// <summary>The position of each name.</summary>
    /// <exception cref="ArgumentException">One occurs twice.</exception>
    public static Dictionary<string, int> Number(IReadOnlyList<string> names, string what, string parameter)
    {
        var positions = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            if (!positions.TryAdd(names[i], i))
                throw new ArgumentException($"The {what} \"{names[i]}\" occurs twice.", parameter);
        }
        return positions;
    }
}
