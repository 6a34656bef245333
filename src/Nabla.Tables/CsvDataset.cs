namespace Nabla.Tables;

/// <summary>
/// Makes data sets from CSV files: columns of numbers as they are, columns of texts one-hot, and what to predict as classes or values.
/// </summary>
/// <remarks>
/// Missing values, infinities and numbers beyond a float are errors that name row and column. Classes are texts or whole numbers.
/// Safe for concurrent use.
/// </remarks>
public static class CsvDataset
{
    /// <summary>The most different whole numbers in a target column that are classes unless something else is asked for.</summary>
    public const int MaxWholeClasses = 20;

    /// <summary>Reads a file to train on, and fits its encoding.</summary>
    /// <param name="path">A CSV file with a header.</param>
    /// <param name="targetColumn">The column to predict; all others are inputs.</param>
    /// <param name="kind">Whether it holds classes or values.</param>
    /// <param name="name">What to call the data; null for the file's name.</param>
    /// <returns>The examples, and the encoding that each later file needs.</returns>
    /// <exception cref="InvalidInputException">The file or a value in it cannot be used; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (Dataset Data, TableEncoding Encoding) Load(
        string path, string targetColumn, TargetKind kind = TargetKind.Automatic, string? name = null) =>
        Load(path, [targetColumn], kind, name);

    /// <summary>Reads a file to train on, with one or several targets, and fits its encoding.</summary>
    /// <param name="path">A CSV file with a header.</param>
    /// <param name="targetColumns">The columns to predict, at least one; several are values. All others are inputs.</param>
    /// <param name="kind">Whether they hold classes or values.</param>
    /// <param name="name">What to call the data; null for the file's name.</param>
    /// <returns>The examples, and the encoding that each later file needs.</returns>
    /// <exception cref="ArgumentException">No target is named.</exception>
    /// <exception cref="InvalidInputException">The file or a value in it cannot be used; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (Dataset Data, TableEncoding Encoding) Load(
        string path, IReadOnlyList<string> targetColumns, TargetKind kind = TargetKind.Automatic, string? name = null)
    {
        if (targetColumns.Count == 0)
            throw new ArgumentException("Name at least one target.", nameof(targetColumns));
        CsvTable table = CsvTable.Read(path);
        TableEncoding encoding = EncodingFitter.Fit(table, targetColumns, kind);
        return (LoadFrom(table.Source, table.RowCount, targetColumns, encoding, name), encoding);
    }

    /// <summary>Reads another file of the same kind, e.g. to evaluate on.</summary>
    /// <param name="path">A CSV file with a header; its columns may stand in another order, and others beside them.</param>
    /// <param name="targetColumns">The columns of the targets, as many as the encoding has; null for the encoding's own.</param>
    /// <param name="encoding">What <see cref="Load(string, string, TargetKind, string?)"/> fitted on the training file.</param>
    /// <param name="name">What to call the data; null for the file's name.</param>
    /// <exception cref="ArgumentException">There are more or fewer targets than the encoding has.</exception>
    /// <exception cref="InvalidInputException">
    /// A column is missing, or a value or a class is unknown to the encoding; the message says where.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dataset Load(string path, IReadOnlyList<string>? targetColumns, TableEncoding encoding, string? name = null)
    {
        targetColumns ??= encoding.TargetColumns;
        if (targetColumns.Count != encoding.TargetColumns.Count)
        {
            throw new ArgumentException(
                $"{targetColumns.Count} targets are named, and the encoding has {encoding.TargetColumns.Count}.", nameof(targetColumns));
        }
        CsvSource source = CsvSource.Open(path);
        return LoadFrom(source, CountRows(source), targetColumns, encoding, name);
    }

    /// <summary>Reads the inputs alone, to predict from; target columns may be there or not.</summary>
    /// <param name="path">A CSV file with a header; its columns may stand in another order, and others beside them.</param>
    /// <param name="encoding">What <see cref="Load(string, string, TargetKind, string?)"/> found out on the training file.</param>
    /// <returns>[rows, features].</returns>
    /// <exception cref="InvalidInputException">
    /// A column is missing, or a value is unknown to the encoding; the message says where.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FeatureTable LoadInputs(string path, TableEncoding encoding)
    {
        CsvSource source = CsvSource.Open(path);
        return new RowEncoder(source, encoding, targetColumns: []).Encode(CountRows(source)).Inputs;
    }

    private static Dataset LoadFrom(
        CsvSource source, int rows, IReadOnlyList<string> targetColumns, TableEncoding encoding, string? name)
    {
        var (inputs, targets) = new RowEncoder(source, encoding, targetColumns).Encode(rows);
        return new Dataset(name ?? source.Name, inputs, targets!);
    }

    private static int CountRows(CsvSource source)
    {
        int rows = source.Records().Count();
        return rows > 0
            ? rows
            : throw new CsvLocation(source.Name, 1, 0).Error("only the header is there", "Give at least one row of data.");
    }
}
