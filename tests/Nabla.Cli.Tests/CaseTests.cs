namespace Nabla.Cli.Tests;

/// <summary>Small tables and archives that other tools, or earlier versions, read wrongly: ../shared/cases.</summary>
public sealed class CaseTests
{
    private const string Small = "--layers 16 --batch-size 16";

    [Theory]
    [InlineData("01-decimal-comma", "train.csv --target kind", "w: \"0,05\" is read as 0.05.")]
    [InlineData("02-thousands", "pop.csv --target size", "people: \"4,259,225\" is read as 4259225.")]
    [InlineData("02-thousands", "money.csv --target buys", "price: \"$42,592.25\" is read as 42592.25.")]
    [InlineData("03-missing-markers", "empty.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "question.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "none.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "excel-na.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "dot.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "null.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "nan.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "na-brackets.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "minus-nan.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "missing-word.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "space.csv --target kind", "2 values are missing, in h (2)")]
    [InlineData("03-missing-markers", "dash.csv --target kind --invalid missing", "h: \"-\" (line 9), \"-\" (line 78) could not be read")]
    [InlineData("09-sep-line", "sep.csv --target c", "")]
    [InlineData("09-sep-line", "comment.csv --target c", "1 comment (#) before the header is skipped")]
    [InlineData("09-sep-line", "pipe.csv --target c", "")]
    [InlineData("09-sep-line", "space.csv --target c --separator space", "")]
    [InlineData("11-encodings", "utf8.csv --target größe", "")]
    [InlineData("11-encodings", "utf16.csv --target größe", "")]
    [InlineData("11-encodings", "nfd.csv --target größe", "")]
    [InlineData("12-no-header", "iris.csv --target 5 --no-header", "Predicting 5 as one of 3 classes")]
    [InlineData("12-no-header", "iris.csv --target ant", "looks like data, but is taken for column names. Use --no-header")]
    [InlineData("16-npz-labels", "from1.npz", "")]
    [InlineData("16-npz-labels", "gap.npz", "")]
    [InlineData("16-npz-labels", "minus.npz", "")]
    [InlineData("16-npz-labels", "huge.npz", "")]
    [InlineData("16-npz-labels", "huge2.npz", "")]
    [InlineData("16-npz-labels", "float.npz", "")]
    [InlineData("16-npz-labels", "column.npz", "")]
    [InlineData("16-npz-labels", "onehot.npz", "")]
    [InlineData("16-npz-labels", "strings.npz", "")]
    [InlineData("16-npz-labels", "bool.npz", "")]
    [InlineData("16-npz-labels", "uint64big.npz", "")]
    [InlineData("20-unseen-category", "train.csv --target y", "")]
    [InlineData("21-dates-ids", "t.csv --target cancelled", "booking_id is left out: an identifier")]
    [InlineData("23-leading-zeros", "zip.csv --target zip", "")]
    [InlineData("23-leading-zeros", "code.csv --target y", "code: some begin with 0, as codes do.")]
    [InlineData("23-leading-zeros", "mixed.csv --target code", "")]
    [InlineData("25-timestamp", "t.csv --target late --epochs 100", "")]
    [InlineData("25-timestamp", "t.npz --epochs 100", "")]
    [InlineData("25-timestamp", "geo.csv --target side --epochs 100", "")]
    [InlineData("26-constant", "t.csv --target kind", "k is left out: all values are \"0.1\".")]
    [InlineData("26-constant", "near.csv --target kind", "k is left out: all values but one are \"0.100000000\".")]
    [InlineData("43-wrapped-table", "t.csv.gz --target kind", "")]
    [InlineData("43-wrapped-table", "t.txt --target kind", "")]
    [InlineData("54-label-text", "t.csv --target y", "")]
    public void Is_learned_without_an_error(string folder, string data, string notice)
    {
        using var session = new Session();
        Train(session, folder, data);
        Assert.Contains(notice, session.Messages, StringComparison.Ordinal);
        Assert.Contains("Accuracy: 1.0\n", session.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("03-missing-markers", "dash.csv --target kind", "but not \"-\" (line 9), \"-\" (line 78)", "--invalid missing")]
    [InlineData("09-sep-line", "space.csv --target c", "it has no column \"c\"", "--separator space")]
    [InlineData("11-encodings", "latin1.csv --target größe", "byte 0xF6 is not part of a text in UTF-8", "Save the file as CSV in UTF-8")]
    [InlineData("12-no-header", "digits.csv --target 5", "two columns are called \"0\"", "--no-header")]
    [InlineData("16-npz-labels", "testextra.npz", "the label is 3, but the training labels are 0, 1, 2", "Remove the example")]
    [InlineData("18-one-class", "one.csv --target y", "all rows have the same class \"5\"", "at least two classes")]
    [InlineData("18-one-class", "row.csv --target y", "all rows have the same class \"x\"", "at least two classes")]
    [InlineData("18-one-class", "two.csv --target y", "leaves a class without training examples", "Hold out fewer examples")]
    [InlineData("18-one-class", "one.npz", "all labels are 7", "Add examples of another class.")]
    [InlineData("18-one-class", "zero.npz", "its shape is [0, 8, 8]", "Reshape the inputs")]
    [InlineData("26-constant", "only.csv --target kind", "no column is left to learn from: k (all values are", "that differs")]
    [InlineData("43-wrapped-table", "t.zip --target kind", "it is a zip archive", "unpack it")]
    [InlineData("43-wrapped-table", "t.xlsx --target kind", "it is an Excel workbook", "save the sheet as CSV")]
    [InlineData("43-wrapped-table", "t.parquet --target kind", "it cannot be decoded", "copy it again")]
    [InlineData("43-wrapped-table", "t.json --target kind", "it is a JSON file", "save the table as CSV")]
    [InlineData("43-wrapped-table", "t.html --target kind", "it is a web page (HTML)", "failed download")]
    public void Is_refused_with_a_reason_and_a_remedy(string folder, string data, string reason, string remedy)
    {
        using var session = new Session();
        session.Run($"train {PathOf(folder)}/{data} {Small} --epochs 30");
        Assert.NotEqual(ExitCode.Done, session.ExitCode);
        Assert.Contains(reason, session.Messages, StringComparison.Ordinal);
        Assert.Contains(remedy, session.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from1.npz", "1,2,3,4,5,6,7,8,9,10")]
    [InlineData("gap.npz", "0,100,200")]
    [InlineData("minus.npz", "-1,1")]
    [InlineData("huge.npz", "0,5999999")]
    [InlineData("huge2.npz", "0,2000000000000")]
    [InlineData("uint64big.npz", "0,9223372036854775808")]
    [InlineData("float.npz", "0,1,2,3,4,5,6,7,8,9")]
    [InlineData("column.npz", "0,1,2,3,4,5,6,7,8,9")]
    [InlineData("letters.npz", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26")]
    public void Classes_are_the_labels_that_occur(string file, string classes)
    {
        using var session = new Session();
        Train(session, "16-npz-labels", file);
        var model = Assert.IsType<Classifier>(Model.Load(session.PathOf("model.safetensors")));
        Assert.Equal(classes.Split(','), model.ClassNames);
    }

    [Theory]
    [InlineData("halves.csv", "y")]
    [InlineData("prices.csv", "price")]
    [InlineData("age.csv", "age")]
    public void Measurements_are_values(string file, string target)
    {
        using var session = new Session();
        Train(session, "17-regression", $"{file} --target {target}");
        Assert.Contains("RMSE: ", session.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20-unseen-category", "train.csv --target y", "test.csv", "colour: 1 value was not among the categories")]
    [InlineData("26-constant", "t.csv --target kind", "same.csv", "")]
    [InlineData("26-constant", "t.csv --target kind", "moved.csv", "")]
    [InlineData("26-constant", "near.csv --target kind", "near-moved.csv", "")]
    public void Later_data_that_differ_do_no_harm(string folder, string data, string later, string notice)
    {
        using var session = new Session();
        Train(session, folder, data);
        session.Run($"evaluate model.safetensors {PathOf(folder)}/{later}");
        Assert.Contains(notice, session.Messages, StringComparison.Ordinal);
        Assert.Contains("Accuracy: 1.0 ", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Decimal_commas_make_the_model_of_decimal_points()
    {
        using var session = new Session();
        Train(session, "01-decimal-comma", "train.csv --target kind");
        string[] withComma = Predict(session, "01-decimal-comma", "new.csv");
        Train(session, "01-decimal-comma", "train-dot.csv --target kind");
        Assert.Equal(withComma, Predict(session, "01-decimal-comma", "new-dot.csv"));
    }

    [Fact]
    public void Codes_and_strange_names_keep_their_spelling()
    {
        using var session = new Session();
        Train(session, "23-leading-zeros", "zip.csv --target zip");
        Assert.All(
            Predict(session, "23-leading-zeros", "new.csv").Zip(["02134", "00501"]),
            pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
        Train(session, "54-label-text", "t.csv --target y");
        string[] predictions = Predict(session, "54-label-text", "n.csv");
        Assert.NotEmpty(predictions);
        Assert.DoesNotContain(string.Concat(predictions), char.IsControl);
    }

    private static string PathOf(string folder) => Repository.SharedOrSkip("cases", folder);

    private static void Train(Session session, string folder, string data)
    {
        string epochs = data.Contains("--epochs", StringComparison.Ordinal) ? "" : "--epochs 30";
        session.Run($"train {PathOf(folder)}/{data} {Small} {epochs}");
        Assert.True(session.ExitCode == ExitCode.Done, session.Messages);
    }

    /// <summary>The predictions without the names of their rows.</summary>
    private static string[] Predict(Session session, string folder, string data)
    {
        session.Run($"predict model.safetensors {PathOf(folder)}/{data}");
        string[] lines = session.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(lines, line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
    }
}
