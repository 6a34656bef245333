using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nabla.Tests.Shared;

namespace Nabla.Report.Tests;

public partial class ReportPageTests
{
    private const string Hostile = "</title><script>alert(1)</script>\" onload='x' &amp; \u202Eevil\u0000\uFFFE\uFFFF\n]]>\uD83D";

    private static readonly TrainingOptions Small = new() { Hidden = [8], Epochs = 3, BatchSize = 16 };

    public static TheoryData<string> Kinds =>
        ["pictures", "table of classes", "table of values", "without data", "ensemble", "many classes"];

    [Theory, MemberData(nameof(Kinds))]
    public void A_page_is_well_formed_and_readable_without_a_network(string kind)
    {
        string page = Samples.Page(RequestOf(kind));
        var root = Parse(page);
        Assert.Equal("en", root.Attribute("lang")!.Value);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Address(), Data().Replace(page, ""));
        string[] ids = [.. root.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            root.Descendants().Attributes("href").Where(link => link.Value.StartsWith('#')), link => Assert.Contains(link.Value[1..], ids));
        Assert.All(root.Descendants("svg"), picture => Assert.True(
            picture.Attribute("aria-hidden") is not null
            || (picture.Attribute("role")?.Value == "img" && picture.Attribute("aria-label") is not null)));
        Assert.All(root.Descendants("img"), picture => Assert.NotEmpty(picture.Attribute("alt")!.Value));
        Assert.Single(root.Descendants("main"));
        Assert.Single(root.Descendants("h1"));
        // Each picture has its numbers.
        Assert.All(root.Descendants("figure"), figure => Assert.NotEmpty(figure.Descendants("table")));
        Assert.All(root.Descendants("figure"), figure => Assert.InRange(
            Sentences().Count(figure.Element("figcaption")!.Element("p")!.Value), 2, 4));
        Assert.InRange(page.Length, 5_000, 1_500_000);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_same_model_gives_the_same_page(string kind) =>
        Assert.Equal(Samples.Page(RequestOf(kind)), Samples.Page(RequestOf(kind)));

    [Theory]
    [InlineData("pictures")]
    [InlineData("table of values")]
    public void The_figures_are_those_of_the_evaluation(string kind)
    {
        var request = RequestOf(kind);
        var report = request.Model.Evaluate(request.Data!);
        var root = Parse(Samples.Page(request));
        Assert.Equal(report.ToString(), root.Descendants("p").Single(p => p.Attribute("class")?.Value == "lead").Value);
        var figures = root.Descendants("dl").Single(list => list.Attribute("class")?.Value == "figures");
        Assert.Equal(report.AllMetrics.Select(metric => metric.Title), figures.Descendants("dt").Select(title => title.Value));
        Assert.Equal(report.AllMetrics.Select(metric => metric.ValueText), figures.Descendants("dd").Select(value => value.Value));
    }

