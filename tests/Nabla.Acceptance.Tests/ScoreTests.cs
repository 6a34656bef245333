using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Nabla.Tables;

namespace Nabla.Acceptance.Tests;

/// <summary>samples/score.cs under load: its answers are the predictions of one thread, bit for bit.</summary>
[Collection(Collections.Builds)]
public sealed class ScoreTests : IDisposable
{
    private const int Workers = 16;
    private const int Requests = 4_000;

    private readonly string folder = Directory.CreateTempSubdirectory("nabla-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact(Explicit = true)]
    public async Task Rows_that_are_scored_at_once_get_the_scores_of_one_thread()
    {
        string program = Path.Combine(folder, "score");
        ServeProcess.Build("score", program);
        string path = SmallModels.Table(folder).Path;
        var model = TableModel.Load(SmallModels.PathOf(folder));
        var table = Table.FromCsv(path);
        Dictionary<string, object?>[] rows = [.. table.ReadRows().Select(row => table.Columns.Zip(row).ToDictionary(
            cell => cell.First, cell => double.TryParse(cell.Second, out double number) ? number : (object?)cell.Second))];
        TablePrediction[] expected = [.. model.Predict(table)];
        using var server = ServeProcess.Start("score", program, SmallModels.PathOf(folder));
        await CheckAnswers(server.Address);
        int next = -1, correct = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            using var client = CreateClient(server.Address);
            for (int request = Interlocked.Increment(ref next); request < Requests; request = Interlocked.Increment(ref next))
            {
                int row = request % rows.Length;
                using var response = await client.PostAsJsonAsync("score", rows[row]);
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
                bool isSame = answer.GetProperty("class").GetString() == expected[row].ClassName
                    && expected[row].Values.All(pair => answer.GetProperty("values").GetProperty(pair.Key).GetDouble() == pair.Value);
                if (isSame)
                    Interlocked.Increment(ref correct);
            }
        })));
        Assert.Equal(Requests, correct);
    }

    private static async Task CheckAnswers(Uri server)
    {
        using var client = CreateClient(server);
        var columns = await client.GetFromJsonAsync<JsonElement>("columns");
        Assert.Equal(["length", "width", "colour"], columns.EnumerateArray().Select(column => column.GetProperty("name").GetString()));
        foreach (var (body, reason) in ((string, string)[])[
            ("{\"length\": 1, \"colour\": \"red\"}", "The row has no width."),
            ("{\"length\": \"long\", \"width\": 1, \"colour\": \"red\"}", "\"long\" is not a number"),
            ("{\"length\": [1], \"width\": 1, \"colour\": \"red\"}", "[1] is not the value of a cell."),
            ("[1]", "The body must be a JSON object"),
            ("", "The body must be a JSON object"),
        ])
        {
            using var content = new StringContent(body);
            using var response = await client.PostAsync(new Uri("score", UriKind.Relative), content);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        using var unknown = await client.PostAsJsonAsync("score", new { length = 1, width = (double?)null, colour = "green" });
        var notices = (await unknown.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("notices");
        Assert.Equal(2, notices.GetArrayLength());
    }

    // Without the machine's proxy, which need not know this machine's own address.
    private static HttpClient CreateClient(Uri server) => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
}
