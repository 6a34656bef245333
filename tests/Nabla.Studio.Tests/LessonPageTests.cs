using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace Nabla.Studio.Tests;

/// <summary>The lessons in a browser: each task is solved, and failed, through the controls of the page.</summary>
public sealed class LessonPageTests(StudioFixture studio, BrowserFixture browser, ITestOutputHelper output)
    : IClassFixture<StudioFixture>, IClassFixture<BrowserFixture>
{
    public static TheoryData<int> Lessons => [.. Enumerable.Range(1, 6)];

    public static TheoryData<int, int, string> Screens =>
        [.. from lesson in Enumerable.Range(1, 6) from screen in PageCheck.Screens select (lesson, screen.Data.Item1, screen.Data.Item2)];

    [Theory(Explicit = true), MemberData(nameof(Lessons))]
    public async Task A_task_is_solved_and_remembered(int lesson)
    {
        var page = await Play(LessonScript.Solving[lesson - 1], isSolved: true);
        Assert.Contains("solved", await page.Locator("#list a[aria-current]").TextContentAsync(), StringComparison.Ordinal);
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("#list a[aria-current] .solved");
        await page.ClickAsync("#forget-progress");
        Assert.Equal(0, await page.Locator("#list .solved").CountAsync());
        await browser.Close(page);
    }

    [Theory(Explicit = true), MemberData(nameof(Lessons))]
    public async Task A_task_is_failed_with_the_reason(int lesson)
    {
        var page = await Play(LessonScript.Failing[lesson - 1], isSolved: false);
        Assert.Equal(0, await page.Locator("#list .solved").CountAsync());
        await browser.Close(page);
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Each_lesson_fits_the_screen_and_is_accessible(int lesson, int width, string scheme)
    {
        await studio.Clean();
        var page = await browser.Open(studio, $"/lessons?lesson={lesson}", width, scheme);
        await page.WaitForSelectorAsync("#check:enabled");
        Assert.Equal(1, await page.Locator("article:visible").CountAsync());
        Assert.Contains($"Lesson {lesson}:", await page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);
        await page.Locator("article:visible details summary").ClickAsync();
        await page.ClickAsync("#check");
        await page.WaitForSelectorAsync("#verdict:visible");
        if (lesson == 6)
        {
            await page.ClickAsync("#compare");
            await page.WaitForSelectorAsync("#gradient-rows tr");
        }
        await PageCheck.Run(page);
        await browser.Close(page);
    }

    [Fact]
    public async Task A_lesson_is_worked_through_by_keyboard_alone()
    {
        await studio.Clean();
        var page = await browser.Open(studio, "/lessons?lesson=1", 1024, "light");
        await page.WaitForSelectorAsync("#start:enabled");
        await PageCheck.TabUntil(page, "document.activeElement.id === 'choice-learning-rate'");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("0.1");
        await page.Keyboard.PressAsync("Enter");
        await Ended(page, 0);
        await page.FocusAsync("h1 ~ p, .skip");
        await PageCheck.TabUntil(page, "document.activeElement.id === 'check'");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.querySelector('#verdict').textContent.includes('on XOR')");
        await browser.Close(page);
    }

    [Fact]
    public async Task A_run_of_another_page_is_named_and_not_shown()
    {
        await studio.Start("xor", new() { ["layers"] = "8", ["epochs"] = "100000000" });
        var page = await browser.Open(studio, "/lessons?lesson=4", 1024, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#status').textContent.startsWith('Another run goes on (8 relu')");
        Assert.True(await page.Locator("#start").IsDisabledAsync());
        Assert.Equal(0, await page.Locator("#loss-chart polyline").CountAsync());
        await page.ClickAsync("#stop");
        await page.WaitForSelectorAsync("#start:enabled");
        await page.FillAsync("#choice-learning-rate", "none");
        await page.ClickAsync("#start");
        await page.WaitForFunctionAsync("() => document.querySelector('#problem').textContent.includes('learning-rate')");
        await browser.Close(page);
    }

    private async Task<IPage> Play(LessonScript script, bool isSolved)
    {
        await studio.Clean();
        var page = await browser.Open(studio, $"/lessons?lesson={script.Lesson}", 1024, "light");
        var watch = Stopwatch.StartNew();
        foreach (var changes in script.Changes)
        {
            await page.WaitForSelectorAsync("#start:enabled");
            int before = await page.EvaluateAsync<int>("() => Number(document.body.dataset.run)");
            foreach (var (name, value) in changes)
                await Set(page, $"#choice-{name}", value);
            await page.ClickAsync("#start");
            await Ended(page, before);
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.0} s"));
        await Answer(page, script);
        await page.ClickAsync("#check");
        await page.WaitForSelectorAsync("#verdict:visible");
        string verdict = (await page.Locator("#verdict").TextContentAsync())!;
        output.WriteLine(verdict);
        Assert.Contains(script.Expected, verdict, StringComparison.Ordinal);
        Assert.Equal(isSolved ? "true" : "false", await page.Locator("#verdict").GetAttributeAsync("data-solved"));
        return page;
    }

    private static async Task Answer(IPage page, LessonScript script)
    {
        if (script.Table.Length == 0)
            return;
        await page.SelectOptionAsync("#answer-table", script.Table);
        string ratio = script.Ratio;
        if (ratio == "read")
        {
            await page.ClickAsync("#compare");
            await page.WaitForSelectorAsync("#gradient-rows tr");
            double[] norms = [.. (await page.Locator("#gradient-rows tr").First.Locator("td").AllTextContentsAsync()).Skip(2).Take(2)
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            ratio = (norms[0] / norms[1]).ToString("0.0", CultureInfo.InvariantCulture);
        }
        await page.FillAsync("#answer-ratio", ratio);
    }

    private static async Task Set(IPage page, string control, string value)
    {
        if (await page.Locator(control).EvaluateAsync<string>("field => field.tagName") == "SELECT")
            await page.SelectOptionAsync(control, value);
        else
            await page.FillAsync(control, value);
    }

    // The server is asked first: a busy machine may take longer to train than a page is waited for.
    private async Task Ended(IPage page, int before)
    {
        await StudioFixture.Until(() => studio.Server.Studio.Workshop.Current is { HasEnded: true } run && run.View.Run > before);
        await page.WaitForFunctionAsync(
            "run => document.body.dataset.run === run && ['finished', 'failed'].includes(document.body.dataset.state)",
            $"{studio.Server.Studio.Workshop.Current!.View.Run}");
    }
}