    [Fact]
    public void Names_from_data_are_text_and_nothing_else()
    {
        string[] names = [Hostile, "<b>bold</b>", "' onerror='"];
        var points = Samples.Points(60);
        var data = new Dataset(Hostile, points.Inputs, new ClassTargets(points.Classes.Labels, names));
        var model = Classifier.Train(data, Small with { Epochs = 1 });
        string page = Samples.Page(new ReportRequest(model, Hostile)
        {
            Data = data, DataDescription = Hostile, Notices = [Hostile], Command = Hostile,
        });
        var root = Parse(page);
        Assert.Empty(root.Descendants("script"));
        Assert.Empty(root.Descendants("b"));
        Assert.DoesNotContain(
            root.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain('\u202E', page);
        Assert.Contains("\\u202e", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFF', page);
        // Half a surrogate pair becomes the replacement character.
        Assert.Contains("\\ufffe\\uffff\\n]]&gt;\uFFFD", page, StringComparison.Ordinal);
        Assert.Equal(VisibleText.Escape(Hostile), root.Descendants("h1").Single().Value);
    }

    [Fact]
    public void Without_data_the_page_says_so_and_has_what_the_model_tells()
    {
        var root = Parse(Samples.Page(RequestOf("without data")));
        Assert.Contains("No data were given", root.Value, StringComparison.Ordinal);
        Assert.Contains("Loss by epoch", root.Value, StringComparison.Ordinal);
        // One line is spoken of as one.
        Assert.Contains("The line should fall", root.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("Both lines", root.Value, StringComparison.Ordinal);
        Assert.Contains(RequestOf("without data").Model.Fingerprint, root.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_command_repeats_a_run_that_was_not_interrupted(bool isInterrupted)
    {
        var request = RequestOf("table of classes") with { IsInterrupted = isInterrupted };
        var root = Parse(Samples.Page(request));
        Assert.Equal("nabla train x", root.Descendants("pre").Single().Value);
        Assert.Equal(!isInterrupted, root.Value.Contains("gives the same fingerprint", StringComparison.Ordinal));
        Assert.Equal(isInterrupted, root.Value.Contains("The training run was interrupted", StringComparison.Ordinal));
    }

    [Fact]
    public void Outputs_that_are_not_judged_have_dashes()
    {
        string[] Outputs(string kind, Func<ReportRequest, ReportRequest> change) => [.. Parse(Samples.Page(change(RequestOf(kind))))
            .Descendants("table").Single(table => table.Value.StartsWith("The layers", StringComparison.Ordinal))
            .Descendants("tr").Last().Elements().TakeLast(3).Select(cell => cell.Value)];
        Assert.Equal(["-", "-", "-"], Outputs("pictures", request => request));
        Assert.Equal(["0", "0", "0.0000"], Outputs("table of values", request => request));
    }

    [Fact]
    public void A_png_has_its_pixels()
    {
        byte[] pixels = [0, 50, 100, 150, 200, 250];
        string address = Png.ToDataAddress(pixels, width: 3, height: 2, channels: 1);
        byte[] file = Convert.FromBase64String(address["data:image/png;base64,".Length..]);
        Assert.Equal(3, file[19]);
        Assert.Equal(2, file[23]);
        int length = file[33] << 24 | file[34] << 16 | file[35] << 8 | file[36];
        using var zlib = new System.IO.Compression.ZLibStream(
            new MemoryStream(file, 41, length), System.IO.Compression.CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        Assert.Equal([0, 0, 50, 100, 0, 150, 200, 250], raw.ToArray());
    }

    [Fact]
    public void An_html_validator_finds_nothing() => HtmlValidator.RequireValid(
        [.. Kinds.Select(kind => Samples.Page(RequestOf((string)kind.Data)))]);

    private static ReportRequest RequestOf(string kind)
    {
        switch (kind)
        {
            case "pictures":
                var pictures = Samples.Pictures(90);
                return new(Classifier.Train(pictures, Small with { KeepBest = true }, pictures), "model.safetensors") { Data = pictures };
            case "table of classes":
                var (classes, encoding) = Samples.Table(120);
                return new(Classifier.Train(classes, Small), "model") { Data = classes, Encoding = encoding, Command = "nabla train x" };
            case "table of values":
                var (values, other) = Samples.Table(120, isNumber: true);
                return new(Regressor.Train(values, Small, values), "model")
                {
                    Data = values, Encoding = other, Notices = ["A column was left out."], DataDescription = "all 120 examples",
                };
            case "ensemble":
                var training = new EnsembleTraining(Samples.Points(90), Small, members: 3);
                training.Run();
                return new(training.CreateModel(), "model") { Data = Samples.Points(90) };
            case "many classes":
                var many = Samples.Points(300, classes: 25);
                return new(Classifier.Train(many, Small), "model") { Data = many };
            default:
                return new(Classifier.Train(Samples.Points(60), Small), "model");
        }
    }

    private static XElement Parse(string page)
    {
        Assert.StartsWith("<!DOCTYPE html>\n<html", page, StringComparison.Ordinal);
        return XElement.Parse(page["<!DOCTYPE html>\n".Length..]);
    }

    [GeneratedRegex("(https?:)?//[a-z]", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex("data:image/png;base64,[A-Za-z0-9+/=]*")]
    private static partial Regex Data();

    [GeneratedRegex(@"[.:!?](\s|$)")]
    private static partial Regex Sentences();
}
