namespace Nabla.Tables;

/// <summary>
/// How a table becomes a data set. It is fitted to the training data (<see cref="TableDataset.Fit"/>), saved with the model, and encodes
/// later tables in the same way.
/// </summary>
/// <remarks>Immutable, and so safe for concurrent use.</remarks>
public sealed class TableEncoding
{
    private readonly Dictionary<string, int> classes;
    private readonly Dictionary<double, int>? classNumbers; // if each class is a plain number

    /// <summary>Creates an encoding.</summary>
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
        UniqueNames.Number([.. columns.Select(column => column.Name), .. targetColumns], "column", nameof(columns));
        classes = UniqueNames.Number(classNames ?? [], "class", nameof(classNames));
        classNumbers = ClassName.Numbers(classNames ?? []);
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
    /// The classes, in the order of their numbers: by value if all are numbers, else by code point. Null if values are predicted.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>The name of each feature, such as <c>age</c> or <c>colour=red</c>.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>How numbers of the targets are written.</summary>
    public NumberFormat TargetFormat { get; init; }

    /// <summary>Whether some column was written with decimal commas.</summary>
    public bool HasDecimalCommas => TargetFormat == NumberFormat.DecimalComma
        || Columns.Any(column => column is NumberEncoding { Format: NumberFormat.DecimalComma });

    /// <summary>The texts that stand for a missing value, besides an empty cell; null for the usual ones.</summary>
    public IReadOnlyList<string>? MissingMarkers { get; init; }

    /// <summary>What to do with a cell of a column of numbers or dates that is neither.</summary>
    public InvalidCellHandling InvalidCells { get; init; }

    /// <summary>The column with the weight of each example; null if all count the same.</summary>
    public string? WeightColumn { get; init; }

    /// <summary>How the weights are written; null if they are written like the other numbers.</summary>
    public NumberFormat? WeightFormat { get; init; }

    /// <summary>Whether the training table had column names. If not, later ones have none either.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// The number of columns of a training table without column names, whose columns are identified by position; null if it had names.
    /// </summary>
    public int? ColumnCount { get; init; }

    /// <summary>The encoding as one line of JSON, to be kept with a model.</summary>
    public string ToJson() => TableEncodingJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InvalidInputException">It is not such a text.</exception>
    public static TableEncoding FromJson(string json) => TableEncodingJson.Read(json);

    /// <summary>Encodes the inputs of a table. Its columns may stand in another order, with others beside them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="unknown">What to do with a category that the model does not know.</param>
    /// <returns>[rows, features], and what was assumed.</returns>
    /// <exception cref="InvalidInputException">A column is missing, or a value cannot be used; the message says where.</exception>
    /// <exception cref="IOException">The table cannot be read.</exception>
    public EncodedInputs EncodeInputs(Table table, UnknownCategoryHandling unknown = UnknownCategoryHandling.Ignore) =>
        new TableEncoder(table, this, [], unknown).EncodeInputs();

    /// <summary>Encodes a table with its targets, to evaluate a model. Rows without a target are left out.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targetColumns">The columns of the targets, if they have other names than in training; null for the same.</param>
    /// <param name="unknown">What to do with a category that the model does not know.</param>
    /// <param name="onDisk">Whether the encoded inputs go to a temporary file (<see cref="TableOptions.OnDisk"/>).</param>
    /// <returns>The examples, and what was assumed.</returns>
    /// <exception cref="ArgumentException">There are more or fewer targets than the encoding has.</exception>
    /// <exception cref="InvalidInputException">
    /// A column is missing, or a value or a class cannot be used; the message says where.
    /// </exception>
    /// <exception cref="IOException">The table cannot be read, or the temporary file cannot be written.</exception>
    public EncodedExamples Encode(
        Table table, IReadOnlyList<string>? targetColumns = null, UnknownCategoryHandling unknown = UnknownCategoryHandling.Ignore,
        bool onDisk = false)
    {
        targetColumns ??= TargetColumns;
        return targetColumns.Count == TargetColumns.Count
            ? new TableEncoder(table, this, targetColumns, unknown, onDisk).EncodeExamples()
            : throw new ArgumentException(
                $"{targetColumns.Count} targets are named, and the encoding has {TargetColumns.Count}.", nameof(targetColumns));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Columns.Count} columns as {FeatureNames.Count} features; {string.Join(", ", TargetColumns)}: "
        + (ClassNames is null ? "values" : $"{ClassNames.Count} classes");

    /// <summary>The number of a class; -1 if it is unknown.</summary>
    internal int ClassOf(string text)
    {
        if (classes.TryGetValue(text, out int label))
            return label;
        return classNumbers is not null && ClassName.TryParse(text, out double number) && classNumbers.TryGetValue(number, out label)
            ? label
            : -1;
    }

    /// <summary>The same encoding with other columns.</summary>
    internal TableEncoding With(IReadOnlyList<ColumnEncoding> columns) => new(columns, TargetColumns, ClassNames)
    {
        TargetFormat = TargetFormat,
        MissingMarkers = MissingMarkers,
        InvalidCells = InvalidCells,
        WeightColumn = WeightColumn,
        WeightFormat = WeightFormat,
        HasHeader = HasHeader,
        ColumnCount = ColumnCount,
    };
}
