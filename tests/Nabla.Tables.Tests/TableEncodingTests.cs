using CsCheck;

namespace Nabla.Tables.Tests;

public sealed class TableEncodingTests
{
    private static NumberEncoding Number(string name) => new NumberEncoding(name, NumberFormat.Plain, 0, 0, marksMissing: false);

    [Fact]
    public void Json_says_it_all_in_one_line() => Assert.Equal(
        "{\"target\":[\"kind\"],\"classes\":[\"0\",\"1\"],\"numbers\":\"Plain\",\"invalid\":\"Error\",\"columns\":["
            + "{\"name\":\"weight\",\"kind\":\"number\",\"numbers\":\"DecimalComma\",\"origin\":1700000000.5,\"fill\":1.5,"
            + "\"marks-missing\":true},"
            + "{\"name\":\"day\",\"kind\":\"date\",\"order\":\"DayMonthYear\",\"first\":5,\"times\":false,\"fill\":[1,2,3,4,5,6],"
            + "\"marks-missing\":false},"
            + "{\"name\":\"colour \\u0022x\\u0022\",\"kind\":\"category\",\"categories\":[\"gr\\u00FCn\",\"red\\n\"]}]}",
        new TableEncoding(
            [
                new NumberEncoding("weight", NumberFormat.DecimalComma, 1700000000.5, 1.5f, marksMissing: true),
                new DateEncoding("day", DateOrder.DayMonthYear, DateOnly.FromDayNumber(5), false, [1, 2, 3, 4, 5, 6], marksMissing: false),
                new CategoryEncoding("colour \"x\"", ["grün", "red\n"]),
            ],
            ["kind"], ["0", "1"]).ToJson());

    [Fact]
    public void Json_leads_back_to_the_same_encoding() =>
        Gen.Select(Gen.String.Array[1, 5], Gen.String.Array[1, 5], Gen.Float[-1e6f, 1e6f], Gen.Bool)
        .Sample((categories, names, fill, marks) =>
        {
            string[] distinct = [.. categories.Select(WellFormed).Distinct()];
            string[] columns = [.. names.Select((name, i) => i + WellFormed(name))];
            var encoding = new TableEncoding(
                [
                    .. columns.Select(name => new CategoryEncoding(name, distinct)),
                    new NumberEncoding("n", NumberFormat.DecimalPoint, fill * 3.0, fill, marks),
                ],
                ["target"], marks ? ["a", "b"] : null)
            {
                MissingMarkers = marks ? distinct : null,
                HasHeader = marks,
                InvalidCells = InvalidCellHandling.Missing,
            };
            string json = encoding.ToJson();
            var read = TableEncoding.FromJson(json);
            return read.ToJson() == json && read.FeatureNames.SequenceEqual(encoding.FeatureNames);
        }, iter: 200);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"target\":[\"y\"],\"classes\":[\"a\"]}")]
    [InlineData("{\"target\":null,\"columns\":[{\"name\":\"x\",\"kind\":\"category\",\"categories\":[\"a\"]}]}")]
    [InlineData("{\"target\":[\"y\"],\"numbers\":\"Plain\",\"invalid\":\"Error\",\"columns\":[]}")]
    [InlineData("{\"target\":[\"y\"],\"numbers\":\"Plain\",\"invalid\":\"Error\",\"columns\":[{\"name\":\"x\"}]}")]
    [InlineData("{\"target\":[\"y\"],\"numbers\":\"Roman\",\"invalid\":\"Error\",\"columns\":[" + One + "]}")]
    [InlineData("{\"target\":[\"x\"],\"numbers\":\"Plain\",\"invalid\":\"Error\",\"columns\":[" + One + "]}")]
    [InlineData("{\"target\":[\"y\"],\"numbers\":\"Plain\",\"invalid\":\"Error\",\"columns\":[" + One + "," + One + "]}")]
    [InlineData("{\"target\":[\"y\"],\"numbers\":\"Plain\",\"invalid\":\"Error\",\"columns\":["
        + "{\"name\":\"x\",\"kind\":\"number\",\"numbers\":\"Plain\",\"origin\":1e999,\"fill\":0,\"marks-missing\":true}]}")]
    [InlineData("{\"target\":[\"y\"],\"numbers\":\"Plain\",\"invalid\":\"Error\",\"columns\":["
        + "{\"name\":\"x\",\"kind\":\"date\",\"order\":\"7\",\"first\":1,\"times\":false,\"fill\":[1],\"marks-missing\":true}]}")]
    [InlineData("{\"target\":[\"y\"],\"numbers\":\"Plain\",\"invalid\":\"Error\",\"columns\":["
        + "{\"name\":\"x\",\"kind\":\"date\",\"order\":\"YearMonthDay\",\"first\":-1,\"times\":false,\"fill\":[1,1,1,1,1,1],"
        + "\"marks-missing\":true}]}")]
    public void Another_text_is_no_encoding(string json) => Assert.Throws<InvalidInputException>(() => TableEncoding.FromJson(json));

    private const string One = "{\"name\":\"x\",\"kind\":\"category\",\"categories\":[\"a\"]}";

    [Fact]
    public void Names_occur_once_and_classes_stand_in_one_column()
    {
        Assert.Throws<ArgumentException>(() => new TableEncoding([Number("x"), Number("x")], ["y"], ["a"]));
        Assert.Throws<ArgumentException>(() => new CategoryEncoding("x", ["p", "p"]));
        Assert.Throws<ArgumentException>(() => new CategoryEncoding("x", []));
        Assert.Throws<ArgumentException>(() => new TableEncoding([Number("x")], ["y", "z"], ["a"]));
        Assert.Throws<ArgumentException>(() => new TableEncoding([Number("x")], ["y", "y"], null));
        Assert.Throws<ArgumentException>(() => new TableEncoding([Number("x")], [], null));
        Assert.Throws<ArgumentException>(() => new TableEncoding([], ["y"], null));
    }

    // JSON cannot carry half a surrogate pair, and no file in UTF-8 has one.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());
}
