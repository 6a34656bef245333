using Microsoft.Playwright;
using Nabla.Tests.Shared;

namespace Nabla.Studio.Tests;

/// <summary>Takes the pictures of docs/studio.md anew; look at them before they are committed.</summary>
public sealed class DocumentationPictures(BrowserFixture browser, DefaultModelFixture model)
    : IClassFixture<BrowserFixture>, IClassFixture<DefaultModelFixture>
{
    private const int Width = 1180;

    [Fact(Explicit = true)]
    public async Task Draw()
    {
        var page = await Open("/draw");
        var mouse = await PadMouse.Create(page);
        Assert.Equal("7", await mouse.Draw([[(0.28, 0.22), (0.72, 0.24), (0.55, 0.5), (0.45, 0.86)]]));
        await page.CheckAsync("#overlay");
        await Save(page, "draw", 1032);
    }

    [Fact(Explicit = true)]
    public async Task Train()
    {
        var page = await Open("/train");
        await page.SelectOptionAsync("#data", "spiral");
        foreach (var (field, value) in new[] { ("activation", "tanh"), ("init", "he"), ("optimizer", "adam"), ("schedule", "cosine") })
            await page.SelectOptionAsync($"#{field}", value);
        foreach (var (field, value) in new[] { ("layers", "32,32"), ("learning-rate", "0.01"), ("batch-size", "32"), ("epochs", "150") })
            await page.FillAsync($"#{field}", value);
        await Run(page);
        await Save(page, "train");
    }

    [Fact(Explicit = true)]
    public async Task Step_by_step()
    {
        var page = await Open("/steps?network=xor&layer=0&unit=1&weight=0&step=delta0");
        await page.CheckAsync("#slip");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#tables .wrong').length > 0");
        await Save(page, "steps", 1100);
    }

    [Fact(Explicit = true)]
    public async Task Lessons()
    {
        var page = await Open("/lessons?lesson=2");
        await Run(page);
        await page.SelectOptionAsync("#choice-init", "scaled");
        await Run(page);
        await page.ClickAsync("#check");
        await page.WaitForSelectorAsync("#verdict[data-solved=true]");
        await Save(page, "lessons", 1070);
    }

    [Fact(Explicit = true)]
    public async Task Mistakes()
    {
        var page = await Open("/mistakes?source=reader&class=4&predicted=9");
        await page.WaitForSelectorAsync("#gallery button");
        await page.Locator("#gallery button").First.ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#near canvas').length === 5");
        await Save(page, "mistakes");
    }

    private Task<IPage> Open(string path) => browser.Open(model.Server, path, Width, "light");

    private static async Task Run(IPage page)
    {
        await page.WaitForSelectorAsync("#start:enabled");
        string run = await page.EvaluateAsync<string>("() => document.body.dataset.run ?? ''");
        await page.ClickAsync("#start");
        await page.WaitForFunctionAsync(
            "run => document.body.dataset.run !== run && document.body.dataset.state === 'finished'", run);
    }

    /// <param name="page">The page; it is closed.</param>
    /// <param name="name">What the picture is called.</param>
    /// <param name="height">Where the picture ends; null to show the whole page.</param>
    private async Task Save(IPage page, string name, int? height = null)
    {
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        await page.Mouse.MoveAsync(0, 0);
        await page.EvaluateAsync("() => document.activeElement.blur()");
        // Charts and numbers follow at their own pace.
        await page.WaitForTimeoutAsync(1000);
        await page.ScreenshotAsync(new()
        {
            Path = Repository.PathOf("docs", "images", $"studio-{name}.png"),
            FullPage = true,
            Clip = height is null ? null : new() { Width = Width, Height = height.Value },
        });
        await browser.Close(page);
    }
}
