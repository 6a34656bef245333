using Nabla.Tests.Shared;

namespace Nabla.Studio.Tests;

/// <summary>Reports opened from a file, without a network, on small and large screens, in light and dark.</summary>
public sealed class ReportInBrowserTests(ReportFixture reports, BrowserFixture browser)
    : IClassFixture<ReportFixture>, IClassFixture<BrowserFixture>
{
    public static TheoryData<string, int, string> Cases =>
        new MatrixTheoryData<string, int, string>(["mnist", "table"], [375, 1280], ["light", "dark"]);

    [Theory, MemberData(nameof(Cases))]
    public async Task A_report_is_accessible_and_needs_no_network(string name, int width, string scheme)
    {
        var page = await browser.OpenFile(reports.PathOf(name), width, scheme);
        var addresses = new List<string>();
        page.Request += (_, request) => addresses.Add(request.Url);
        page.PageError += (_, error) => addresses.Add(error);
        await page.ReloadAsync();
        // Nothing but the file, and pictures inside it.
        Assert.All(addresses, address => Assert.True(
            address.StartsWith("file:", StringComparison.Ordinal) || address.StartsWith("data:", StringComparison.Ordinal), address));
        Assert.Single(addresses, address => address.StartsWith("file:", StringComparison.Ordinal));
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => details.open = true)");
        await PageCheck.Run(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public void An_html_validator_finds_nothing() => HtmlValidator.RequireValid(
        [File.ReadAllText(reports.PathOf("mnist")), File.ReadAllText(reports.PathOf("table"))]);
}
