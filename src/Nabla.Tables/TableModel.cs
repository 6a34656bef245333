using System.Diagnostics.CodeAnalysis;

namespace Nabla.Tables;

/// <summary>A model that was trained on a table, with the encoding of its columns: it predicts from rows as they are.</summary>
/// <remarks>Safe for concurrent use, as long as nothing changes the model.</remarks>
public sealed class TableModel
{
    /// <summary>The name of the note in which a model keeps the encoding (see <see cref="Model.Notes"/>).</summary>
    public const string NoteKey = "table";

    private readonly string[] columns;

    /// <summary>Uses a model that was trained on a table.</summary>
    /// <param name="model">The model. Its notes contain the encoding.</param>
    /// <exception cref="InvalidInputException">It was not trained on a table, or its note is damaged.</exception>
    public TableModel(Model model)
    {
        Model = model;
        Encoding = FindEncoding(model) ?? throw new InvalidInputException(
            "cannot use the model", "its notes", "it was not trained on a table", "Train it with nabla train TABLE --target COLUMN.");
        columns = [.. Encoding.Columns.Select(column => column.Name)];
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>How rows become features.</summary>
    public TableEncoding Encoding { get; }

    /// <summary>What to do with a category that the model does not know.</summary>
    public UnknownCategoryHandling UnknownCategories { get; init; }

    /// <summary>Loads a model.</summary>
    /// <param name="path">A model file.</param>
    /// <exception cref="InvalidInputException">It is not a model, is damaged, or was not trained on a table.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TableModel Load(string path) => new(Model.Load(path));

    /// <summary>The encoding that a model keeps; null if it was not trained on a table.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="InvalidInputException">The note is damaged, or does not fit the model.</exception>
    public static TableEncoding? FindEncoding(Model model)
    {
        if (!model.Notes.TryGetValue(NoteKey, out string? json))
            return null;
        var encoding = TableEncoding.FromJson(json);
        int inputs = model.Topology.Sizes[0], outputs = model.Topology.Sizes[^1];
        int encoded = encoding.ClassNames?.Count ?? encoding.TargetColumns.Count;
        if (encoding.FeatureNames.Count == inputs && encoded == outputs)
            return encoding;
        throw new InvalidInputException(
            "cannot use the model", "its note about the table",
            $"it has {encoding.FeatureNames.Count} features and {encoded} outputs, and the network has {inputs} and {outputs}",
            "The file is damaged: copy it again, or train again.");
    }

    /// <summary>Predicts one row.</summary>
    /// <param name="row">
    /// The values by the names of their columns: a dictionary, or an object with a property for each column, such as an anonymous type.
    /// Null is a missing value; further names do not matter.
    /// </param>
    /// <typeparam name="T">The type of the row.</typeparam>
    /// <exception cref="ArgumentException">A column is missing.</exception>
    /// <exception cref="InvalidInputException">A value cannot be used; the message names the column.</exception>
    public TablePrediction Predict<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(T row)
        where T : notnull
    {
        var values = row as IReadOnlyDictionary<string, object?> ?? RowProperties.Of(typeof(T)).ToDictionary(row);
        if (Array.Find(columns, column => !values.ContainsKey(column)) is { } missing)
        {
            string? similar = values.Keys.FirstOrDefault(name => name.Equals(missing, StringComparison.OrdinalIgnoreCase));
            throw new ArgumentException(
                $"The row has no {missing}. "
                + (similar is null ? "Use null if the value is missing." : $"It has {similar}: names must be spelled as in the table."),
                nameof(row));
        }
        return Predict(Table.FromRows([values], columns, "the row"))[0];
    }

    /// <summary>Predicts all rows of a table. A notice that concerns the table is one of the first prediction.</summary>
    /// <param name="table">A table with the model's columns; further columns do not matter.</param>
    /// <exception cref="InvalidInputException">A column is missing, or a value cannot be used; the message says where.</exception>
    /// <exception cref="IOException">The table cannot be read.</exception>
    public IReadOnlyList<TablePrediction> Predict(Table table)
    {
        var (features, notices) = Encoding.EncodeInputs(table, UnknownCategories);
        return Model switch
        {
            Classifier classifier => [.. classifier.Predict(features).Select((prediction, i) => new TablePrediction(
                prediction.ClassName, Named(classifier.ClassNames, prediction.Scores.Select(score => (double)score)), NoticesOf(i)))],
            Regressor regressor => [.. regressor.Predict(features).Select((values, i) => new TablePrediction(
                null, Named(regressor.TargetNames, values), NoticesOf(i)))],
            _ => throw new InvalidOperationException($"Predictions of {Model.Task} have no names."),
        };

        IReadOnlyList<string> NoticesOf(int row) => row == 0 ? notices : [];
    }

    /// <summary>
    /// Writes the model as one C# file for .NET 8 or later that needs no package and predicts with the same bits: a static class whose
    /// method Predict takes a Row, with a property for each column: double (NaN if missing), string or DateTime (null if missing). Texts
    /// are spelled as in the training data; unknown ones count as missing.
    /// </summary>
    /// <inheritdoc cref="Model.ExportCSharp(string, string?)"/>
    public void ExportCSharp(string path, string? className = null) => Model.ExportCSharp(path, className, CSharpRow.Write(Encoding));

    /// <summary>
    /// Writes the model as one Python file that needs NumPy alone: predict(encode(rows)) takes rows as dicts of their columns: numbers,
    /// texts, and dates as datetime.date or in the form 2024-05-31; None or an empty text if missing. Outputs differ from the model's by
    /// rounding.
    /// </summary>
    /// <inheritdoc cref="Model.ExportPython(string)"/>
    public void ExportPython(string path) => Model.ExportPython(path, PythonRows.Write(Encoding));

    /// <inheritdoc/>
    public override string ToString() => $"{Model}; {Encoding}";

    private static Dictionary<string, double> Named(IReadOnlyList<string> names, IEnumerable<double> values) =>
        names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
}
