using System.Globalization;
using System.Text;

namespace Nabla.Tables.Tests;

public sealed class TableDatasetTests
{
    private const string Fruit = "weight,colour,kind\n1.5,red,apple\n2,green,pear\n0.25,yellow,apple\n-3e2,red,plum\n";

    private static string Rows(int count, Func<int, string> row) => string.Concat(Enumerable.Range(0, count).Select(row));

    private static EncodedExamples Encode(string text, TableEncoding encoding, params string[] targets) =>
        encoding.Encode(Messy.Table(text), targets.Length == 0 ? null : targets);

    private static (string Where, string Why) ErrorOf(Action action)
    {
        var error = Assert.Throws<InvalidInputException>(action);
        return (error.Where, error.Why);
    }

    private static string Counting(int rows) => "x,y\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i % 7},{i}\n"));

    [Fact]
    public void Classes_that_are_numbers_beyond_2_to_the_53_remain_apart()
    {
        string rows = Rows(30, i => $"{i},{9007199254740992 + i % 3}\n");
        Assert.Equal(
            ["9007199254740992", "9007199254740993", "9007199254740994"],
            Messy.Fit("x,y\n" + rows, options: new TableOptions { Targets = [], TargetKind = TargetKind.Classes }).Data.Targets.Names);
    }

    [Theory]
    [InlineData("9007199254740993", "some whole numbers are beyond 2^53, and are rounded")]
    [InlineData("01/01/2024;01/03/2024;01/05/2024", "\"01/03/2024\" is read as 3 January 2024")]
    [InlineData("24-05-31;25-06-30", "\"24-05-31\" is read as 24 May 2031")]
    [InlineData("31.05.24 10:00:00.1234567;30.06.25 11:00", "\"31.05.24 10:00:00.1234567\" is read as 31 May 2024")]
    public void What_is_doubtful_is_told(string values, string notice)
    {
        string[] cells = values.Split(';');
        string rows = Rows(60, i => $"{cells[i % cells.Length]},{i}.5,{(i % 2 == 0 ? "a" : "b")}\n");
        string others = cells.Length == 1 ? "3,4,a\n3,4,a\n" : "";
        Assert.Contains(Messy.Fit($"x,z,y\n{rows}{others}").Notices, text => text.Contains(notice, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\u043d\u0435\u0442", "\u041d\u0415\u0422")] // "no" in Russian, and in capitals
    [InlineData("\u2013", "\u2013")]
    public void A_marker_of_missing_values_may_have_any_letters(string marker, string cell)
    {
        var options = new TableOptions { Targets = [], MissingMarkers = [marker] };
        string Row(int i) => $"{(i % 5 == 0 ? cell : i)},{(i % 5 == 1 ? cell : "uvw"[i % 3])},{(i % 5 == 2 ? cell : "ab"[i % 2])}\n";
        var fitted = Messy.Fit("n,c,y\n" + Rows(60, Row), options: options);
        Assert.Equal(["n", "n is missing", "c=u", "c=v", "c=w"], fitted.Encoding.FeatureNames);
        Assert.Equal(48, fitted.Data.Count);
        Assert.Equal(["a", "b"], fitted.Data.Targets.Names);
    }

    [Fact]
    public void Identifiers_are_found_in_any_order_and_in_long_tables()
    {
        const int Count = 10_007;
        string Table(Func<int, long> id) => "customer_id,x,y\n" + Rows(Count, i => $"{id(i)},{i % 13},{"ab"[i % 2]}\n");
        Assert.Equal(["x"], Messy.Fit(Table(i => 7919L * i % Count)).Encoding.FeatureNames);
        Assert.Equal(["customer_id", "x"], Messy.Fit(Table(i => 7919L * i % Count / 2)).Encoding.FeatureNames);
    }

    [Fact]
    public void Whole_numbers_beside_decimal_commas_may_have_groups_later()
    {
        string rows = Rows(30, i => $"{5 + 7 * i};{i},5;{i % 9 + 10 * i}\n");
        var fitted = Messy.Fit("menge;preis;y\n" + rows);
        Assert.Equal(["preis: \"0,5\" is read as 0.5."], fitted.Notices);
        var later = Encode("menge;preis;y\n1.500;2,5;2.000\n", fitted.Encoding).Data;
        Assert.Equal([1500f, 2.5f], later.Inputs.Floats.ToArray());
        Assert.Equal([2000f], later.Values.Values.ToArray().Select(value => (float)value));
    }

    [Fact]
    public void Weights_may_be_the_only_numbers_with_decimal_commas()
    {
        var options = new TableOptions { Targets = [], WeightColumn = "w" };
        var fitted = Messy.Fit("city;w;y\n" + Rows(30, i => $"{"pqr"[i % 3]};{i % 2},25;{"ab"[i % 2]}\n"), options: options);
        Assert.Equal([0.25f, 1.25f], fitted.Data.Weights.ToArray()[..2]);
        Assert.Equal(["w: \"0,25\" is read as 0.25."], fitted.Notices);
        var read = TableEncoding.FromJson(fitted.Encoding.ToJson());
        Assert.Equal([3.5f], read.Encode(Messy.Table("city;w;y\np;3,5;a\n")).Data.Weights.ToArray());
    }

    [Theory]
    [InlineData("3", "1,5,a,1\n", true)]
    [InlineData("3", "1,5,a\n", true)] // targets and weights may be left out at the end
    [InlineData("3", "1,5\n", true)]
    [InlineData("3", "1\n", false)]
    [InlineData("3", "1,5,a,1,0\n", false)]
    [InlineData("1", "5,0,1\n", false)] // without the target, the others move
    public void Columns_without_names_are_counted(string target, string later, bool isRead)
    {
        var options = new CsvOptions { HasHeader = false };
        string rows = Rows(30, i => target == "3" ? $"{i},{i % 7},{"ab"[i % 2]},1\n" : $"{"ab"[i % 2]},{i},{i % 7},1\n");
        var fitted = TableDataset.Fit(Messy.Table(rows, options), new TableOptions { Targets = [target], WeightColumn = "4" });
        var encoding = TableEncoding.FromJson(fitted.Encoding.ToJson());
        if (isRead)
            Assert.Equal([1f, 5f], encoding.EncodeInputs(Messy.Table(later, options)).Features.Floats.ToArray());
        else
            Assert.EndsWith(
                "columns without names, and the training data had 4",
                ErrorOf(() => encoding.EncodeInputs(Messy.Table(later, options))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_among_dates_are_named_or_count_as_missing()
    {
        string text = "day,y\n" + Rows(60, i => $"{(i % 10 == 9 ? "0" : $"2024-0{i % 9 + 1}-11")},{"ab"[i % 2]}\n");
        Assert.Equal(
            "most values are dates, but not \"0\" (line 11), \"0\" (line 21), \"0\" (line 31), \"0\" (line 41) and 2 more",
            ErrorOf(() => Messy.Fit(text)).Why);
        var fitted = Messy.Fit(text, options: new TableOptions { Targets = [], InvalidCells = InvalidCellHandling.Missing });
        Assert.Contains("day is missing", fitted.Encoding.FeatureNames);
        Assert.Contains(fitted.Notices, notice => notice.EndsWith("could not be read, and count as missing.", StringComparison.Ordinal));
    }

    [Fact]
    public void Dates_are_found_behind_many_other_cells()
    {
        string Table(string before) => "day,y\n" + Rows(3000, i => $"{(i < 1200 ? before : $"2024-0{i % 9 + 1}-11")},{"ab"[i % 2]}\n");
        Assert.Contains("day.year", Messy.Fit(Table("None")).Encoding.FeatureNames);
        Assert.Equal("most values are dates, but not 1200 numbers", ErrorOf(() => Messy.Fit(Table("0"))).Why);
    }

    [Fact]
    public void Of_many_categories_the_rarer_ones_are_not_called_absent()
    {
        string rows = Rows(1600, i => $"t{i % 400},{"ab"[i % 2]}\n");
        var encoding = Messy.Fit("c,y\n" + rows).Encoding;
        Assert.StartsWith(
            "c: 580 values were not among the 255 categories that the model knows", Encode("c,y\n" + rows, encoding).Notices.Single(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            Messy.Fit("c,y\n" + Rows(60, i => $"{(i % 10 == 0 ? "42" : "S")}{i % 3},{"ab"[i % 2]}\n")).Notices,
            notice => notice.Contains("most values are numbers", StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_with_groups_of_digits_is_shown_as_it_is_read()
    {
        string rows = Rows(30, i => $"{1 + i % 9}.6{i % 10}2;0,6{i};{(i % 2 == 0 ? "p" : "n")}\n");
        Assert.Contains("a: \"1.602\" is read as 1602.", Messy.Fit("a;b;y\n" + rows).Notices);
    }

    [Fact]
    public void Rows_without_a_target_do_not_decide_what_is_known()
    {
        string rows = Rows(30, i => $"{i},{(i % 2 == 0 ? "red" : "blue")},{(i % 3 == 0 ? "p" : "n")}\n");
        var (data, encoding, plan, _) = Messy.Fit($"x,c,y\n{rows},green,\n");
        Assert.Equal((30, 31), (data.Count, plan.RowCount));
        Assert.Equal(["x", "c=red"], encoding.FeatureNames);
    }

    [Fact]
    public void Decimal_commas_are_measurements_as_decimal_points_are()
    {
        string rows = Rows(60, i => $"{i};{i % 5},5\n");
        Assert.Equal(["y"], Messy.Fit("x;y\n" + rows).Encoding.TargetColumns);
        Assert.Null(Messy.Fit("x;y\n" + rows).Encoding.ClassNames);
        Assert.Null(Messy.Fit("x;y\n" + rows.Replace(',', '.')).Encoding.ClassNames);
    }

    [Fact]
    public void Targets_may_be_written_in_different_ways()
    {
        const string text = "x,p,q\n1,1000.5,\"1,340.0\"\n2,3,\"2,000\"\n3,4,5\n";
        foreach (string[] targets in (string[][])[["p", "q"], ["q", "p"]])
        {
            var data = TableDataset.Fit(Messy.Table(text), new TableOptions { Targets = targets }).Data;
            Assert.Equal(targets[0] == "p" ? [1000.5, 1340] : [1340, 1000.5], data.Values.Values[..2].ToArray());
        }
    }

    [Fact]
    public void Weights_are_written_as_other_numbers_and_not_all_0()
    {
        var options = new TableOptions { Targets = [], WeightColumn = "größe" }; // composed
        string Text(string weight) => Rows(20, i => $"{i},5;{weight};{(i % 2 == 0 ? "a" : "b")}\n");
        Assert.Equal(1.5f, Messy.Fit("x;gro\u0308ße;y\n" + Text("1,5"), options: options).Data.Weights[0]);
        var error = Assert.Throws<InvalidInputException>(() => Messy.Fit("x;größe;y\n" + Text("0"), options: options));
        Assert.Contains("all weights are 0", error.Why, StringComparison.Ordinal);
        error = Assert.Throws<InvalidInputException>(() => Messy.Fit("x;größe;y\n" + Text("1"), "größe", options));
        Assert.Contains("cannot be the weight", error.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(49, false)]
    [InlineData(50, true)]
    public void A_column_with_one_value_everywhere_but_in_one_row_is_left_out_of_larger_tables(int rows, bool isLeftOut)
    {
        var text = new StringBuilder("x,number,word,y\n");
        for (int i = 0; i < rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i}.5,{(i == 7 ? 1 : 0)},{(i == 9 ? "red" : "blue")},{(i % 2 == 0 ? "a" : "b")}\n");
        var plan = TablePlan.Create(Messy.Table(text.ToString()), new TableOptions { Targets = ["y"] });
        Assert.Equal([true, !isLeftOut, !isLeftOut], plan.Columns.Take(3).Select(column => column.Features > 0));
        if (isLeftOut)
            Assert.Contains("all values but one are \"0\"", plan.Columns[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_stay_and_texts_become_one_hot()
    {
        var (data, encoding, _, _) = Messy.Fit(Fruit, "kind");
        Assert.Equal(["weight", "colour=green", "colour=red", "colour=yellow"], encoding.FeatureNames);
        Assert.Equal([1.5f, 0, 1, 0, 2, 1, 0, 0, 0.25f, 0, 0, 1, -300, 0, 1, 0], data.Inputs.Floats.ToArray());
        Assert.Equal([false, true, true, true], data.Inputs.Indicators.ToArray());
        Assert.Equal(["apple", "pear", "plum"], data.Classes.Names);
        Assert.Equal([0, 1, 0, 2], data.Classes.Labels.ToArray());
        Assert.Equal("data.csv: 4 examples, 4 features, 3 classes", data.ToString());
    }

    [Fact]
    public void Two_categories_are_one_feature_and_a_missing_one_is_zero()
    {
        var (data, encoding, _, _) = Messy.Fit("c,y\nyes,a\nno,b\n,a\nyes,b\n");
        Assert.Equal(["c=yes"], encoding.FeatureNames);
        Assert.Equal([1f, -1, 0, 1], data.Inputs.Floats.ToArray());
    }

    [Fact]
    public void A_missing_number_becomes_the_median_and_says_so()
    {
        var (data, encoding, _, notices) = Messy.Fit("x,y\n1,a\n,b\n10,a\n4,b\n");
        Assert.Equal(["x", "x is missing"], encoding.FeatureNames);
        Assert.Equal([1f, 0, 4, 1, 10, 0, 4, 0], data.Inputs.Floats.ToArray());
        Assert.Contains(notices, notice => notice.StartsWith("1 value is missing, in x (1)", StringComparison.Ordinal));
        // A later table gets the training table's median.
        Assert.Equal([4f, 1, 100, 0], Encode("x,y\n,a\n100,b\n", encoding).Data.Inputs.Floats.ToArray());
    }

    [Fact]
    public void A_number_that_is_missing_for_the_first_time_is_noticed()
    {
        var encoding = Messy.Fit("x,y\n1,a\n2,b\n3,a\n").Encoding;
        var later = encoding.EncodeInputs(Messy.Table("x\n\n5\nNA\n"));
        Assert.Equal([5f, 2], later.Features.Floats.ToArray());
        Assert.Equal(["x: 1 value is missing, and none was in the training data: the median takes the place."], later.Notices);
    }

    [Fact]
    public void A_date_becomes_its_parts()
    {
        var (data, encoding, _, _) = Messy.Fit("day,y\n2024-02-29,a\n2024-03-03 06:30,b\n");
        Assert.Equal(
            ["day.year", "day.month", "day.day", "day.weekday", "day.day of year", "day.days", "day.hour"], encoding.FeatureNames);
        Assert.Equal([2024f, 2, 29, 4, 60, 0, 0, 2024, 3, 3, 7, 63, 3, 6.5f], data.Inputs.Floats.ToArray());
    }

    [Fact]
    public void No_difference_is_lost_between_large_numbers()
    {
        var (data, encoding, _, _) = Messy.Fit("t,y\n1700000000,a\n1700000001,b\n1700000099,a\n");
        Assert.Equal([0f, 1, 99], data.Inputs.Floats.ToArray());
        Assert.Equal([7f], encoding.EncodeInputs(Messy.Table("t\n1700000007\n")).Features.Floats.ToArray());
    }

    [Theory]
    [InlineData("a,b,y\n1,2,p\n3,inf,q\n5,6,p\n", "\"inf\" (line 3)")]
    [InlineData("a,b,y\n1,2,p\n3,1e39,q\n5,6,p\n", "\"1e39\" (line 3)")]
    public void Numbers_that_no_float_can_hold_are_refused(string text, string cell) =>
        Assert.Equal($"most values are numbers, but not {cell}", ErrorOf(() => Messy.Fit(text)).Why);

    [Fact]
    public void Cells_that_are_not_numbers_can_be_missing()
    {
        var options = new TableOptions { Targets = [], InvalidCells = InvalidCellHandling.Missing };
        var (data, encoding, _, notices) = Messy.Fit("x,y\n1,a\n-,b\n3,a\n5,b\n", options: options);
        Assert.Equal([1f, 0, 3, 1, 3, 0, 5, 0], data.Inputs.Floats.ToArray());
        Assert.Equal([3f, 1], Encode("x,y\nwhat,a\n", TableEncoding.FromJson(encoding.ToJson())).Data.Inputs.Floats.ToArray());
        Assert.NotEmpty(notices);
    }

    [Fact]
    public void The_markers_of_missing_values_can_be_chosen()
    {
        var options = new TableOptions { Targets = [], MissingMarkers = ["-", "99"] };
        var (data, encoding, _, _) = Messy.Fit("x,c,y\n1,NA,a\n-,DE,b\n3,FR,a\n99,NA,b\n", options: options);
        Assert.Equal([1f, 0, 2, 1, 3, 0, 2, 1], [.. Features(data, 0, 2)]);
        Assert.Equal(["DE", "FR", "NA"], ((CategoryEncoding)encoding.Columns[1]).Categories);
        Assert.Equal(["-", "99"], TableEncoding.FromJson(encoding.ToJson()).MissingMarkers);

        static IEnumerable<float> Features(Dataset data, int first, int count) =>
            Enumerable.Range(0, data.Count).SelectMany(row => data.Inputs.Floats.Slice(row * data.Inputs.Columns + first, count).ToArray());
    }

    [Fact]
    public void A_kind_can_be_chosen()
    {
        var kinds = new Dictionary<string, ColumnKind>
        {
            ["a"] = ColumnKind.Category, ["b"] = ColumnKind.Ignore, ["id"] = ColumnKind.Number, ["name"] = ColumnKind.Category,
        };
        string rows = Rows(40, i => $"{i % 3},{i % 5},{i},n{i},{i % 2}\n");
        var plan = Messy.Fit("a,b,id,name,y\n" + rows, options: new TableOptions { Targets = [], Kinds = kinds }).Plan;
        Assert.Equal([3, 0, 1, 40, 0], plan.Columns.Select(column => column.Features));
        Assert.Contains(
            "it has no column \"c\"",
            ErrorOf(() => Messy.Fit("a,y\n1,p\n2,q\n", options: new TableOptions { Targets = [], Kinds = new Dictionary<string, ColumnKind>
            {
                ["c"] = ColumnKind.Number,
            } })).Why,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_can_be_chosen()
    {
        var fitted = Messy.Fit("a,b,c,y\n1,2,3,p\n4,5,6,q\n", options: new TableOptions { Targets = [], Only = ["c", "a"] });
        Assert.Equal(["a", "c"], fitted.Encoding.FeatureNames);
        Assert.Equal(ColumnKind.Ignore, fitted.Plan.Columns[1].Kind);
    }

    [Fact]
    public void Examples_can_have_weights()
    {
        var options = new TableOptions { Targets = [], WeightColumn = "w" };
        var fitted = Messy.Fit("x,w,y\n1,2,a\n2,0.5,b\n3,7,\n", options: options);
        Assert.Equal([2f, 0.5f], fitted.Data.Weights.ToArray());
        var read = TableEncoding.FromJson(fitted.Encoding.ToJson());
        Assert.Equal([3f], read.Encode(Messy.Table("x,w,y\n1,3,a\n")).Data.Weights.ToArray());
        Assert.Empty(read.Encode(Messy.Table("x,y\n1,a\n")).Data.Weights.ToArray());
        Assert.Equal(["x"], fitted.Encoding.FeatureNames);
        Assert.Equal(
            "the weight \"-1\" is not a number of at least 0", ErrorOf(() => Messy.Fit("x,w,y\n1,-1,a\n2,1,b\n", options: options)).Why);
    }

    [Fact]
    public void Rows_without_a_target_are_left_out_and_counted()
    {
        var fitted = Messy.Fit("x,y\n1,a\n2,\n3,b\n4,NA\n");
        Assert.Equal([1f, 3], fitted.Data.Inputs.Floats.ToArray());
        Assert.Contains("2 rows have no y, and are left out.", fitted.Notices);
        Assert.Equal([1, 2], Encode("x,y\n1,\n2,a\n3,b\n", fitted.Encoding).Rows);
    }

    [Fact]
    public void A_marker_among_whole_numbers_is_no_class()
    {
        var fitted = Messy.Fit("x,y\n1,0\n2,1\n3,.\n4,0\n");
        Assert.Equal(["0", "1"], fitted.Data.Classes.Names);
        Assert.Contains("1 row has no y, and is left out.", fitted.Notices);
        Assert.Equal([1], Encode("x,y\n1,missing\n2,1\n", fitted.Encoding).Rows);
        Assert.Equal(["none", "some"], Messy.Fit("x,y\n1,none\n2,some\n3,NA\n").Data.Classes.Names);
    }

    [Fact]
    public void The_kind_of_a_target_is_not_that_of_an_input()
    {
        var options = new TableOptions { Targets = [], Kinds = new Dictionary<string, ColumnKind> { ["y"] = ColumnKind.Category } };
        Assert.StartsWith("it is the target", ErrorOf(() => Messy.Fit("x,y\n1,a\n2,b\n", options: options)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_grows_while_it_is_read_is_refused()
    {
        int rows = 2;
        IEnumerable<Number> Growing()
        {
            rows++;
            for (int i = 0; i < rows; i++)
                yield return new Number(i);
        }
        var encoding = Messy.Fit("X,y\n1,a\n2,b\n").Encoding;
        var error = ErrorOf(() => encoding.EncodeInputs(Table.FromRows(Growing())));
        Assert.Contains("has more now", error.Why, StringComparison.Ordinal);
    }

    private sealed record Number(int X);

    [Fact]
    public void A_later_table_is_encoded_in_the_same_way()
    {
        var encoding = Messy.Fit(Fruit, "kind").Encoding;
        var data = Encode("kind;extra;colour;weight\nplum;?;yellow;7\n", encoding).Data;
        Assert.Equal([7f, 0, 0, 1], data.Inputs.Floats.ToArray());
        Assert.Equal([2], data.Classes.Labels.ToArray());
        Assert.Equal(["apple", "pear", "plum"], data.Classes.Names);
        Assert.Equal([1], Encode("sort,colour,weight\npear,red,1\n", encoding, "sort").Data.Classes.Labels.ToArray());
        Assert.Equal([1f, 0, 1, 0], encoding.EncodeInputs(Messy.Table("colour,weight\nred,1\n")).Features.Floats.ToArray());
    }

    [Fact]
    public void A_category_that_training_did_not_see_counts_as_none()
    {
        var encoding = Messy.Fit(Fruit, "kind").Encoding;
        var inputs = encoding.EncodeInputs(Messy.Table("weight,colour\n1,blue\n2,red\n3,pink\n4,blue\n"));
        Assert.Equal([1f, 0, 0, 0, 2, 0, 1, 0, 3, 0, 0, 0, 4, 0, 0, 0], inputs.Features.Floats.ToArray());
        Assert.Equal(
            ["colour: 3 values were not among the categories of the training data (\"blue\", \"pink\"), and count as none of them."],
            inputs.Notices);
        Assert.Equal(
            ("line 2 (data row 1), column \"colour\"",
                "\"blue\" is not among the categories of the training data: \"green\", \"red\", \"yellow\""),
            ErrorOf(() => encoding.EncodeInputs(Messy.Table("weight,colour\n1,blue\n"), UnknownCategoryHandling.Error)));
    }

    [Theory]
    [InlineData("weight,colour,kind\n1,red,kiwi\n", "line 2 (data row 1), column \"kind\"",
        "the training data had no class \"kiwi\"; it had \"apple\", \"pear\", \"plum\"")]
    [InlineData(
        "weight,colour,kind\nheavy,red,pear\n", "line 2 (data row 1), column \"weight\"",
        "\"heavy\" is not a number, and the column held numbers in training")]
    [InlineData("weight,kind\n1,pear\n", "line 1 (the header)", "it has no column \"colour\"; it has \"weight\", \"kind\"")]
    [InlineData("weight,colour\n1,red\n", "line 1 (the header)", "it has no column \"kind\"; it has \"weight\", \"colour\"")]
    [InlineData("weight,colour,kind\n", "line 1 (the header)", "no row has a target")]
    public void A_table_that_does_not_fit_names_the_place(string text, string where, string why) =>
        Assert.Equal((where, why), ErrorOf(() => Encode(text, Messy.Fit(Fruit, "kind").Encoding)));

    [Fact]
    public void Classes_keep_their_spelling()
    {
        Assert.Equal(["00501", "02134", "10001"], Messy.Fit("x,y\n1,02134\n2,00501\n3,10001\n").Data.Classes.Names);
        Assert.Equal(["01", "1", "1.0"], Messy.Fit("x,y\n1,01\n2,1\n3,1.0\n").Data.Classes.Names);
        Assert.Equal(["10", "9", "B", "a"], Messy.Fit("x,y\n1,a\n2,9\n3,B\n4,10\n").Data.Classes.Names);
        var numbers = Messy.Fit("x,y\n1,10\n2,-1\n3,10.0\n4,+10\n");
        Assert.Equal(["-1", "10"], numbers.Data.Classes.Names);
        Assert.Equal([1, 0, 1, 1], numbers.Data.Classes.Labels.ToArray());
        Assert.Equal([0], Encode("x,y\n1,-1.0\n", numbers.Encoding).Data.Classes.Labels.ToArray());
    }

    [Fact]
    public void Measurements_are_values_in_all_their_digits()
    {
        var (data, encoding, _, _) = Messy.Fit("x,price\n1,1700000000.25\n2,-3e2\n3,0\n", "price");
        Assert.Equal([1700000000.25, -300, 0], data.Values.Values.ToArray());
        Assert.Null(encoding.ClassNames);
        Assert.Equal("1 columns as 1 features; price: values", encoding.ToString());
        Assert.Equal([0.5], Encode("price,x\n0.5,3\n", encoding).Data.Values.Values.ToArray());
    }

    [Fact]
    public void Few_whole_numbers_are_classes_and_many_are_values()
    {
        string repeated = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7},{i % 20}\n"));
        Assert.Equal(20, Messy.Fit("x,y\n" + repeated).Data.Classes.Width);
        Assert.Equal(1, Messy.Fit(Counting(21)).Data.Values.Width);
        Assert.Equal(1, Messy.Fit(Counting(5)).Data.Values.Width); // each number occurs once
        Assert.Equal(2, Messy.Fit("x,y\n1,0\n2,1\n").Data.Classes.Width);
    }

    [Fact]
    public void The_kind_of_targets_can_be_chosen()
    {
        var values = new TableOptions { Targets = [], TargetKind = TargetKind.Values };
        var classes = new TableOptions { Targets = [], TargetKind = TargetKind.Classes };
        Assert.Equal([0.0, 1, 0], Messy.Fit("x,y\n1,0\n2,1\n3,0\n", options: values).Data.Values.Values.ToArray());
        Assert.Equal(30, Messy.Fit(Counting(30), options: classes).Data.Classes.Width);
        string measurements = "x,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{i}.5\n"));
        Assert.Equal(
            "it has 30 different numbers: these are measurements, not classes",
            ErrorOf(() => Messy.Fit(measurements, options: classes)).Why);
        Assert.Equal(
            "\"red\" (line 3) cannot be read as a number, and a value to predict must be one",
            ErrorOf(() => Messy.Fit("x,y\n1,1\n2,red\n3,4\n", options: values)).Why);
    }

    [Fact]
    public void Several_targets_are_values_in_the_order_in_which_they_are_named()
    {
        TableDataset Fit(string text, TargetKind kind, params string[] targets) =>
            TableDataset.Fit(Messy.Table(text), new TableOptions { Targets = targets, TargetKind = kind });
        var (data, encoding, _, _) = Fit("a,x,b\n1,10,4\n2,20,5\n", TargetKind.Automatic, "b", "a");
        Assert.Equal(["b", "a"], data.Targets.Names);
        Assert.Equal([4.0, 1, 5, 2], data.Values.Values.ToArray());
        Assert.Equal(["x"], encoding.FeatureNames);
        Assert.Contains(
            "classes stand in one column", ErrorOf(() => Fit("a,x,b\n1,1,4\n", TargetKind.Classes, "a", "b")).Why,
            StringComparison.Ordinal);
        Assert.Contains("named twice", ErrorOf(() => Fit("a,x\n1,1\n2,2\n", TargetKind.Values, "a", "a")).Why, StringComparison.Ordinal);
        Assert.Equal("no column is left as an input", ErrorOf(() => Fit("a,b\n1,1\n2,2\n", TargetKind.Values, "a", "b")).Why);
        Assert.Throws<ArgumentException>(() => Fit("a,b\n1,1\n", TargetKind.Values));
        Assert.Throws<ArgumentException>(() => encoding.Encode(Messy.Table("a,b,x\n1,2,3\n"), ["a"]));
    }

    [Fact]
    public void Many_categories_are_limited_to_the_most_frequent()
    {
        string rows = Rows(3000, i => $"t{(i < 1500 ? i % 200 : i % 400)},{i % 2}\n");
        var fitted = Messy.Fit("c,y\n" + rows);
        Assert.Equal(255, fitted.Encoding.FeatureNames.Count);
        Assert.Contains(fitted.Notices, notice => notice.Contains("the 255 most frequent of 400", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_too_large_for_memory_is_refused_before_it_is_made()
    {
        var encoding = new TableEncoding(
            [.. Enumerable.Range(0, 600).Select(i => new CategoryEncoding($"c{i}", [.. Enumerable.Range(0, 250).Select(k => $"{k}")]))],
            ["y"], ["a", "b"]);
        string header = string.Join(',', Enumerable.Range(0, 600).Select(i => $"c{i}"));
        string row = string.Join(',', Enumerable.Repeat("1", 600));
        string text = header + "\n" + string.Concat(Enumerable.Repeat(row + "\n", 3600));
        Assert.Contains(
            "are more than 536870912 values", ErrorOf(() => encoding.EncodeInputs(Messy.Table(text))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notices_say_what_was_done()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{i},Name {i},2024-01-{i % 28 + 1:00},{(i == 3 ? "" : i % 9)},{(i % 4 == 0 ? "NA" : "DE")},7,{i % 2}\n"));
        var notices = Messy.Fit("id,name,day,n,country,k,y\n" + rows).Notices;
        Assert.Equal(
            [
                "id is left out: an identifier, by its name and because all values differ.",
                "name is left out: names, identifiers or free text: most values differ.",
                "k is left out: all values are \"7\".",
                "day is a date, and becomes year, month, day, weekday, day of year and days since the first date.",
                "16 values are missing, in n (1), country (15): a missing number becomes the median, with a feature that says so, and a "
                    + "missing category becomes none of the categories.",
                "country: \"NA\" means a missing value; --missing changes that.",
            ],
            notices);
    }
}
