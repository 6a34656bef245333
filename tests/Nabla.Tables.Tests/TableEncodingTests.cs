using CsCheck;

namespace Nabla.Tables.Tests;

public sealed class TableEncodingTests
{
    private static readonly TableEncoding Encoding =
        new([new("weight", null), new("colour \"x\"", ["grün", "red\n"])], ["kind"], ["0", "1"]);

    [Fact]
    public void Json_says_it_all_in_one_line() => Assert.Equal(
        "{\"target\":\"kind\",\"classes\":[\"0\",\"1\"],\"columns\":[{\"name\":\"weight\"},"
            + "{\"name\":\"colour \\u0022x\\u0022\",\"categories\":[\"gr\\u00FCn\",\"red\\n\"]}]}",
        Encoding.ToJson());

    [Fact]
    public void Json_leads_back_to_the_same_encoding() =>
        Gen.Select(Gen.String.Array[0, 5], Gen.String.Array[1, 5]).Sample((categories, names) =>
        {
            string[] distinct = [.. categories.Select(WellFormed).Distinct()];
            string[] columns = [.. names.Select((name, i) => i + WellFormed(name))];
            var encoding = new TableEncoding(
                [.. columns.Select(name => new ColumnEncoding(name, distinct)), new("n", null)], ["target"], ["a", "b"]);
            string json = encoding.ToJson();
            TableEncoding read = TableEncoding.FromJson(json);
            return read.ToJson() == json && read.FeatureNames.SequenceEqual(encoding.FeatureNames);
        }, iter: 200);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"target\":\"y\",\"classes\":[\"a\"]}")]
    [InlineData("{\"target\":null,\"classes\":[\"a\"],\"columns\":[{\"name\":\"x\"}]}")]
    [InlineData("{\"target\":\"y\",\"classes\":[\"a\",\"a\"],\"columns\":[{\"name\":\"x\"}]}")]
    [InlineData("{\"target\":\"y\",\"classes\":[1],\"columns\":[{\"name\":\"x\"}]}")]
    [InlineData("{\"target\":\"y\",\"classes\":[\"a\"],\"columns\":[]}")]
    [InlineData("{\"target\":\"y\",\"classes\":[\"a\"],\"columns\":[{\"name\":\"y\"}]}")]
    [InlineData("{\"target\":\"y\",\"classes\":[\"a\"],\"columns\":[{\"name\":\"x\",\"categories\":5}]}")]
    public void Another_text_is_no_encoding(string json) => Assert.Throws<InvalidInputException>(() => TableEncoding.FromJson(json));

    [Fact]
    public void Without_classes_there_is_a_list_of_targets()
    {
        var encoding = new TableEncoding([new("weight", null)], ["price", "age"], null);
        Assert.Equal("{\"target\":[\"price\",\"age\"],\"columns\":[{\"name\":\"weight\"}]}", encoding.ToJson());
        var read = TableEncoding.FromJson(encoding.ToJson());
        Assert.Equal(["price", "age"], read.TargetColumns);
        Assert.Null(read.ClassNames);
        Assert.Throws<ArgumentException>(() => new TableEncoding([new("x", null)], ["y", "z"], ["a"]));
        Assert.Throws<ArgumentException>(() => new TableEncoding([new("x", null)], ["y", "y"], null));
        Assert.Throws<ArgumentException>(() => new TableEncoding([new("x", null)], [], null));
    }

    [Fact]
    public void Names_occur_once()
    {
        Assert.Throws<ArgumentException>(() => new TableEncoding([new("x", null), new("x", null)], ["y"], ["a"]));
        Assert.Throws<ArgumentException>(() => new TableEncoding([new("x", ["p", "p"])], ["y"], ["a"]));
    }

    // JSON cannot carry half a surrogate pair, and no file in UTF-8 has one.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());
}
