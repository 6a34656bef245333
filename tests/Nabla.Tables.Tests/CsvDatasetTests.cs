using System.Globalization;

namespace Nabla.Tables.Tests;

public sealed class CsvDatasetTests
{
    private const string Fruit = "weight,colour,kind\n1.5,red,apple\n2,green,pear\n0.25,yellow,apple\n-3e2,red,plum\n";

    private static (Dataset Data, TableEncoding Encoding) Load(string text, string target)
    {
        using var file = new CsvFile(text);
        return CsvDataset.Load(file.Path, target);
    }

    private static Dataset Load(string text, TableEncoding encoding, string? target = null)
    {
        using var file = new CsvFile(text);
        return CsvDataset.Load(file.Path, target is null ? null : [target], encoding);
    }

    private static (string Where, string Why) ErrorOf(Action action)
    {
        var error = Assert.Throws<InvalidInputException>(action);
        return (error.Where, error.Why);
    }

    [Fact]
    public void Numbers_stay_and_texts_become_one_hot()
    {
        var (data, encoding) = Load(Fruit, "kind");
        Assert.Equal(["weight", "colour=green", "colour=red", "colour=yellow"], encoding.FeatureNames);
        Assert.Equal([1.5f, 0, 1, 0, 2, 1, 0, 0, 0.25f, 0, 0, 1, -300, 0, 1, 0], data.Inputs.Floats.ToArray());
        Assert.Equal(["apple", "pear", "plum"], data.Classes.Names);
        Assert.Equal([0, 1, 0, 2], data.Classes.Labels.ToArray());
        Assert.Equal("data.csv: 4 examples, 4 features, 3 classes", data.ToString());
    }

    [Fact]
    public void The_target_may_stand_anywhere() =>
        Assert.Equal([1.5f, 2], Load("kind,weight\na,1.5\nb,2\n", "kind").Data.Inputs.Floats.ToArray());

    [Fact]
    public void Whole_numbers_as_classes_are_sorted_by_value()
    {
        Dataset data = Load("x,y\n1,10\n2,-1\n3,9.0\n4,+10\n", "y").Data;
        Assert.Equal(["-1", "9", "10"], data.Classes.Names);
        Assert.Equal([2, 0, 1, 2], data.Classes.Labels.ToArray());
    }

    [Fact]
    public void Texts_as_classes_are_sorted_by_code_point() =>
        Assert.Equal(["10", "9", "B", "a"], Load("x,y\n1,a\n2,9\n3,B\n4,10\n", "y").Data.Classes.Names);

    [Theory]
    [InlineData("a,b,y\n1,2,p\n3,,q\n", "line 3 (data row 2), column \"b\"", "the value is missing (empty)")]
    [InlineData("a,b,y\n1,2,p\nNaN,4,q\n", "line 3 (data row 2), column \"a\"", "the value is missing (\"NaN\")")]
    [InlineData("a,b,y\n1,x,p\n3,?,q\n", "line 3 (data row 2), column \"b\"", "the value is missing (\"?\")")]
    [InlineData("a,b,y\n1,2,p\n3,4,\n5,6,q\n", "line 3 (data row 2), column \"y\"", "the value is missing (empty)")]
    [InlineData(
        "a,b,y\n1,2,p\n3,inf,q\n", "line 3 (data row 2), column \"b\"", "\"inf\" is not a finite number within a float's range (3.4e38)")]
    [InlineData(
        "a,b,y\n1,2,p\n3,-Infinity,q\n", "line 3 (data row 2), column \"b\"",
        "\"-Infinity\" is not a finite number within a float's range (3.4e38)")]
    [InlineData(
        "a,b,y\n1,2,p\n3,1e39,q\n", "line 3 (data row 2), column \"b\"",
        "\"1e39\" is not a finite number within a float's range (3.4e38)")]
    [InlineData("a,y\n1,p\n3,p\n", "line 1 (the header), column \"y\"", "all rows have the same class \"p\"")]
    [InlineData("a,b\n1,p\n3,p\n", "line 1 (the header)", "it has no column \"y\"; it has \"a\", \"b\"")]
    [InlineData("y\n1\n2\n", "line 1 (the header)", "\"y\" is the only column")]
    public void What_cannot_be_learned_from_names_the_place(string text, string where, string why) =>
        Assert.Equal((where, why), ErrorOf(() => Load(text, "y")));

