using Microsoft.Playwright;

namespace Nabla.Studio.Tests;

/// <summary>Chromium, if this machine has it.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        string? path = Places.FirstOrDefault(File.Exists);
        if (path is null)
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    /// <summary>Opens a page of the studio; without Chromium, the test is skipped.</summary>
    public Task<IPage> Open(StudioFixture studio, string path, int width, string scheme) => Open(studio.Server, path, width, scheme);

    internal async Task<IPage> Open(StudioServer server, string path, int width, string scheme)
    {
        Assert.SkipWhen(browser is null, "This machine has no Chromium.");
        var context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        page.PageError += (_, error) => throw new InvalidOperationException(error);
        await page.GotoAsync(server.Address);
        if (!page.Url.EndsWith(path, StringComparison.Ordinal))
            await page.GotoAsync($"http://127.0.0.1:{server.Port}{path}");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
