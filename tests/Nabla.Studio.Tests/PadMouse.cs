using Microsoft.Playwright;

namespace Nabla.Studio.Tests;

/// <summary>
/// Draws on the pad with the mouse. The browser is sent all moves of a drawing at once and deals with them as with those of a mouse: in
/// order, and several for each frame. To wait for each move would take a frame for each point.
/// </summary>
internal sealed class PadMouse
{
    // Until the answer in the page is that to the whole drawing.
    private const string Answer = """
        () => new Promise(done => {
          const data = document.body.dataset;
          const look = () => data.read === data.drawn && (observer.disconnect(), done(data.answer));
          const observer = new MutationObserver(look);
          observer.observe(document.body, { attributes: true });
          look();
        })
        """;

    private readonly IPage page;
    private readonly ICDPSession session;
    private readonly LocatorBoundingBoxResult pad;
    private readonly LocatorBoundingBoxResult clear;
    private readonly List<Task> sent = [];

    private PadMouse(IPage page, ICDPSession session, LocatorBoundingBoxResult pad, LocatorBoundingBoxResult clear) =>
        (this.page, this.session, this.pad, this.clear) = (page, session, pad, clear);

    /// <summary>Takes the mouse of a page that shows the pad.</summary>
    public static async Task<PadMouse> Create(IPage page)
    {
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#bars li').length === 10");
        await page.Locator("#clear").ScrollIntoViewIfNeededAsync();
        var (pad, clear) = (await page.Locator("#pad").BoundingBoxAsync(), await page.Locator("#clear").BoundingBoxAsync());
        Assert.True(pad!.Y >= 0, "The pad and its buttons are not seen at once.");
        return new PadMouse(page, await page.Context.NewCDPSessionAsync(page), pad, clear!);
    }

    /// <summary>Clears the pad, draws strokes, and waits for the answer.</summary>
    /// <param name="strokes">Points: shares of the pad.</param>
    /// <returns>The class that the page shows.</returns>
    public async Task<string> Draw(IEnumerable<(double X, double Y)[]> strokes)
    {
        Stroke(clear, [(0.5, 0.5)]);
        foreach (var stroke in strokes)
            Stroke(pad, stroke);
        await Task.WhenAll(sent);
        sent.Clear();
        return await page.EvaluateAsync<string>(Answer);
    }

    private void Stroke(LocatorBoundingBoxResult box, (double X, double Y)[] points)
    {
        Send("mouseMoved", box, points[0], buttons: 0);
        Send("mousePressed", box, points[0], buttons: 1);
        foreach (var point in points.Skip(1))
            Send("mouseMoved", box, point, buttons: 1);
        Send("mouseReleased", box, points[^1], buttons: 0);
    }

    private void Send(string type, LocatorBoundingBoxResult box, (double X, double Y) point, int buttons) =>
        sent.Add(session.SendAsync("Input.dispatchMouseEvent", new()
        {
            ["type"] = type,
            ["x"] = box.X + point.X * box.Width,
            ["y"] = box.Y + point.Y * box.Height,
            ["button"] = type == "mouseMoved" && buttons == 0 ? "none" : "left",
            ["buttons"] = buttons,
            ["clickCount"] = type == "mouseMoved" ? 0 : 1,
        }));
}
