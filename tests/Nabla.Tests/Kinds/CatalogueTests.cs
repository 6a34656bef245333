using System.Text;
using System.Text.Json;

namespace Nabla.Tests;

/// <summary>What holds for every kind of every catalogue.</summary>
public class CatalogueTests
{
    private static readonly IReadOnlyList<Kind>[] All =
        [Activation.All, Loss.All, OptimizerOptions.All, Schedule.All, Initialization.All, Scaling.All];

    public static TheoryData<string> Names() => [.. All.SelectMany(kinds => kinds).Select(kind => $"{kind.GetType().Name}: {kind.Name}")];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_kind_describes_itself_in_one_line(string kind)
    {
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", KindOf(kind).Name);
        Assert.Matches(@"^[^\n]{4,80}[^.\s]$", KindOf(kind).Description);
    }

    [Fact]
    public void No_catalogue_has_a_name_twice() =>
        Assert.All(
            All, kinds => Assert.Equal(kinds.Count, kinds.Select(kind => kind.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count()));

    [Fact]
    public void A_kind_is_found_by_its_name_in_any_case()
    {
        Assert.Same(Activation.Relu, Activation.All.Find("ReLU"));
        Assert.Null(Activation.All.Find("rely"));
        var error = Assert.Throws<InvalidOptionException>(() => Activation.All.Get("rely"));
        Assert.Contains("rely", error.Problem, StringComparison.Ordinal);
        Assert.Contains("tanh", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_survives_a_file(string name)
    {
        var kind = KindOf(name);
        foreach (var parameter in kind.Parameters)
        {
            var former = kind;
            kind = WithAnother(kind, parameter);
            Assert.NotEqual(former, kind);
        }
        Assert.Equal(kind, Read(name, Json(kind)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_parameter_that_a_file_lacks_has_its_default(string name) =>
        Assert.Equal(KindOf(name), Read(name, $"{{\"name\":\"{KindOf(name).Name}\"}}"));

    [Theory]
    [MemberData(nameof(Names))]
    public void An_unknown_kind_or_parameter_is_refused_by_name(string name)
    {
        Assert.Contains("\"nonesuch\"", Assert.Throws<FormatException>(() => Read(name, "\"nonesuch\"")).Message, StringComparison.Ordinal);
        string extra = $"{{\"name\":\"{KindOf(name).Name}\",\"nonesuch\":1}}";
        Assert.Contains("\"nonesuch\"", Assert.Throws<FormatException>(() => Read(name, extra)).Message, StringComparison.Ordinal);
    }

    /// <summary>A parameter may be any number, a whole number, or 0 or 1.</summary>
    private static Kind WithAnother(Kind kind, KindParameter parameter)
    {
        float value = parameter.ValueOf(kind);
        foreach (float other in (float[])[value * 0.75f + 0.01f, value + 1, 1 - value])
        {
            try
            {
                return parameter.With(kind, other);
            }
            catch (InvalidOptionException)
            {
                // Not a value of this parameter.
            }
        }
        throw new InvalidOperationException($"{kind}: no other value of {parameter} was found.");
    }

    private static Kind KindOf(string name) => All.SelectMany(kinds => kinds).Single(kind => $"{kind.GetType().Name}: {kind.Name}" == name);

    private static string Json(Kind kind)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            KindJson.Write(kind, json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Kind Read(string name, string json)
    {
        using var document = JsonDocument.Parse(json);
        return KindOf(name) switch
        {
            Activation => KindJson.Read(document.RootElement, Activation.All),
            Loss => KindJson.Read(document.RootElement, Loss.All),
            OptimizerOptions => KindJson.Read(document.RootElement, OptimizerOptions.All),
            Schedule => KindJson.Read(document.RootElement, Schedule.All),
            Initialization => KindJson.Read(document.RootElement, Initialization.All),
            Scaling => KindJson.Read(document.RootElement, Scaling.All),
            _ => throw new InvalidOperationException($"{name} is of no catalogue."),
        };
    }
}
