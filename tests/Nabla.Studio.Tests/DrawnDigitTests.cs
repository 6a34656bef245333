using System.Diagnostics;
using System.Globalization;
using Nabla.Images;
using Nabla.Tests.Shared;

namespace Nabla.Studio.Tests;

/// <summary>MNIST's first test digits, drawn again with a pen, and read by the studio's default model.</summary>
public sealed class DrawnDigitTests(BrowserFixture browser, DefaultModelFixture model, ITestOutputHelper output)
    : IClassFixture<BrowserFixture>, IClassFixture<DefaultModelFixture>
{
    private const int Pixels = 28 * 28;
    private const double Pad = 560;
    private const int Thin = 18, Usual = 40, Thick = 64; // the pens of the page

    /// <summary>Pen, size of the drawing and its place, from the left and from the top: shares of the pad; how many drawings, and the share
    /// to be read right.</summary>
    public static TheoryData<int, double, double, double, int, double> Drawings { get; } = new()
    {
        { Usual, 0.9, 0.05, 0.05, 1000, 0.97 },
        { Thin, 0.9, 0.05, 0.05, 1000, 0.95 },
        { Thick, 0.9, 0.05, 0.05, 1000, 0.95 },
        { Thin, 0.3, 0.35, 0.35, 1000, 0.95 }, // tiny
        { Thin, 0.4, 0.02, 0.58, 1000, 0.95 }, // in a corner
    };

    [Theory(Explicit = true)]
    [MemberData(nameof(Drawings))]
    public void Drawings_are_read(int pen, double size, double left, double top, int count, double least) =>
        Require(Enumerable.Range(0, count).Count(digit => Read(Raster(digit, pen, size, left, top)) == model.Labels[digit]), count, least);

    // The pad's ink is always light. Pictures of paper, as nabla predict reads them, go the same way to the network.
    [Fact(Explicit = true)]
    public void Dark_drawings_on_a_light_ground_are_read()
    {
        int right = Enumerable.Range(0, 1000).Count(digit =>
        {
            var image = Raster(digit, Usual, 0.9, 0.05, 0.05);
            return Read(image with { Levels = Array.ConvertAll(image.Levels, level => (byte)(255 - level)) }) == model.Labels[digit];
        });
        Require(right, 1000, 0.95);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Drawings))]
    public async Task Digits_drawn_on_the_pad_are_read(int pen, double size, double left, double top, int count, double least)
    {
        var watch = Stopwatch.StartNew();
        var page = await browser.Open(model.Server, "/draw", 1024, "light");
        await page.SelectOptionAsync("#pen", $"{pen}");
        var mouse = await PadMouse.Create(page);
        int right = 0;
        for (int digit = 0; digit < count; digit++)
            right += await mouse.Draw(Strokes(digit, size, left, top)) == $"{model.Labels[digit]}" ? 1 : 0;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0} s"));
        await browser.Close(page);
        Require(right, count, least);
    }

    private void Require(int right, int count, double least)
    {
        output.WriteLine($"{right} of {count} are right");
        Assert.True(right >= least * count, $"{right} of {count} are right");
    }

    private int Read(GreyImage image) => model.Reader.Classify(ImageFitting.Fit(image, 28, 28, "the drawing").Pixels);

    private GreyImage Raster(int digit, int pen, double size, double left, double top) =>
        StrokeRaster.Draw(new DrawingMessage(Pad, Pad, pen, [.. Strokes(digit, size, left, top).Select(stroke =>
            (IReadOnlyList<double>)[.. stroke.SelectMany(point => new[] { Pad * point.X, Pad * point.Y })])]));

    /// <summary>The strokes of a digit: shares of the pad.</summary>
    private IEnumerable<(double X, double Y)[]> Strokes(int digit, double size, double left, double top) =>
        DigitStrokes.Trace(model.Pixels.AsSpan(digit * Pixels, Pixels))
            .Select(stroke => Array.ConvertAll(stroke, point => (left + size * point.X / 28, top + size * point.Y / 28)));
}

/// <summary>A studio that has trained its default model on MNIST, and MNIST's first test digits.</summary>
public sealed class DefaultModelFixture : IDisposable
{
    private readonly Lazy<StudioServer> server = new(() =>
    {
        var server = StudioServer.StartAsync(new StudioOptions
        {
            Mnist = MnistOptions.ForProcess(Repository.SharedOrSkip("data")),
        }).Result;
        Assert.True(SpinWait.SpinUntil(() => server.Studio.Reader is not null, TimeSpan.FromMinutes(2)), "The model is not ready.");
        return server;
    });

    private readonly Lazy<Dataset> digits = new(() => Mnist.Load(Repository.SharedOrSkip("data")).Test);

    internal StudioServer Server => server.Value;

    internal DigitReader Reader => Server.Studio.Reader!;

    internal byte[] Pixels => pixels ??= digits.Value.Inputs.Bytes.ToArray();

    internal IReadOnlyList<int> Labels => labels ??= digits.Value.Classes.Labels.ToArray();

    private byte[]? pixels;
    private int[]? labels;

    public void Dispose()
    {
        if (server.IsValueCreated)
            server.Value.Dispose();
    }
}
