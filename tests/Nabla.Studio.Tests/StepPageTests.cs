using System.Text.Json;
using Microsoft.Playwright;

namespace Nabla.Studio.Tests;

/// <summary>The page for single steps in a browser: all steps by keyboard, weights by mouse and keyboard, the slip, saturation.</summary>
public sealed class StepPageTests(StudioFixture studio, BrowserFixture browser)
    : IClassFixture<StudioFixture>, IClassFixture<BrowserFixture>
{
    private static readonly string[] Walk =
        ["input", "z0", "a0", "z1", "a1", "loss", "delta1", "nabla1", "delta0", "nabla0", "update"];

    public static TheoryData<int, string> Screens => PageCheck.Screens;

    // Lines of formulas with less than four pixels to the line above: fractions are high, and would touch.
    private const string FormulasWithoutRoom =
        """
        () => ['formulas', 'weight-formulas'].flatMap(id => {
          const lines = [...document.querySelectorAll(`#${id} > .formula`)].map(line =>
            [...line.querySelectorAll('math *')].map(part => part.getBoundingClientRect()));
          return lines.slice(1).filter((line, i) =>
            Math.min(...line.map(box => box.top)) < Math.max(...lines[i].map(box => box.bottom)) + 4);
        }).length
        """;

    // Whether the middle of the column that the step is about is on the screen.
    private const string IsColumnSeen =
        """
        () => {
          const [net, column] = ['#net', '#net .now'].map(query => document.querySelector(query).getBoundingClientRect());
          const middle = (column.left + column.right) / 2;
          return net.left < middle && middle < net.right;
        }
        """;

    [Theory, MemberData(nameof(Screens))]
    public async Task All_steps_are_walked_on_every_screen(int width, string scheme)
    {
        // axe takes seconds: it looks at errors with the slip beside them, and at sums of a picture.
        (string, string)[] cases = [("/steps?network=xor-saturated&slip=1", "delta0"), ("/steps?network=reader&example=2", "z0")];
        foreach (var (address, examined) in cases)
        {
            var page = await browser.Open(studio, address, width, scheme);
            foreach (string step in Walk)
            {
                await WaitFor(page, step);
                await (step == examined ? PageCheck.Run(page) : PageCheck.Width(page));
                Assert.Equal(0, await page.EvaluateAsync<int>(FormulasWithoutRoom));
                Assert.True(await page.EvaluateAsync<bool>(IsColumnSeen), $"{step} at {width}");
                if (step != "update")
                    await page.ClickAsync("#next");
            }
            Assert.True(await page.IsDisabledAsync("#next"));
            await browser.Close(page);
        }
    }

    [Fact]
    public async Task A_layer_that_is_on_kinks_is_no_failure_of_the_gradient_check()
    {
        string layers = string.Join(',', Enumerable.Repeat(3, 30));
        await studio.Start("circles", new() { ["layers"] = layers, ["activation"] = "relu" }, start: "step");
        await StudioFixture.Until(() => studio.State().State == "paused");
        var page = await browser.Open(studio, "/steps?network=run", 1024, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#check').textContent.includes('agrees where it can be compared')");
        await studio.Clean();
        await browser.Close(page);
    }

    [Fact]
    public async Task All_steps_are_walked_by_keyboard_and_the_numbers_are_those_of_the_answer()
    {
        var page = await browser.Open(studio, "/steps?slip=1", 1024, "light");
        await WaitFor(page, "input");
        await page.FocusAsync("#next");
        foreach (string step in Walk)
        {
            await WaitFor(page, step);
            string query = new Uri(page.Url).Query;
            Assert.Contains($"step={step}", query, StringComparison.Ordinal);
            await CheckNumbers(page, query[..query.IndexOf("&step", StringComparison.Ordinal)]);
            await page.Keyboard.PressAsync("Enter");
        }
        await page.FocusAsync("#previous");
        foreach (string step in Walk.Reverse())
        {
            await WaitFor(page, step);
            await page.Keyboard.PressAsync("Enter");
        }
        await browser.Close(page);
    }

    [Fact]
    public async Task A_weight_is_chosen_by_mouse_and_by_keyboard()
    {
        var page = await browser.Open(studio, "/steps?step=z0", 1024, "light");
        await WaitFor(page, "z0");
        await page.ClickAsync("[data-key='0/2']");
        await page.WaitForFunctionAsync("() => document.querySelector('#weight-unit').textContent.startsWith('unit 2 of layer 0')");
        await page.DispatchEventAsync("[data-edge='-1/1 0/2']", "click");
        await page.WaitForFunctionAsync("() => location.search.includes('weight=1')");
        await CheckWeight(page, "/api/steps?layer=0&unit=2&weight=1");
        await page.FocusAsync("[data-weight='bias']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.querySelector('#weight').value === 'bias'");
        await CheckWeight(page, "/api/steps?layer=0&unit=2&weight=bias");
        await page.SelectOptionAsync("#weight", "0");
        await page.WaitForFunctionAsync("() => location.search.includes('weight=0')");
        await CheckWeight(page, "/api/steps?layer=0&unit=2&weight=0");
        // The address leads back to the same numbers.
        string facts = (await page.Locator("#weight-facts").TextContentAsync())!;
        await page.ReloadAsync();
        await WaitFor(page, "z0");
        Assert.Equal(facts, await page.Locator("#weight-facts").TextContentAsync());
        await browser.Close(page);
    }

    [Fact]
    public async Task The_slip_shows_the_wrong_numbers_beside_the_right_ones()
    {
        var page = await browser.Open(studio, "/steps?step=delta0", 1024, "light");
        await WaitFor(page, "delta0");
        Assert.Equal(0, await page.Locator("#tables .wrong").CountAsync());
        Assert.StartsWith("Backpropagation ✓ passes", await page.Locator("#check").TextContentAsync(), StringComparison.Ordinal);
        await page.FocusAsync("#slip");
        await page.Keyboard.PressAsync("Space");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#tables .wrong').length > 0");
        Assert.StartsWith(
            "With the notebook's slip it ✗ fails", await page.Locator("#slip-check").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("✓", (await page.Locator("#weight-text").TextContentAsync())![..1]);
        await page.UncheckAsync("#slip");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.wrong').length === 0");
        await browser.Close(page);
    }

    [Fact]
    public async Task Saturated_units_are_marked_and_explained()
    {
        var page = await browser.Open(studio, "/steps?network=xor-saturated&step=a0", 1024, "light");
        await WaitFor(page, "a0");
        int flat = (await studio.Get("/api/steps?network=xor-saturated")).GetProperty("layers")[0].GetProperty("flat").GetInt32();
        Assert.True(flat > 0);
        Assert.Equal(flat, await page.Locator("#net section:nth-of-type(2) .mark").CountAsync());
        Assert.Contains($"{flat} of 3 units", await page.Locator("#flat").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("nearly 0", await page.Locator("#flat").TextContentAsync(), StringComparison.Ordinal);
        await page.SelectOptionAsync("#network", "xor");
        await WaitFor(page, "input");
        await page.SelectOptionAsync("#step", "a0");
        await WaitFor(page, "a0");
        Assert.False(await page.IsVisibleAsync("#flat"));
        await browser.Close(page);
    }

    [Fact]
    public async Task A_network_that_cannot_be_shown_is_explained()
    {
        studio.Server.Studio.Workshop.Steer(control => control.Command("stop"));
        await StudioFixture.Until(() => studio.Server.Studio.Workshop.Reset());
        var page = await browser.Open(studio, "/steps?network=run", 375, "light");
        await page.WaitForFunctionAsync("() => document.querySelector('#problem').textContent.includes('no run yet')");
        await page.SelectOptionAsync("#network", "xor");
        await WaitFor(page, "input");
        Assert.False(await page.IsVisibleAsync("#problem"));
        await browser.Close(page);
    }

    /// <summary>Each number of the formulas and tables is one of the answer, to the last digit.</summary>
    private async Task CheckNumbers(IPage page, string query)
    {
        string[] shown = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('#formulas [data-value], #weight-formulas [data-value]')].map(each => each.dataset.value)
              .concat([...document.querySelectorAll('#tables data, #net data, #weight-facts data')].map(each => each.value))
            """);
        var answer = Numbers(await studio.Get($"/api/steps{query}")).ToHashSet();
        Assert.NotEmpty(shown);
        Assert.All(shown, text => Assert.Contains(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture), answer));
    }

    private async Task CheckWeight(IPage page, string path)
    {
        var weight = (await studio.Get(path)).GetProperty("weight");
        double[] shown = await page.EvaluateAsync<double[]>(
            "() => [...document.querySelectorAll('#weight-facts data')].map(each => Number(each.value))");
        string[] names = ["x", "w", "gradient", "difference", "step", "relativeDifference", "learningRate", "newValue"];
        Assert.Equal(names.Select(name => weight.GetProperty(name).GetDouble()), shown);
    }

    private static IEnumerable<double> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Numbers(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Number => [element.GetDouble()],
        _ => [],
    };

    private static async Task WaitFor(IPage page, string step) =>
        await page.WaitForFunctionAsync("step => document.body.dataset.step === step", step);
}
