using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>Finds columns by name, and says what is wrong with them.</summary>
internal static class ColumnLookup
{
    /// <param name="schema">The columns there are.</param>
    /// <param name="name">The name to find.</param>
    /// <param name="role">What the column is for, for the message.</param>
    /// <exception cref="InvalidInputException">There is no such column.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) => schema.GetColumnOrNull(name)
        ?? throw new InvalidInputException(
            $"cannot find the {role}", $"column {name}", "the data have no such column",
            $"Name the right one; there are {string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => column.Name))}.");

    /// <summary>Finds a column of the given type.</summary>
    /// <exception cref="InvalidInputException">There is no such column, or it is of another type.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role, DataViewType type, string remedy)
    {
        var column = Find(schema, name, role);
        return column.Type.Equals(type) ? column : throw WrongType(column, type.ToString()!, remedy);
    }

    public static InvalidInputException WrongType(DataViewSchema.Column column, string needed, string remedy) =>
        new("cannot use the data", $"column {column.Name}", $"its type is {column.Type}, and {needed} is needed", remedy);
}
