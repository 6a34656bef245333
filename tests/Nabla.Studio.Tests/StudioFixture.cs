using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Nabla.Studio.Tests;

/// <summary>A running studio with a small model, and a browser's session.</summary>
public sealed class StudioFixture : IDisposable
{
    private static readonly Lazy<Classifier> SmallModel = new(() => Classifier.Train(
        Digits.Generate(3000, seed: 1),
        new TrainingOptions { Hidden = [48], Epochs = 4, Optimizer = new AdamOptions { LearningRate = 0.005f } }));

    private readonly ConcurrentQueue<string> lines = [];
    private readonly HttpClientHandler handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };

    public StudioFixture()
        : this(SmallModel.Value, threads: 0)
    {
    }

    /// <param name="model">The model that reads drawings; null to train one.</param>
    /// <param name="threads">The most threads that train; 0 for the usual number.</param>
    private StudioFixture(Classifier? model, int threads)
    {
        string empty = Directory.CreateTempSubdirectory("nabla-studio-").FullName;
        Options = new StudioOptions
        {
            Model = model,
            ModelName = "small.safetensors",
            Threads = threads,
            Source = new GivenData("small digits", options => StudioData.HoldingOut(
                "small digits", Digits.Generate(1000, seed: 2), options.Seed, "small.npz", "// small")),
            Mnist = new MnistOptions { CurrentDirectory = empty, CacheDirectory = empty, EnvironmentDirectory = empty },
            Inform = lines.Enqueue,
        };
        Server = StudioServer.StartAsync(Options).Result;
        Client = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{Server.Port}") };
        Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var opened = Client.GetAsync(new Uri(Server.Address)).Result;
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        var cookies = handler.CookieContainer.GetCookies(Client.BaseAddress);
        Cookie = string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}"));
    }

    internal StudioServer Server { get; }

    internal StudioOptions Options { get; }

    /// <summary>A studio without a model, which trains the default one.</summary>
    public static StudioFixture WithoutModel() => new(model: null, threads: 0);

    /// <summary>A studio that trains with a number of threads.</summary>
    public static StudioFixture WithThreads(int threads) => new(SmallModel.Value, threads);

    /// <summary>What the terminal shows.</summary>
    public IEnumerable<string> Lines => lines;

    /// <summary>Requests with the cookie, as from the studio's own pages.</summary>
    public HttpClient Client { get; }

    /// <summary>The header Cookie.</summary>
    public string Cookie { get; }

    public int Port => Server.Port;

    internal async Task<JsonElement> Post(string path, object message, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Client.PostAsync(path, JsonContent.Create(message));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{path}: {response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    internal async Task<JsonElement> Get(string path) => JsonDocument.Parse(await Client.GetStringAsync(path)).RootElement;

    /// <summary>Sends a file.</summary>
    /// <returns>The name of the data.</returns>
    internal async Task<string> Upload(string name, string table)
    {
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(table));
        content.Headers.ContentType = new("application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/upload?name={Uri.EscapeDataString(name)}") { Content = content };
        using var response = await Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("data").EnumerateArray().Last().GetProperty("name").GetString()!;
    }

    /// <summary>Starts a run once no other goes on.</summary>
    internal async Task Start(string data, Dictionary<string, string> options, string start = "run", string? target = null)
    {
        await Idle();
        await Post("/api/run", new { data, options, start, target });
    }

    /// <summary>Ends the current run, if any, and shows none. Earlier runs stay.</summary>
    internal async Task Idle()
    {
        Server.Studio.Workshop.Steer(control => control.Command("stop"));
        await Until(() => Server.Studio.Workshop.Reset());
    }

    /// <summary>As when the studio has just begun: no run, no earlier runs, no corrections.</summary>
    internal async Task Clean()
    {
        await Idle();
        Server.Studio.Workshop.Forget();
        if (Server.Studio.Reader is { } reader)
            Server.Studio.Corrections.Clear(reader);
    }

    /// <summary>The state of the current run.</summary>
    internal StateMessage State() => Server.Studio.Workshop.Current!.View.Read(new RunCursor());

    internal static async Task Until(Func<bool> holds)
    {
        var deadline = DateTime.UtcNow.AddMinutes(5);
        while (!holds())
        {
            Assert.True(DateTime.UtcNow < deadline, "It took more than five minutes.");
            await Task.Delay(10);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        handler.Dispose();
        Server.Dispose();
    }
}