    [Fact]
    public void A_mistyped_number_among_many_is_pointed_out()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 10_001)
            .Select(i => i == 77 ? "7,7;p" : i.ToString(CultureInfo.InvariantCulture) + ";q");
        var error = Assert.Throws<InvalidInputException>(() => Load("a;y\n" + string.Join('\n', rows), "y"));
        Assert.Equal("it has more than 10000 different texts", error.Why);
        Assert.Contains("correct \"7,7\" in line 79", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_file_is_encoded_in_the_same_way()
    {
        TableEncoding encoding = Load(Fruit, "kind").Encoding;
        Dataset data = Load("kind;extra;colour;weight\nplum;?;yellow;7\n", encoding);
        Assert.Equal([7f, 0, 0, 1], data.Inputs.Floats.ToArray());
        Assert.Equal([2], data.Classes.Labels.ToArray());
        Assert.Equal(["apple", "pear", "plum"], data.Classes.Names);
    }

    [Fact]
    public void The_target_of_another_file_may_have_another_name() =>
        Assert.Equal([1], Load("sort,colour,weight\npear,red,1\n", Load(Fruit, "kind").Encoding, "sort").Classes.Labels.ToArray());

    [Fact]
    public void Categories_that_are_numbers_in_another_file_stay_categories()
    {
        TableEncoding encoding = Load("size,y\n1,a\nXL,b\n", "y").Encoding;
        Assert.Equal([1f, 0], Load("size,y\n1,a\n", encoding).Inputs.Floats.ToArray());
    }

    [Fact]
    public void Whole_classes_are_recognised_in_any_spelling() =>
        Assert.Equal([1, 0], Load("x,y\n1,2.0\n2,+1\n", Load("x,y\n1,1\n2,2\n", "y").Encoding).Classes.Labels.ToArray());

    [Theory]
    [InlineData("weight,colour,kind\n1,red,pear\n2,blue,pear\n", "line 3 (data row 2), column \"colour\"",
        "the training data had no category \"blue\"; it had \"green\", \"red\", \"yellow\"")]
    [InlineData("weight,colour,kind\n1,red,kiwi\n", "line 2 (data row 1), column \"kind\"",
        "the training data had no class \"kiwi\"; it had \"apple\", \"pear\", \"plum\"")]
    [InlineData(
        "weight,colour,kind\nheavy,red,pear\n", "line 2 (data row 1), column \"weight\"",
        "\"heavy\" is not a number, and the column held numbers in training")]
    [InlineData("weight,kind\n1,pear\n", "line 1 (the header)", "it has no column \"colour\"; it has \"weight\", \"kind\"")]
    [InlineData("weight,colour\n1,red\n", "line 1 (the header)", "it has no column \"kind\"; it has \"weight\", \"colour\"")]
    [InlineData("weight,colour,kind\n", "line 1 (the header)", "only the header is there")]
    public void A_file_that_does_not_fit_the_encoding_names_the_place(string text, string where, string why)
    {
        TableEncoding encoding = Load(Fruit, "kind").Encoding;
        Assert.Equal((where, why), ErrorOf(() => Load(text, encoding)));
    }

    [Fact]
    public void Inputs_alone_need_no_target()
    {
        using var file = new CsvFile("colour,weight\nred,1\ngreen,2\n");
        FeatureTable inputs = CsvDataset.LoadInputs(file.Path, Load(Fruit, "kind").Encoding);
        Assert.Equal([1f, 0, 1, 0, 2, 1, 0, 0], inputs.Floats.ToArray());
        Assert.Equal((2, 4), (inputs.Rows, inputs.Columns));
    }

    [Fact]
    public void A_table_too_large_for_memory_is_refused_before_it_is_made()
    {
        // 9,000 rows of 9 columns with 9,000 categories each: 729 million features from a file of half a megabyte.
        string rows = string.Join(
            '\n', Enumerable.Range(0, 9000).Select(i => string.Join(',', Enumerable.Repeat($"t{i}", 9)) + $",{i % 2}"));
        Assert.Equal(
            "9000 rows of 81000 features are more than 536870912 values", ErrorOf(() => Load("a,b,c,d,e,f,g,h,i,y\n" + rows, "y")).Why);
    }
}
