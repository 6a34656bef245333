namespace Nabla.Tables.Tests;

public sealed class TableModelTests
{
    private static readonly TrainingOptions Quick = Presets.TableClassification with { Hidden = [8], Epochs = 20, KeepBest = false };

    private static TableModel Trained()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{i % 10},{(i % 2 == 0 ? "red" : "blue")},{(i % 10 < 5 ? "low" : "high")}\n"));
        var fitted = Messy.Fit("size,colour,y\n" + rows);
        var model = Classifier.Train(fitted.Data, Quick);
        model.Notes[TableModel.NoteKey] = fitted.Encoding.ToJson();
        return new TableModel(model);
    }

    [Fact]
    public void A_row_is_predicted_from_a_dictionary_or_an_object()
    {
        var model = Trained();
        var byName = model.Predict(new Dictionary<string, object?> { ["size"] = 9, ["colour"] = "red", ["further"] = 1 });
        var byProperty = model.Predict(new { size = 9.0, colour = "red" });
        var fromTable = model.Predict(Messy.Table("colour,size\nred,9\n"))[0];
        Assert.Equal("high", byName.ClassName);
        Assert.Equal(byName.Values, byProperty.Values);
        Assert.Equal(byName.Values, fromTable.Values);
        Assert.Equal(1, byName.Values["high"] + byName.Values["low"], 1e-6);
    }

    [Fact]
    public void Values_of_a_program_are_never_read_as_texts_in_the_form_of_the_table()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{i % 10},{i % 4}{i % 3}5;{1 + i % 28}.{1 + i % 12}.2024;{(i % 2 == 0 ? "true" : "false")};{i % 3 + 1}.0;"
            + (i % 10 < 5 ? "low\n" : "high\n")));
        var fitted = Messy.Fit("size;day;flag;code;y\n" + rows, options: new TableOptions
        {
            Targets = ["y"], Kinds = new Dictionary<string, ColumnKind> { ["code"] = ColumnKind.Category },
        });
        var model = Classifier.Train(fitted.Data, Quick);
        model.Notes[TableModel.NoteKey] = fitted.Encoding.ToJson();
        var strict = new TableModel(model) { UnknownCategories = UnknownCategoryHandling.Error };
        var expected = strict.Predict(Messy.Table("size;day;flag;code\n3,125;31.1.2024;true;2.0\n"))[0].Values;
        foreach (object size in (object[])[3.125, 3.125f, 3.125m, "3,125"])
        {
            foreach (object day in (object[])[new DateTime(2024, 1, 31), new DateOnly(2024, 1, 31), "31.1.2024"])
                Assert.Equal(expected, strict.Predict(new { size, day, flag = true, code = 2 }).Values);
        }
        Assert.Throws<InvalidInputException>(() => strict.Predict(new { size = 1, day = "31.1.2024", flag = true, code = 4 }));
        var error = Assert.Throws<ArgumentException>(() => strict.Predict(new { Size = 1 }));
        Assert.Contains("It has Size: names", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_needs_each_column_and_may_miss_a_value()
    {
        var model = Trained();
        var error = Assert.Throws<ArgumentException>(() => model.Predict(new { size = 1 }));
        Assert.Contains("colour", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, model.Predict(new { size = (double?)null, colour = "green" }).Notices.Count);
        Assert.Throws<InvalidInputException>(() => model.Predict(new { size = "large", colour = "red" }));
        var strict = new TableModel(model.Model) { UnknownCategories = UnknownCategoryHandling.Error };
        Assert.Throws<InvalidInputException>(() => strict.Predict(new { size = 1, colour = "green" }));
    }

    [Fact]
    public void A_model_of_other_data_is_refused()
    {
        var data = Messy.Fit("x,y\n1,a\n2,b\n").Data;
        var model = Classifier.Train(data, Quick);
        Assert.Throws<InvalidInputException>(() => new TableModel(model));
        model.Notes[TableModel.NoteKey] = Messy.Fit("x,z,y\n1,3,a\n2,4,b\n").Encoding.ToJson();
        Assert.Throws<InvalidInputException>(() => new TableModel(model));
    }

    [Fact]
    public void Eight_threads_get_the_predictions_of_one()
    {
        var model = Trained();
        var rows = Enumerable.Range(0, 200).Select(i => new { size = (double)(i % 10), colour = i % 3 == 0 ? "red" : "blue" }).ToArray();
        double[] expected = [.. rows.Select(row => model.Predict(row).Values["high"])];
        var predicted = new double[rows.Length];
        var eight = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        Parallel.For(0, rows.Length, eight, i => predicted[i] = model.Predict(rows[i]).Values["high"]);
        Assert.Equal(expected, predicted);
    }
}
