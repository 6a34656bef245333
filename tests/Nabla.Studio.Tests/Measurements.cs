using System.Diagnostics;
using System.Globalization;

namespace Nabla.Studio.Tests;

/// <summary>How quickly the pages answer, and what they cost. Explicit: these take a quiet machine, and report rather than judge.</summary>
public sealed class Measurements(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string> Digits = new()
    {
        ["layers"] = "128", ["batch-size"] = "128", ["epochs"] = "100000",
    };

    // Moves the pen a little, and waits until the answer is in the page, and then until the frame with it is drawn. Nothing here waits
    // in a loop: that would take the processor from what is measured.
    private const string Stroke = """
        async () => {
          const pad = document.querySelector('#pad');
          const box = pad.getBoundingClientRect();
          const send = (type, x, y) => pad.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, bubbles: true,
            clientX: box.left + x * box.width, clientY: box.top + y * box.height }));
          pad.setPointerCapture = () => {};
          const answered = () => new Promise(done => {
            const observer = new MutationObserver(() => { observer.disconnect(); done(); });
            observer.observe(document.body, { attributeFilter: ['data-readings'] });
          });
          const drawn = () => new Promise(done => requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = done;
            channel.port2.postMessage(0);
          }));
          const answers = [], frames = [], trips = [], servers = [];
          send('pointerdown', 0.3, 0.25);
          await new Promise(done => setTimeout(done, 500));
          for (let i = 0; i < 150; i++) {
            const [down, back] = [Math.min(i / 60, 1), Math.max((i - 60) / 90, 0)];
            const answer = answered();
            const start = performance.now();
            send('pointermove', 0.3 + 0.4 * down - 0.25 * back, 0.25 + 0.6 * back);
            await answer;
            answers.push(performance.now() - start);
            trips.push(Number(pad.dataset.milliseconds));
            servers.push(Number(pad.dataset.server));
            await drawn();
            frames.push(performance.now() - start);
            await new Promise(done => setTimeout(done, 20));
          }
          send('pointerup', 0.45, 0.85);
          return [answers, frames, trips, servers];
        }
        """;

    [Fact(Explicit = true)]
    public async Task From_the_stroke_to_the_answer()
    {
        using var studio = new StudioFixture();
        await using var browser = await PlainBrowser.Start();
        await browser.Open(studio.Server.Address);
        foreach (bool trains in new[] { false, true })
        {
            if (trains)
                await studio.Start("digits", Digits);
            await browser.Open(Page(studio, "/draw"), "document.querySelectorAll('#bars li').length === 10");
            if (trains)
                await StudioFixture.Until(() => studio.State().State == "running");
            output.WriteLine(trains ? "while digits are trained" : "idle");
            await browser.Evaluate<double[][]>($"({Stroke})()");
            double[][] times = await browser.Evaluate<double[][]>($"({Stroke})()");
            foreach (var (what, each) in new[] { "stroke to answer", "stroke to its frame", "request", "server" }.Zip(times))
                output.WriteLine($"    {what}: {Times(each)}");
        }
    }

    [Theory(Explicit = true)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Updates_a_second_and_the_price_of_an_open_page(int threads)
    {
        using var studio = StudioFixture.WithThreads(threads);
        await using var browser = await PlainBrowser.Start();
        await studio.Start("digits", Digits);
        await StudioFixture.Until(() => studio.State().State == "running");
        await Speed(studio, TimeSpan.FromSeconds(5));
        await browser.Open(studio.Server.Address);
        var without = new List<double>();
        var with = new List<double>();
        for (int round = 0; round < 5; round++)
        {
            await browser.Open("about:blank");
            without.Add(await Speed(studio, TimeSpan.FromSeconds(8)));
            await browser.Open(Page(studio, "/train"), "Number(document.body.dataset.updates) > 20");
            int first = await Updates(browser);
            var watch = Stopwatch.StartNew();
            with.Add(await Speed(studio, TimeSpan.FromSeconds(8)));
            double updates = (await Updates(browser) - first) / watch.Elapsed.TotalSeconds;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"steps a second: {without[^1]:0} without a page, {with[^1]:0} with one; {updates:0.0} updates"));
        }
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"threads: {threads}; {100 * (1 - with.Sum() / without.Sum()):0.0} % slower with a page"));
    }

    private static string Page(StudioFixture studio, string path) => $"http://127.0.0.1:{studio.Port}{path}";

    private static Task<int> Updates(PlainBrowser browser) => browser.Evaluate<int>("Number(document.body.dataset.updates)");

    private static async Task<double> Speed(StudioFixture studio, TimeSpan time)
    {
        long first = studio.State().Step, start = Stopwatch.GetTimestamp();
        await Task.Delay(time);
        return (studio.State().Step - first) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Times(double[] times)
    {
        Array.Sort(times);
        return string.Create(CultureInfo.InvariantCulture,
            $"{times[times.Length / 2]:0.0} ms (median), {times[times.Length * 95 / 100]:0.0} ms (95 %)");
    }
}
