using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Nabla.Studio.Tests;

/// <summary>Chromium, if this machine has it.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly ConcurrentDictionary<IPage, ConcurrentQueue<string>> errors = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The program; null if this machine has none.</summary>
    public static string? Program => Places.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox"] });
    }

    /// <summary>Opens a page of the studio; without Chromium, the test is skipped.</summary>
    public Task<IPage> Open(StudioFixture studio, string path, int width, string scheme) => Open(studio.Server, path, width, scheme);

    internal async Task<IPage> Open(StudioServer server, string path, int width, string scheme)
    {
        var page = await OpenEmpty(width, scheme);
        await page.GotoAsync(server.Address);
        if (!page.Url.EndsWith(path, StringComparison.Ordinal))
            await page.GotoAsync($"http://127.0.0.1:{server.Port}{path}");
        return page;
    }

    /// <summary>Opens a page without content, in a browser that knows nothing yet; without Chromium, the test is skipped.</summary>
    public async Task<IPage> OpenEmpty(int width, string scheme)
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
        errors[page] = [];
        page.PageError += (_, error) => errors[page].Enqueue(error);
        return page;
    }

    /// <summary>Opens a file, without a network; without Chromium, the test is skipped.</summary>
    public async Task<IPage> OpenFile(string path, int width, string scheme)
    {
        Assert.SkipWhen(browser is null, "This machine has no Chromium.");
        var context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            Offline = true,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return page;
    }

    /// <summary>Closes a page. No script may have failed.</summary>
    public async Task Close(IPage page)
    {
        await page.Context.CloseAsync();
        Assert.Empty(errors[page]);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
