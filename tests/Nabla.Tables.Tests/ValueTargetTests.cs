namespace Nabla.Tables.Tests;

/// <summary>Columns of numbers to predict: when they are values, and how they are read.</summary>
public sealed class ValueTargetTests
{
    private static (Dataset Data, TableEncoding Encoding) Load(string text, string[] targets, TargetKind kind = TargetKind.Automatic)
    {
        using var file = new CsvFile(text);
        return CsvDataset.Load(file.Path, targets, kind);
    }

    private static string WhyOf(Action action) => Assert.Throws<InvalidInputException>(action).Why;

    private static string Counting(int rows) => "x,y\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i % 7},{i}\n"));

    [Fact]
    public void Measurements_are_values_in_all_their_digits()
    {
        var (data, encoding) = Load("x,price\n1,1700000000.25\n2,-3e2\n3,0\n", ["price"]);
        Assert.Equal([1700000000.25, -300, 0], data.Values.Values.ToArray());
        Assert.Equal(["price"], data.Targets.Names);
        Assert.Null(encoding.ClassNames);
        Assert.Equal("1 columns as 1 features; price: values", encoding.ToString());
    }

    [Fact]
    public void Twenty_different_whole_numbers_are_classes_and_twenty_one_are_values()
    {
        Assert.Equal(20, Load(Counting(20), ["y"]).Data.Classes.Width);
        Assert.Equal(1, Load(Counting(21), ["y"]).Data.Values.Width);
    }

    [Fact]
    public void The_kind_of_targets_may_be_said()
    {
        Assert.Equal([0.0, 1, 2], Load(Counting(3), ["y"], TargetKind.Values).Data.Values.Values.ToArray());
        Assert.Equal(30, Load(Counting(30), ["y"], TargetKind.Classes).Data.Classes.Width);
        Assert.Equal(
            "\"0.5\" is a measurement, not a class", WhyOf(() => Load("x,y\n1,1\n2,0.5\n", ["y"], TargetKind.Classes)));
        Assert.Equal(
            "it has more than 10000 different numbers: these are measurements, not classes",
            WhyOf(() => Load(Counting(10_001), ["y"], TargetKind.Classes)));
        Assert.Equal(
            "\"red\" in line 3 is not a number, and a value to predict must be one",
            WhyOf(() => Load("x,y\n1,1\n2,red\n", ["y"], TargetKind.Values)));
    }

    [Fact]
    public void Several_targets_are_values_in_the_order_in_which_they_are_named()
    {
        var (data, encoding) = Load("a,x,b\n1,10,4\n2,20,5\n", ["b", "a"]);
        Assert.Equal(["b", "a"], data.Targets.Names);
        Assert.Equal([4.0, 1, 5, 2], data.Values.Values.ToArray());
        Assert.Equal([10f, 20], data.Inputs.Floats.ToArray());
        Assert.Equal(["x"], encoding.FeatureNames);
        Assert.Contains(
            "classes stand in one column", WhyOf(() => Load("a,x,b\n1,1,4\n2,2,5\n", ["a", "b"], TargetKind.Classes)),
            StringComparison.Ordinal);
        Assert.Contains("named twice", WhyOf(() => Load("a,x\n1,1\n2,2\n", ["a", "a"])), StringComparison.Ordinal);
        Assert.Equal("all columns are targets", WhyOf(() => Load("a,b\n1,1\n2,2\n", ["a", "b"])));
    }

    [Fact]
    public void A_later_file_is_read_as_values_too()
    {
        var encoding = Load(Counting(30), ["y"]).Encoding;
        using var file = new CsvFile("y,x\n0.5,3\n");
        Assert.Equal([0.5], CsvDataset.Load(file.Path, null, encoding).Values.Values.ToArray());
        Assert.Equal([3f], CsvDataset.LoadInputs(file.Path, encoding).Floats.ToArray());
        Assert.Throws<ArgumentException>(() => CsvDataset.Load(file.Path, ["x", "y"], encoding));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    public void A_missing_value_to_predict_is_reported_with_its_place(string field)
    {
        using var file = new CsvFile($"x,y\n1,0.5\n2,{field}\n");
        var error = Assert.Throws<InvalidInputException>(() => CsvDataset.Load(file.Path, "y"));
        Assert.Equal("line 3 (data row 2), column \"y\"", error.Where);
    }

    [Fact]
    public void What_a_float_cannot_hold_is_refused() =>
        Assert.Contains("float's range", WhyOf(() => Load("x,y\n1,0.5\n2,1e39\n", ["y"])), StringComparison.Ordinal);
}
