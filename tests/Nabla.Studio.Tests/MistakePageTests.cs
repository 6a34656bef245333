using Microsoft.Playwright;

namespace Nabla.Studio.Tests;

/// <summary>The page of mistakes in a browser: by mouse and keyboard, on small and large screens, in light and dark.</summary>
public sealed class MistakePageTests(StudioFixture studio, BrowserFixture browser)
    : IClassFixture<StudioFixture>, IClassFixture<BrowserFixture>
{
    public static TheoryData<int, string> Screens => PageCheck.Screens;

    [Theory, MemberData(nameof(Screens))]
    public async Task Digits_are_shown_by_cell_with_near_ones(int width, string scheme)
    {
        var page = await browser.Open(studio, "/mistakes?source=reader", width, scheme);
        await WaitForGallery(page, "all");
        await PageCheck.Run(page);
        await page.Locator("#matrix td.right button").First.ClickAsync();
        await WaitForGallery(page, "0 0");
        Assert.Equal("true", await page.Locator("#matrix td.right button").First.GetAttributeAsync("aria-pressed"));
        await page.Locator("#gallery button").First.ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#near canvas').length === 5");
        Assert.Equal(10, await page.Locator("#scores li").CountAsync());
        await page.Locator("#by-hidden").ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('#near').dataset.space === 'hidden'");
        await PageCheck.Run(page);
        await browser.Close(page);
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Rows_of_a_table_are_shown_by_column(int width, string scheme)
    {
        await studio.Start("spiral", new() { ["layers"] = "8", ["epochs"] = "1" });
        await StudioFixture.Until(() => studio.State().State == "finished");
        var page = await browser.Open(studio, "/mistakes?source=run", width, scheme);
        await WaitForGallery(page, "all");
        await page.Locator("#gallery tbody button").First.ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#near thead th').length === 6");
        await PageCheck.Run(page);
        await browser.Close(page);
    }

    [Fact]
    public async Task Everything_is_reached_by_keyboard_and_kept_in_the_address()
    {
        var page = await browser.Open(studio, "/mistakes", 1024, "light");
        await WaitForGallery(page, "all");
        await PageCheck.TabUntil(page, "document.activeElement.dataset.place !== undefined");
        Assert.Equal("0 0", await page.EvaluateAsync<string>("() => document.activeElement.dataset.place"));
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowDown");
        string place = await page.EvaluateAsync<string>("() => document.activeElement.dataset.place");
        Assert.NotEqual("0 0", place);
        await page.Keyboard.PressAsync("Enter");
        await WaitForGallery(page, place);
        Assert.Equal("true", await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-pressed')"));
        await PageCheck.TabUntil(page, "document.activeElement.dataset.example !== undefined");
        await page.Keyboard.PressAsync("Space");
        await page.WaitForFunctionAsync("() => document.body.dataset.example.endsWith('inputs')");
        await PageCheck.TabUntil(page, "document.activeElement.id === 'by-hidden'");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.body.dataset.example.endsWith('hidden')");
        string example = await page.EvaluateAsync<string>("() => document.body.dataset.example");
        string title = (await page.Locator("#gallery-title").TextContentAsync())!;
        await page.ReloadAsync();
        await WaitForGallery(page, place);
        await page.WaitForFunctionAsync("example => document.body.dataset.example === example", example);
        Assert.Equal(title, await page.Locator("#gallery-title").TextContentAsync());
        // A second press of the cell shows all mistakes again.
        await page.Locator("#matrix button[aria-pressed=true]").PressAsync("Enter");
        await WaitForGallery(page, "all");
        await browser.Close(page);
    }

    [Fact]
    public async Task Pages_of_examples_are_turned()
    {
        // More than fit on a page are on the diagonal of a network that predicts one class.
        await studio.Start("moons", new() { ["layers"] = "4", ["epochs"] = "3" });
        await StudioFixture.Until(() => studio.State().State == "finished");
        var page = await browser.Open(studio, "/mistakes?source=run&class=0&predicted=0", 1024, "light");
        await WaitForGallery(page, "0 0 0");
        string first = (await page.Locator("#gallery tbody button").First.TextContentAsync())!;
        Assert.True(await page.Locator("#before").IsDisabledAsync());
        await page.ClickAsync("#after");
        await WaitForGallery(page, "0 0 24");
        Assert.NotEqual(first, await page.Locator("#gallery tbody button").First.TextContentAsync());
        Assert.Contains("page=2", page.Url, StringComparison.Ordinal);
        await page.ClickAsync("#before");
        await WaitForGallery(page, "0 0 0");
        // An address with a page that the list does not have, and classes and examples that there are not.
        await page.GotoAsync($"http://127.0.0.1:{studio.Port}/mistakes?source=run&page=900&class=77&predicted=1&example=1000000");
        await WaitForGallery(page, "all");
        Assert.True(await page.Locator("#problem").IsHiddenAsync());
        await browser.Close(page);
    }

    [Fact]
    public async Task The_page_follows_the_network_that_reads()
    {
        var page = await browser.Open(studio, "/mistakes?source=reader", 1024, "dark");
        await WaitForGallery(page, "all");
        string network = await page.EvaluateAsync<string>("() => document.body.dataset.network");
        string accuracy = await Accuracy(page);
        var reader = studio.Server.Studio.Reader!;
        var model = Classifier.Train(reader.Data!.Train, new TrainingOptions { Hidden = [4], Epochs = 1 });
        studio.Server.Studio.SetReader(new DigitReader(model, "a weaker one", reader.Data));
        await page.WaitForFunctionAsync("network => document.body.dataset.network !== network", network);
        Assert.NotEqual(accuracy, await Accuracy(page));
        studio.Server.Studio.SetReader(reader);
        await page.WaitForFunctionAsync("text => document.querySelector('#facts dd').textContent === text", accuracy);
        await browser.Close(page);
    }

    [Fact]
    public async Task A_run_that_goes_on_is_waited_for()
    {
        await studio.Start("circles", new() { ["layers"] = "8", ["epochs"] = "100000000" });
        var page = await browser.Open(studio, "/mistakes?source=run", 375, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#status').textContent.includes('has not ended')");
        Assert.True(await page.Locator("#content").IsHiddenAsync());
        await PageCheck.Run(page);
        await studio.Post("/api/run/command", new { command = "stop" });
        await WaitForGallery(page, "all");
        await page.SelectOptionAsync("#source", "reader");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#matrix tbody tr').length === 10");
        await browser.Close(page);
    }

    private static Task<string> Accuracy(IPage page) => page.EvaluateAsync<string>("() => document.querySelector('#facts dd').textContent");

    private static async Task WaitForGallery(IPage page, string begin) => await page.WaitForFunctionAsync(
        "begin => (document.body.dataset.gallery ?? '').startsWith(begin)", begin);
}
