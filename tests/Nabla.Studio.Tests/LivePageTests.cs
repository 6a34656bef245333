using System.Globalization;
using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Nabla.Studio.Tests;

/// <summary>What the pages do while something changes: values that overtake each other, lost messages, runs that fail.</summary>
public sealed class LivePageTests(StudioFixture studio, BrowserFixture browser)
    : IClassFixture<StudioFixture>, IClassFixture<BrowserFixture>
{
    private static readonly Dictionary<string, string> Endless = new() { ["layers"] = "8", ["epochs"] = "100000000" };

    [Fact]
    public async Task The_last_place_of_a_slider_arrives_last_and_is_seen_in_other_pages()
    {
        await studio.Start("xor", Endless);
        var page = await browser.Open(studio, "/train", 1024, "light");
        await page.WaitForFunctionAsync("() => document.body.dataset.state === 'running'");
        var sent = new ConcurrentQueue<string>();
        // The first request is the slowest.
        await page.RouteAsync("**/api/run/change", async route =>
        {
            await Task.Delay(sent.IsEmpty ? 500 : 0);
            sent.Enqueue(route.Request.PostData!);
            await route.ContinueAsync();
        });
        await page.FocusAsync("#factor");
        for (int i = 0; i < 20; i++)
            await page.Keyboard.PressAsync("ArrowLeft");
        await page.WaitForFunctionAsync("() => document.querySelector('#factor-text').textContent === '× 0.1'");
        await StudioFixture.Until(() => Math.Abs(studio.State().RateFactor - 0.1) < 1e-9);
        Assert.InRange(sent.Count, 1, 19);
        var other = await browser.Open(studio, "/train", 375, "dark");
        await other.WaitForFunctionAsync("() => document.querySelector('#factor-text').textContent === '× 0.1'");
        Assert.Equal(0.1, studio.State().RateFactor, 9);
        await browser.Close(other);
        await browser.Close(page);
    }

    [Fact]
    public async Task Drawings_have_the_classes_of_the_network_that_reads_them()
    {
        await studio.Idle();
        var usual = studio.Server.Studio.Reader!;
        var digits = Digits.Generate(200, seed: 1);
        var reversed = new Dataset(
            "reversed", digits.Inputs, new ClassTargets(digits.Classes.Labels, [.. digits.Targets.Names.Reverse()]),
            inputShape: [56, 14]);
        var page = await browser.Open(studio, "/draw", 1024, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#bars li span')?.textContent === '0'");
        studio.Server.Studio.SetReader(new DigitReader(
            Classifier.Train(reversed, new TrainingOptions { Hidden = [4], Epochs = 1 }), "reversed", null));
        await page.WaitForFunctionAsync("() => document.querySelector('#bars li span').textContent === '9'");
        Assert.Equal("9", await page.Locator("#really option").Nth(1).TextContentAsync());
        var drawing = new { width = 9, height = 9, pen = 1, strokes = new[] { new[] { 1, 1, 5, 5 } } };
        await studio.Post("/api/corrections", new { drawing, label = 0 });
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#corrections canvas').length === 1");
        const string sides = "() => [document.querySelector('#corrections canvas')].map(canvas => [canvas.width, canvas.height])[0]";
        int[] shown = await page.EvaluateAsync<int[]>(sides);
        Assert.Equal([14, 56], shown);
        await studio.Clean();
        studio.Server.Studio.SetReader(usual);
        await browser.Close(page);
    }

    [Fact]
    public async Task What_screen_readers_hear_is_not_written_again_and_again()
    {
        await studio.Start("xor", Endless);
        var page = await browser.Open(studio, "/train", 1024, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#status').textContent.startsWith('Training')");
        await page.EvaluateAsync(
            """
            () => {
              window.changes = 0;
              new MutationObserver(list => { window.changes += list.length; })
                .observe(document.querySelector('#status'), { childList: true, characterData: true, subtree: true });
              window.first = Number(document.body.dataset.updates);
            }
            """);
        await page.WaitForFunctionAsync("() => Number(document.body.dataset.updates) > window.first + 20");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.changes"));
        await browser.Close(page);
    }

    [Fact]
    public async Task Lost_messages_are_reported()
    {
        var page = await browser.Open(studio, "/train", 1024, "light");
        await page.RouteAsync("**/api/events", route => route.AbortAsync());
        await page.ReloadAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('#problem').textContent.includes('do not arrive')");
        await browser.Close(page);
    }

    [Fact]
    public async Task A_page_in_the_background_hears_nothing_until_it_is_seen_again()
    {
        await studio.Clean();
        var page = await browser.Open(studio, "/train", 1024, "light");
        await page.WaitForFunctionAsync("() => Number(document.body.dataset.updates) > 0");
        await Show(page, isHidden: true);
        await StudioFixture.Until(() => studio.Server.Studio.Hub.Count == 0);
        // The page may show a run of another test that has finished.
        string? updates = await page.GetAttributeAsync("body", "data-updates");
        await studio.Start("xor", new() { ["epochs"] = "2" });
        await StudioFixture.Until(() => studio.State().State == "finished");
        Assert.Equal(updates, await page.GetAttributeAsync("body", "data-updates"));
        await Show(page, isHidden: false);
        await page.WaitForFunctionAsync(
            "before => document.body.dataset.updates !== before && document.body.dataset.state === 'finished'", updates);
        // The new stream sends all epochs again, and no line goes back to its start.
        await Show(page, isHidden: true);
        await StudioFixture.Until(() => studio.Server.Studio.Hub.Count == 0);
        updates = await page.GetAttributeAsync("body", "data-updates");
        await Show(page, isHidden: false);
        await page.WaitForFunctionAsync("before => document.body.dataset.updates !== before", updates);
        string?[] lines = await page.EvaluateAsync<string?[]>(
            "() => [...document.querySelectorAll('.chart polyline:not(.past)')].map(line => line.getAttribute('points'))");
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line =>
        {
            double[] xs = [.. line!.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(point => double.Parse(point.Split(',')[0], CultureInfo.InvariantCulture))];
            Assert.Equal(xs.Order(), xs);
        });
        Assert.All(lines[1..], line => Assert.Equal(2, line!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length)); // two epochs
        await browser.Close(page);

        static Task Show(IPage page, bool isHidden) => page.EvaluateAsync(
            """
            isHidden => {
              Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """,
            isHidden);
    }

    [Fact]
    public async Task A_run_that_fails_says_nothing_about_the_reader()
    {
        var page = await browser.Open(studio, "/draw", 1024, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#reader').textContent.startsWith('Read by small')");
        await studio.Start("xor", new() { ["loss"] = "poisson" });
        await StudioFixture.Until(() => studio.State().State == "failed");
        // A later message has arrived as well.
        await studio.Start("xor", new() { ["epochs"] = "1" });
        await page.WaitForFunctionAsync("() => document.querySelector('#training').hidden");
        Assert.StartsWith("Read by small", await page.Locator("#reader").TextContentAsync(), StringComparison.Ordinal);
        await browser.Close(page);
    }

    [Fact]
    public async Task A_default_model_that_is_stopped_is_reported()
    {
        using var untrained = StudioFixture.WithoutModel();
        var page = await browser.Open(untrained, "/draw", 1024, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#reader').textContent.includes('training on')");
        await untrained.Post("/api/run/command", new { command = "stop" });
        await page.WaitForFunctionAsync("() => document.querySelector('#reader').textContent.includes('it was stopped')");
        await browser.Close(page);
    }

    [Fact]
    public async Task Six_classes_have_six_shapes()
    {
        var page = await browser.Open(studio, "/train", 1024, "light");
        int different = await page.EvaluateAsync<int>(
            """
            async () => {
              const { shapes, trace } = await import('/picture.js');
              const pictures = shapes.map((_, kind) => {
                const canvas = Object.assign(document.createElement('canvas'), { width: 20, height: 20 });
                const context = canvas.getContext('2d');
                trace(context, kind, 10, 10);
                context.fill();
                return canvas.toDataURL();
              });
              return new Set(pictures).size;
            }
            """);
        Assert.Equal(6, different);
        await browser.Close(page);
    }

    [Fact]
    public async Task The_file_that_is_opened_leads_to_the_studio_and_keeps_the_token_out_of_command_lines()
    {
        using var file = RedirectFile.Create(studio.Server.Address);
        Assert.DoesNotContain(studio.Server.Address.Split('=')[1], file.Path, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Path));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(file.Path)!));
        }
        var page = await browser.OpenEmpty(1024, "light");
        await page.GotoAsync(new Uri(file.Path).AbsoluteUri);
        await page.WaitForFunctionAsync("() => document.querySelector('#reader')?.textContent.startsWith('Read by')");
        Assert.Equal($"http://127.0.0.1:{studio.Port}/draw", page.Url);
        await browser.Close(page);
        file.Dispose();
        Assert.False(Directory.Exists(Path.GetDirectoryName(file.Path)));
    }
}
