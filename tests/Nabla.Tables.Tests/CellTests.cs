using System.Globalization;
using System.Text;

namespace Nabla.Tables.Tests;

public sealed class CellTests
{
    [Theory]
    [InlineData("1,234.5", NumberFormat.DecimalPoint, 1234.5)]
    [InlineData("1.234,5", NumberFormat.DecimalComma, 1234.5)]
    [InlineData("1 234,5", NumberFormat.DecimalComma, 1234.5)]
    [InlineData("1\u202F234\u202F567", NumberFormat.DecimalPoint, 1234567)]
    [InlineData("1'234.5", NumberFormat.DecimalPoint, 1234.5)]
    [InlineData("1’234", NumberFormat.DecimalPoint, 1234)]
    [InlineData("-$1,000", NumberFormat.DecimalPoint, -1000)]
    [InlineData("$-1,000", NumberFormat.DecimalPoint, -1000)]
    [InlineData("(1.5)", NumberFormat.DecimalPoint, -1.5)]
    [InlineData("($1.5)", NumberFormat.DecimalPoint, -1.5)]
    [InlineData("\u22125", NumberFormat.DecimalPoint, -5)]
    [InlineData("5 %", NumberFormat.DecimalPoint, 5)]
    [InlineData("5,5 €", NumberFormat.DecimalComma, 5.5)]
    [InlineData(",5", NumberFormat.DecimalComma, 0.5)]
    [InlineData("1,5e3", NumberFormat.DecimalComma, 1500)]
    [InlineData("+3", NumberFormat.DecimalPoint, 3)]
    public void Numbers_are_read_as_people_write_them(string text, NumberFormat format, double value)
    {
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), format, out double read));
        Assert.Equal(value, read);
    }

    [Fact]
    public void Plain_numbers_have_the_bits_of_the_runtime()
    {
        string[] texts =
        [
            "0", "-0", "-0.0", "007", "1.", ".5", "-.5", "-", ".", "", "+1", " 1", "1 ", "1e5", "9007199254740992", "9007199254740993",
            "9007199254740993.0", "0.000000000000000001", "1234567890123456789", "12345678901234567890", "123456789.0123456789", "NaN",
        ];
        var random = new Random(1);
        var drawn = Enumerable.Range(0, 100_000).Select(_ =>
        {
            string digits = random.NextInt64(long.MaxValue >> random.Next(63)).ToString(CultureInfo.InvariantCulture);
            int point = random.Next(digits.Length + 1);
            return $"{(random.Next(2) == 0 ? "-" : "")}{digits[..point]}{(random.Next(2) == 0 ? "." : "")}{digits[point..]}";
        });
        foreach (string text in texts.Concat(drawn))
        {
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double expected);
            Assert.True(isNumber == PlainNumber.TryParse(Encoding.UTF8.GetBytes(text), out double read), text);
            if (isNumber)
                Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(read), text);
        }
    }

    [Theory]
    [InlineData("1,23")]
    [InlineData("12,34,567")]
    [InlineData("1234,567")]
    [InlineData("0,123")]
    [InlineData("1,234,5")]
    [InlineData("1.5,234")]
    [InlineData("1,234 567")]
    [InlineData("--1")]
    [InlineData("(-1)")]
    [InlineData("$")]
    [InlineData("%")]
    [InlineData("()")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData("1 2")]
    [InlineData("1-2")]
    [InlineData("ab")]
    [InlineData("1,")]
    [InlineData("1.2.3")]
    [InlineData("99999999999999999999999999999999999999999999999999999999999999999999999x")]
    public void Other_texts_are_not_numbers_with_a_decimal_point(string text) =>
        Assert.False(NumberText.TryParse(Encoding.UTF8.GetBytes(text), NumberFormat.DecimalPoint, out _), text);

    [Theory]
    [InlineData("2024-05-31", DateOrder.YearMonthDay, "2024-05-31T00:00:00")]
    [InlineData("2024/5/1", DateOrder.YearMonthDay, "2024-05-01T00:00:00")]
    [InlineData("5/31/2024 14:30", DateOrder.MonthDayYear, "2024-05-31T14:30:00")]
    [InlineData("5/31/24 2:30 PM", DateOrder.MonthDayYear, "2024-05-31T14:30:00")]
    [InlineData("31.05.2024", DateOrder.DayMonthYear, "2024-05-31T00:00:00")]
    [InlineData("31-May-1999", DateOrder.DayMonthYear, "1999-05-31T00:00:00")]
    [InlineData("May 31, 2024", DateOrder.MonthDayYear, "2024-05-31T00:00:00")]
    [InlineData("31 may 69", DateOrder.DayMonthYear, "1969-05-31T00:00:00")]
    [InlineData("2024-05-31T14:30:15.25Z", DateOrder.YearMonthDay, "2024-05-31T14:30:15.25")]
    [InlineData("2024-05-31 14:30:15+02:00", DateOrder.YearMonthDay, "2024-05-31T14:30:15")]
    [InlineData("2024-02-29", DateOrder.YearMonthDay, "2024-02-29T00:00:00")]
    public void Dates_are_read_as_people_write_them(string text, DateOrder order, string expected)
    {
        Assert.True(DateText.TryParse(Encoding.UTF8.GetBytes(text), order, out var date, out _));
        Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture), date);
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("24-05-31")]
    [InlineData("0000-01-01")]
    [InlineData("2024-05-31 25:00")]
    [InlineData("2024-05-31 noon")]
    [InlineData("2024-05")]
    [InlineData("2024-05-31-01")]
    [InlineData("2024.05")]
    [InlineData("10.0.0.1")]
    [InlineData("1.2.3")]
    [InlineData("one-two-three")]
    [InlineData("12:30:00")]
    public void Other_texts_are_not_dates(string text) =>
        Assert.False(DateText.TryParse(Encoding.UTF8.GetBytes(text), DateOrder.YearMonthDay, out _, out _), text);

    [Theory]
    [InlineData("o\u0308", "ö")]
    [InlineData("Cafe\u0301 A\u030Angstro\u0308m", "Café Ångström")]
    [InlineData("x\u0301", "x\u0301")]
    [InlineData("\u0308", "\u0308")]
    [InlineData("plain", "plain")]
    public void Letters_and_accents_are_composed(string text, string composed) => Assert.Equal(composed, LatinText.Compose(text));

    [Theory]
    [InlineData("id", true)]
    [InlineData("CustomerID", true)]
    [InlineData("customer_id", true)]
    [InlineData("Unnamed: 0", true)]
    [InlineData("humid", false)]
    [InlineData("paid", false)]
    [InlineData("t", false)]
    public void Names_of_identifiers_are_known(string name, bool isLikely) => Assert.Equal(isLikely, IdentifierName.IsLikely(name));
}
