using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Nabla.Studio.Tests;

/// <summary>What every page must fulfil.</summary>
internal static class PageCheck
{
    /// <summary>Widths in pixels, and colour schemes, in which every page is driven.</summary>
    public static TheoryData<int, string> Screens => new()
    {
        { 320, "dark" },
        { 375, "light" }, { 375, "dark" }, { 1024, "light" }, { 1024, "dark" }, { 1920, "light" }, { 1920, "dark" },
    };

    /// <summary>Nothing overflows to the side.</summary>
    public static async Task Width(IPage page)
    {
        int overflow = await page.EvaluateAsync<int>(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"The page is {overflow} pixels too wide.");
    }

    /// <summary>Nothing overflows to the side, and axe finds no violation.</summary>
    public static async Task Run(IPage page)
    {
        await Width(page);
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(
            violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")));
    }

    /// <summary>Presses Tab until a condition on the page holds.</summary>
    public static async Task TabUntil(IPage page, string condition)
    {
        for (int i = 0; i < 80 && !await page.EvaluateAsync<bool>($"() => {condition}"); i++)
            await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>($"() => {condition}"));
    }
}
