using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nabla.Studio.Tests;

/// <summary>
/// Chromium with one page, which is asked for the values of expressions and nothing else. Playwright follows each request and each message
/// of a page, which doubles the time of a request.
/// </summary>
internal sealed class PlainBrowser : IAsyncDisposable
{
    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("nabla-chromium-");
    private readonly ClientWebSocket socket = new();
    private Process? process;
    private int calls;

    /// <summary>Starts Chromium; without it, the test is skipped.</summary>
    public static async Task<PlainBrowser> Start()
    {
        Assert.SkipWhen(BrowserFixture.Program is null, "This machine has no Chromium.");
        var browser = new PlainBrowser();
        browser.process = Process.Start(new ProcessStartInfo(BrowserFixture.Program!,
        [
            "--headless=new", "--no-sandbox", "--remote-debugging-port=0", $"--user-data-dir={browser.profile.FullName}",
            "--window-size=1024,900", "about:blank",
        ]) { RedirectStandardError = true });
        browser.process!.ErrorDataReceived += (_, _) => { };
        browser.process.BeginErrorReadLine();
        // The file has the port, and the address below it.
        string announced = Path.Combine(browser.profile.FullName, "DevToolsActivePort");
        await StudioFixture.Until(() => File.Exists(announced) && File.ReadAllLines(announced).Length == 2);
        string port = File.ReadAllLines(announced)[0];
        using var client = new HttpClient();
        var targets = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json")))!.AsArray();
        var page = targets.First(target => (string?)target!["type"] == "page");
        await browser.socket.ConnectAsync(new Uri((string)page!["webSocketDebuggerUrl"]!), default);
        return browser;
    }

    /// <summary>Opens a page, and waits until an expression is true there.</summary>
    public async Task Open(string address, string condition = "true")
    {
        await Call("Page.navigate", new JsonObject { ["url"] = address });
        for (int attempt = 0; ; attempt++)
        {
            Assert.True(attempt < 600, $"{address} has not become as expected: {condition}");
            await Task.Delay(100);
            if (await Evaluate<bool>($"document.readyState === 'complete' && ({condition})"))
                return;
        }
    }

    /// <summary>The value of an expression, or that of its promise.</summary>
    public async Task<T> Evaluate<T>(string expression)
    {
        var answer = await Call("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true,
        });
        Assert.True(answer["exceptionDetails"] is null, $"{answer["exceptionDetails"]}");
        return answer["result"]!["value"].Deserialize<T>()!;
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        profile.Delete(recursive: true);
    }

    private async Task<JsonNode> Call(string method, JsonObject parameters)
    {
        int id = ++calls;
        byte[] request = JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });
        await socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, default);
        while (true)
        {
            var message = await Receive();
            if ((int?)message["id"] == id)
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message["error"]}");
        }
    }

    private async Task<JsonNode> Receive()
    {
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, default);
            content.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(content.ToArray())!;
    }
}
