namespace Nabla.Tables;

/// <summary>
/// How a table becomes a data set. It is fitted on the training file and saved with the model, and encodes later files in the same way.
/// </summary>
/// <remarks>Immutable.</remarks>
public sealed class TableEncoding
{
    /// <summary>Puts an encoding together.</summary>
    /// <param name="columns">The input columns, in the order of the features.</param>
    /// <param name="targetColumns">The column that holds the classes, or the columns that hold the values to predict.</param>
    /// <param name="classNames">The classes, in the order of their numbers; null if values are predicted.</param>
    /// <exception cref="ArgumentException">
    /// There is no input column or no target, several targets hold classes, or a name occurs twice.
    /// </exception>
    public TableEncoding(
        IReadOnlyList<ColumnEncoding> columns, IReadOnlyList<string> targetColumns, IReadOnlyList<string>? classNames)
    {
        if (targetColumns.Count == 0 || (classNames is not null && targetColumns.Count > 1))
            throw new ArgumentException("Classes stand in one column, values in at least one.", nameof(targetColumns));
        if (columns.Count == 0)
            throw new ArgumentException($"No column but the target {targetColumns[0]} is there to learn from.", nameof(columns));
        RequireDifferent([.. columns.Select(column => column.Name), .. targetColumns], "column", nameof(columns));
        RequireDifferent(classNames ?? [], "class", nameof(classNames));
        foreach (ColumnEncoding column in columns)
            RequireDifferent(column.Categories ?? [], $"category of {column.Name}", nameof(columns));
        Columns = [.. columns];
        TargetColumns = [.. targetColumns];
        ClassNames = classNames is null ? null : [.. classNames];
        FeatureNames = [.. columns.SelectMany(column => column.FeatureNames)];
    }

    /// <summary>The input columns, in the order of the features.</summary>
    public IReadOnlyList<ColumnEncoding> Columns { get; }

    /// <summary>The column that holds the classes, or the columns that hold the values to predict.</summary>
    public IReadOnlyList<string> TargetColumns { get; }

    /// <summary>
    /// The classes, in the order of their numbers: by value if all are whole numbers, else by code point. Null if values are predicted.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>The name of each feature, e.g. <c>age</c> or <c>colour=red</c>.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The encoding as one line of JSON, to be kept with a model.</summary>
    public string ToJson() => TableEncodingJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InvalidInputException">It is not such a text.</exception>
    public static TableEncoding FromJson(string json) => TableEncodingJson.Read(json);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Columns.Count} columns as {FeatureNames.Count} features; {string.Join(", ", TargetColumns)}: "
        + (ClassNames is null ? "values" : $"{ClassNames.Count} classes");

    private static void RequireDifferent(IReadOnlyList<string> names, string what, string parameter)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !seen.Add(name)) is { } twice)
            throw new ArgumentException($"The {what} \"{twice}\" occurs twice.", parameter);
    }
}
