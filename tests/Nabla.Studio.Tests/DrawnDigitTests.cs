using Microsoft.Playwright;
using Nabla.Cli;
using Nabla.Images;
using Nabla.Tests.Shared;

namespace Nabla.Studio.Tests;

/// <summary>MNIST's first test digits, drawn again with a pen, and read by the studio's default model.</summary>
public sealed class DrawnDigitTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Count = 1000, Pixels = 28 * 28;
    private const double Pad = 560, UsualPen = 40, UsualSize = 0.9, UsualMargin = 0.05;

    private static readonly Lazy<(DigitReader Reader, byte[] Pixels, int[] Labels)> Default = new(() =>
    {
        var (train, test) = Mnist.Load(Repository.SharedOrSkip("data"));
        int[] labels = ((ClassTargets)test.Targets).Labels[..Count].ToArray();
        var reader = new DigitReader(Classifier.Train(train, Presets.Fast), "default", null);
        return (reader, test.Inputs.Bytes[..(Count * Pixels)].ToArray(), labels);
    });

    [Theory(Explicit = true)]
    [InlineData(UsualPen, UsualSize, UsualMargin, UsualMargin, 0.97)]
    [InlineData(18, UsualSize, UsualMargin, UsualMargin, 0.95)] // thin
    [InlineData(18, 0.3, 0.35, 0.35, 0.95)] // tiny
    [InlineData(18, 0.4, 0.02, 0.58, 0.95)] // in a corner
    [InlineData(UsualPen, UsualSize, UsualMargin, UsualMargin, 0.95, true)] // dark on light, as on paper
    public void A_thousand_drawings_are_read(double pen, double size, double left, double top, double least, bool isDark = false)
    {
        var (reader, _, labels) = Default.Value;
        int right = 0;
        for (int i = 0; i < Count; i++)
        {
            var strokes = Strokes(i, size, left, top);
            var image = StrokeRaster.Draw(new DrawingMessage(Pad, Pad, pen, [.. strokes.Select(stroke =>
                (IReadOnlyList<double>)[.. stroke.SelectMany(point => new[] { point.X, point.Y })])]));
            if (isDark)
                image = image with { Levels = Array.ConvertAll(image.Levels, level => (byte)(255 - level)) };
            right += reader.Classify(ImageFitting.Fit(image, 28, 28, "the drawing").Pixels) == labels[i] ? 1 : 0;
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{right} of {Count} are right");
        Assert.True(right >= least * Count, $"{right} of {Count} are right");
    }

    [Fact(Explicit = true)]
    public async Task A_thousand_digits_drawn_on_the_pad_are_read()
    {
        int[] labels = Default.Value.Labels;
        using var server = StudioServer.Start(new StudioSettings
        {
            ModelName = "",
            Mnist = MnistOptions.ForProcess(Repository.SharedOrSkip("data")),
            ParseOptions = TrainingWords.Parse,
            Inform = _ => { },
        });
        await StudioFixture.Until(() => server.Studio.Reader is not null);
        var page = await browser.Open(server, "/draw", 1024, "light");
        int asked = 0, answered = 0;
        page.Request += (_, request) => asked += request.Url.EndsWith("/api/read", StringComparison.Ordinal) ? 1 : 0;
        page.RequestFinished += (_, request) => answered += request.Url.EndsWith("/api/read", StringComparison.Ordinal) ? 1 : 0;
        await page.Locator("#pad").ScrollIntoViewIfNeededAsync();
        var box = (await page.Locator("#pad").BoundingBoxAsync())!;
        int right = 0;
        for (int i = 0; i < Count; i++)
        {
            await page.ClickAsync("#clear");
            await page.WaitForFunctionAsync("() => !document.body.dataset.answer");
            foreach (var stroke in Strokes(i, UsualSize, UsualMargin, UsualMargin))
                await Draw(page, box, stroke);
            // The pad asks once more if something was drawn while the server read.
            while (await page.EvaluateAsync<string?>("() => document.body.dataset.answer") is null or "" || asked != answered)
                await Task.Delay(2, TestContext.Current.CancellationToken);
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)))");
            while (asked != answered)
                await Task.Delay(2, TestContext.Current.CancellationToken);
            string answer = await page.EvaluateAsync<string>("() => document.body.dataset.answer");
            right += answer == $"{labels[i]}" ? 1 : 0;
        }
        await page.Context.CloseAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"{right} of {Count} are right");
        Assert.True(right >= 0.97 * Count, $"{right} of {Count} are right");
    }

    /// <summary>The strokes of a digit, on the pad.</summary>
    private static IEnumerable<(double X, double Y)[]> Strokes(int digit, double size, double left, double top) =>
        DigitStrokes.Trace(Default.Value.Pixels.AsSpan(digit * Pixels, Pixels)).Select(stroke => Array.ConvertAll(
            stroke, point => (Pad * (left + size * point.X / 28), Pad * (top + size * point.Y / 28))));

    private static async Task Draw(IPage page, LocatorBoundingBoxResult box, (double X, double Y)[] stroke)
    {
        for (int i = 0; i < stroke.Length; i++)
        {
            await page.Mouse.MoveAsync((float)(box.X + stroke[i].X / Pad * box.Width), (float)(box.Y + stroke[i].Y / Pad * box.Height));
            if (i == 0)
                await page.Mouse.DownAsync();
        }
        await page.Mouse.UpAsync();
    }
}
