using System.Globalization;
using Microsoft.Playwright;

namespace Nabla.Studio.Tests;

/// <summary>The pages in a browser, as people use them: by mouse and keyboard, on small and large screens, in light and dark.</summary>
public sealed class PageTests(StudioFixture studio, BrowserFixture browser)
    : IClassFixture<StudioFixture>, IClassFixture<BrowserFixture>
{
    public static TheoryData<int, string> Screens => PageCheck.Screens;

    [Theory, MemberData(nameof(Screens))]
    public async Task A_digit_is_drawn_read_corrected_and_learned(int width, string scheme)
    {
        await studio.Clean();
        var page = await browser.Open(studio, "/draw", width, scheme);
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#bars li').length === 10");
        await PageCheck.Run(page);
        await DrawSeven(page);
        string answer = (await page.Locator("#answer").TextContentAsync())!;
        Assert.Equal(answer, await page.Locator("#bars li.best span").First.TextContentAsync());
        Assert.Equal(8, await page.Locator("#hidden .units li").CountAsync());
        await page.CheckAsync("#overlay");
        Assert.True(await page.Locator("#seen").EvaluateAsync<int>("canvas => canvas.width") > 28);
        await PageCheck.Run(page);
        // A narrow screen shows the answer beside the pad, too.
        Assert.Equal(width < 600, await page.Locator("#short-answer").IsVisibleAsync());
        Assert.StartsWith($"Read as {answer}, ", await page.Locator("#short-answer").TextContentAsync(), StringComparison.Ordinal);
        // No digit is chosen before its user chooses it.
        Assert.True(await page.Locator("#keep").IsDisabledAsync());
        await page.SelectOptionAsync("#really", answer == "4" ? "5" : "4");
        await page.ClickAsync("#keep");
        await page.WaitForSelectorAsync("#corrections li");
        int version = studio.Server.Studio.ReaderVersion;
        await page.ClickAsync("#learn");
        await page.WaitForFunctionAsync("() => document.querySelector('#corrections li').textContent.includes('now right')");
        Assert.True(studio.Server.Studio.ReaderVersion > version);
        await PageCheck.Run(page);
        await page.ClickAsync("#forget");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#corrections li').length === 0");
        await browser.Close(page);
    }

    [Fact]
    public async Task The_form_shows_the_options_of_the_run_that_is_seen()
    {
        var options = PageOptions.Split(
            "layers 8 activation tanh loss cross-entropy:label-smoothing=0.1 optimizer adam:beta2=0.9 epochs 3");
        await studio.Start("moons", options);
        await StudioFixture.Until(() => studio.State().State == "finished");
        var page = await browser.Open(studio, "/train", 1024, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#layers').value === '8'");
        foreach (var (name, value) in options.Append(new("data", "moons")).Append(new("batch-size", "")))
            Assert.Equal(value, await page.InputValueAsync($"#{name}"));
        Assert.Contains("logarithm of the probability", await page.TextContentAsync("#loss-help"), StringComparison.Ordinal);
        await page.WaitForFunctionAsync("() => document.querySelector('#loss-note').textContent.includes('10.0 % of each label')");
        string run = (await page.GetAttributeAsync("body", "data-run"))!;
        await page.ClickAsync("#start");
        await page.WaitForFunctionAsync($"() => document.body.dataset.run !== '{run}' && document.body.dataset.state === 'finished'");
        Assert.Equal(options, studio.Server.Studio.Workshop.Current!.Plan.Request!.Options);
        await PageCheck.Run(page);
        await page.SelectOptionAsync("#data", "xor");
        Assert.Equal(["", "32"], [await page.InputValueAsync("#loss"), await page.InputValueAsync("#layers")]);
        await page.ClickAsync("#start");
        await page.WaitForFunctionAsync("() => document.querySelector('#loss-note').hidden");
        await studio.Clean();
        await browser.Close(page);
        // An address with options decides; without a run there is nothing to show.
        page = await browser.Open(studio, "/train", 1024, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#data').value === 'circles'");
        await browser.Close(page);
    }

    [Fact]
    public async Task A_digit_is_drawn_by_keyboard_alone()
    {
        await studio.Clean();
        var page = await browser.Open(studio, "/draw", 1024, "light");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#bars li').length === 10");
        for (int i = 0; i < 20 && await page.EvaluateAsync<string>("() => document.activeElement.id") != "pad"; i++)
            await page.Keyboard.PressAsync("Tab");
        await Press(page, ("Shift+ArrowUp", 3), ("Space", 1), ("Shift+ArrowDown", 6), ("Space", 1));
        await page.WaitForFunctionAsync("() => document.body.dataset.answer");
        await page.Keyboard.PressAsync("Tab"); // Undo
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => !document.body.dataset.answer");
        await browser.Close(page);
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task A_network_is_trained_steered_and_compared(int width, string scheme)
    {
        await studio.Clean();
        const string address = "/train?data=circles&layers=16&activation=tanh&learning-rate=0.02&batch-size=32&epochs=40";
        var page = await browser.Open(studio, address, width, scheme);
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#activation option').length > 5");
        await PageCheck.Run(page);
        await page.ClickAsync("#step");
        await WaitFor(page, "paused");
        await page.ClickAsync("#epoch");
        await page.WaitForFunctionAsync("() => document.querySelector('#status').textContent.includes('step 19')");
        await page.ClickAsync("#start");
        await WaitFor(page, "finished");
        string accuracy = (await page.Locator("#fact-metric").TextContentAsync())!;
        Assert.InRange(double.Parse(accuracy.Split(' ')[0], CultureInfo.InvariantCulture), 95, 100);
        Assert.Equal($"Fingerprint: {studio.State().Fingerprint}", await page.Locator("#fingerprint").TextContentAsync());
        await page.WaitForSelectorAsync("#boundary");
        Assert.True(await page.Locator("#loss-chart polyline").CountAsync() >= 2);
        await page.ClickAsync("#code summary");
        await page.WaitForFunctionAsync("() => document.querySelector('#command').textContent.startsWith('nabla train circles.csv')");
        await PageCheck.Run(page);
        await page.FillAsync("#layers", "2");
        await page.WaitForFunctionAsync("() => location.search.includes('layers=2&')");
        // The code stays that of the run.
        Assert.Contains("--layers 16 ", await page.Locator("#command").TextContentAsync(), StringComparison.Ordinal);
        await page.FillAsync("#epochs", "1000000");
        await page.SelectOptionAsync("#pace", "50");
        Assert.True(await page.IsDisabledAsync("#factor"));
        await page.ClickAsync("#start");
        await WaitFor(page, "running");
        await page.FocusAsync("#factor");
        await Press(page, ("ArrowLeft", 6));
        await page.WaitForFunctionAsync("() => document.querySelector('#fact-rate').textContent === '0.01'");
        await page.WaitForFunctionAsync("() => document.querySelector('#code-note').textContent.includes('does not repeat it exactly')");
        await page.ClickAsync("#start");
        await WaitFor(page, "paused");
        await page.WaitForSelectorAsync("#legend input");
        await page.ClickAsync("#stop");
        await WaitFor(page, "stopped");
        await page.ClickAsync("#reset");
        await WaitFor(page, "idle");
        await browser.Close(page);
    }

    [Fact]
    public async Task Axes_columns_and_notices_are_those_of_the_table()
    {
        await studio.Clean();
        string prices = await studio.Upload("prices.csv", "size,rooms,price\n" + string.Concat(
            Enumerable.Range(0, 200).Select(i => $"{i % 20},{i % 7},{100 + 10 * (i % 20) + i % 7}.5\n")));
        const string options = "layers=4&epochs=3&batch-size=16";
        var page = await browser.Open(studio, $"/train?data={prices}&target=size&{options}", 1024, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#target').value === 'size'");
        await page.SelectOptionAsync("#target", "price");
        Assert.Contains("target=price", page.Url, StringComparison.Ordinal);
        await page.ClickAsync("#start");
        await WaitFor(page, "finished");
        // The RMSE is far above 1, and the axis shows it.
        string[] labels = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('#metric-chart text[text-anchor=end]')].map(text => text.textContent)");
        Assert.Contains(labels, label => double.TryParse(label, CultureInfo.InvariantCulture, out double tick) && tick > 5);
        Assert.False(await page.IsVisibleAsync("#notices"));
        // Another table with as many columns has its own. What was assumed about it is said.
        string marks = await studio.Upload("marks.csv", "a,b,mark\n" + string.Concat(
            Enumerable.Range(0, 60).Select(i => $"{i % 9},{i % 7},{(i % 5 == 0 ? "" : i % 2 == 0 ? "x" : "y")}\n")));
        await page.ReloadAsync();
        await page.SelectOptionAsync("#data", marks);
        await page.WaitForFunctionAsync("() => document.querySelector('#target').value === 'mark'");
        await page.ClickAsync("#start");
        await page.WaitForFunctionAsync("() => document.querySelector('#notices').textContent.includes('12 rows have no mark')");
        await page.ReloadAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('#notices').textContent.includes('12 rows have no mark')");
        await browser.Close(page);
    }

    [Theory]
    [InlineData(1, "100 %"), InlineData(0, "0 %"), InlineData(0.9998, "> 99.9 %"), InlineData(0.0002, "< 0.1 %"), InlineData(0.5, "50.0 %")]
    public async Task Only_all_is_a_hundred_per_cent(double share, string expected)
    {
        var page = await browser.Open(studio, "/train", 1024, "light");
        Assert.Equal(expected, await page.EvaluateAsync<string>("async share => (await import('/shell.js')).percent(share)", share));
        await browser.Close(page);
    }

    [Fact]
    public async Task First_layer_weights_are_shown_and_the_network_reads_drawings()
    {
        await studio.Clean();
        var page = await browser.Open(studio, "/train?data=given&layers=16&epochs=2&batch-size=50", 1024, "light");
        await page.ClickAsync("#start");
        await WaitFor(page, "finished");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#weights canvas').length === 16");
        await page.Locator("#read").PressAsync("Enter"); // The layout still moves: a click might miss.
        await page.WaitForFunctionAsync("() => location.pathname === '/draw' || !document.querySelector('#problem').hidden");
        Assert.True(page.Url.EndsWith("/draw", StringComparison.Ordinal), await page.Locator("#problem").TextContentAsync());
        await page.WaitForFunctionAsync("() => document.querySelector('#reader').textContent.includes('trained on small digits')");
        await browser.Close(page);
    }

    [Fact]
    public async Task A_table_of_ones_own_is_trained_on()
    {
        await studio.Clean();
        var page = await browser.Open(studio, "/train", 1024, "light");
        var rows = Enumerable.Range(0, 60).Select(i => $"{i},{i % 7},{(i < 30 ? "low" : "high")}");
        await page.SetInputFilesAsync("#file", new FilePayload
        {
            Name = "levels.csv", MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("a,b,level\n" + string.Join('\n', rows)),
        });
        await page.WaitForFunctionAsync("() => document.querySelector('#data').selectedOptions[0].text === 'levels.csv'");
        Assert.Equal("level", await page.Locator("#target").InputValueAsync());
        Assert.Equal("", await page.InputValueAsync("#file")); // otherwise a browser does not notice that the same file is chosen again
        await page.ClickAsync("#start");
        await WaitFor(page, "finished");
        await page.FillAsync("#layers", "zero");
        await page.ClickAsync("#start");
        await page.WaitForSelectorAsync("#problem");
        Assert.Contains("layers is zero", await page.Locator("#problem").TextContentAsync(), StringComparison.Ordinal);
        await PageCheck.Run(page);
        await browser.Close(page);
    }

    private static async Task WaitFor(IPage page, string state) =>
        await page.WaitForFunctionAsync("state => document.body.dataset.state === state", state);

    private static async Task Press(IPage page, params (string Key, int Times)[] keys)
    {
        foreach (var (key, times) in keys)
        {
            for (int i = 0; i < times; i++)
                await page.Keyboard.PressAsync(key);
        }
    }

    private static async Task DrawSeven(IPage page)
    {
        await page.Locator("#pad").ScrollIntoViewIfNeededAsync();
        var box = (await page.Locator("#pad").BoundingBoxAsync())!;
        (float X, float Y)[] points = [(0.3f, 0.25f), (0.7f, 0.25f), (0.65f, 0.4f), (0.5f, 0.65f), (0.45f, 0.85f)];
        await page.Mouse.MoveAsync(box.X + points[0].X * box.Width, box.Y + points[0].Y * box.Height);
        await page.Mouse.DownAsync();
        foreach (var (x, y) in points)
            await page.Mouse.MoveAsync(box.X + x * box.Width, box.Y + y * box.Height, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        await page.WaitForFunctionAsync("() => document.body.dataset.answer");
    }
}
