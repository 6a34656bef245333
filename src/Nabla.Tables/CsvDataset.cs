namespace Nabla.Tables;

/// <summary>Makes data sets from CSV files: columns of numbers as they are, columns of texts one-hot, one column as the class.</summary>
/// <remarks>
/// Missing values, infinities and numbers beyond a float are errors that name row and column. Classes are texts or whole numbers.
/// Safe for concurrent use.
/// </remarks>
public static class CsvDataset
{
    /// <summary>Reads a file to train on, and fits its encoding.</summary>
    /// <param name="path">A CSV file with a header.</param>
    /// <param name="targetColumn">The column that holds the classes; all others are inputs.</param>
    /// <param name="name">What to call the data; null for the file's name.</param>
    /// <returns>The examples, and the encoding that each later file needs.</returns>
    /// <exception cref="InvalidInputException">The file or a value in it cannot be used; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (Dataset Data, TableEncoding Encoding) Load(string path, string targetColumn, string? name = null)
    {
        CsvTable table = CsvTable.Read(path);
        TableEncoding encoding = EncodingFitter.Fit(table, targetColumn);
        return (LoadFrom(table.Source, table.RowCount, targetColumn, encoding, name), encoding);
    }

    /// <summary>Reads another file of the same kind, e.g. to evaluate on.</summary>
    /// <param name="path">A CSV file with a header; its columns may stand in another order, and others beside them.</param>
    /// <param name="targetColumn">The column that holds the classes; null for the encoding's own.</param>
    /// <param name="encoding">What <see cref="Load(string, string, string?)"/> fitted on the training file.</param>
    /// <param name="name">What to call the data; null for the file's name.</param>
    /// <exception cref="InvalidInputException">
    /// A column is missing, or a value or a class is unknown to the encoding; the message says where.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dataset Load(string path, string? targetColumn, TableEncoding encoding, string? name = null)
    {
        CsvSource source = CsvSource.Open(path);
        return LoadFrom(source, CountRows(source), targetColumn ?? encoding.TargetColumn, encoding, name);
    }

    /// <summary>Reads the inputs alone, to predict from; a target column may be there or not.</summary>
    /// <param name="path">A CSV file with a header; its columns may stand in another order, and others beside them.</param>
    /// <param name="encoding">What <see cref="Load(string, string, string?)"/> found out on the training file.</param>
    /// <returns>[rows, features].</returns>
    /// <exception cref="InvalidInputException">
    /// A column is missing, or a value is unknown to the encoding; the message says where.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FeatureTable LoadInputs(string path, TableEncoding encoding)
    {
        CsvSource source = CsvSource.Open(path);
        return new RowEncoder(source, encoding, targetColumn: null).Encode(CountRows(source)).Inputs;
    }

    private static Dataset LoadFrom(CsvSource source, int rows, string targetColumn, TableEncoding encoding, string? name)
    {
        var (inputs, labels) = new RowEncoder(source, encoding, targetColumn).Encode(rows);
        return new Dataset(name ?? source.Name, inputs, new ClassTargets(labels, encoding.ClassNames));
    }

    private static int CountRows(CsvSource source)
    {
        int rows = source.Records().Count();
        return rows > 0 ? rows : throw new CsvPlace(source.Name, 1, 0).Error("only the header is there", "Give at least one row of data.");
    }
}
