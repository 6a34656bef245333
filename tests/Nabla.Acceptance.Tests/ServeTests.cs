using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Nabla.Acceptance.Tests;

/// <summary>samples/serve.cs under load: its answers are the predictions of one thread, bit for bit.</summary>
[Collection(Collections.Builds)]
public sealed class ServeTests : IDisposable
{
    private const int Workers = 16;
    private const int Requests = 6_000;

    private readonly string folder = Directory.CreateTempSubdirectory("nabla-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact(Explicit = true)]
    public async Task Answers_to_concurrent_requests_are_those_of_one_thread()
    {
        string program = Path.Combine(folder, "serve");
        ServeProcess.Build("serve", program);
        var (digits, images) = SmallModels.Bytes(folder);
        using (var server = ServeProcess.Start("serve", program, SmallModels.PathOf(folder)))
            await Check(server.Address, digits, Examples(images, images.Inputs.Bytes));
        var (flowers, table, _, _) = SmallModels.Table(folder);
        using (var server = ServeProcess.Start("serve", program, SmallModels.PathOf(folder)))
            await Check(server.Address, flowers, Examples(table, table.Inputs.Floats));
    }

    private static async Task Check(Uri server, Classifier model, float[][] examples)
    {
        await CheckModel(server, model);
        await CheckRefusals(server, model);
        Prediction[] expected = [.. examples.Select(example => Predict(model, example))];
        Assert.True(expected.DistinctBy(each => each.ClassName).Count() > 1, "A model that always says the same tests nothing.");
        int next = -1, correct = 0, differences = 0, failures = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            using var client = CreateClient(server);
            for (int request = Interlocked.Increment(ref next); request < Requests; request = Interlocked.Increment(ref next))
            {
                int example = request % examples.Length;
                using var response = await client.PostAsJsonAsync("predict", examples[example]);
                if (response.StatusCode != HttpStatusCode.OK)
                    Interlocked.Increment(ref failures);
                else if (Same(await response.Content.ReadFromJsonAsync<JsonElement>(), expected[example]))
                    Interlocked.Increment(ref correct);
                else
                    Interlocked.Increment(ref differences);
            }
        })));
        Assert.Equal((Requests, 0, 0), (correct, differences, failures));
    }

    private static async Task CheckModel(Uri server, Classifier model)
    {
        using var client = CreateClient(server);
        var description = await client.GetFromJsonAsync<JsonElement>("model");
        Assert.Equal(model.Fingerprint, description.GetProperty("fingerprint").GetString());
        Assert.Equal(model.ClassNames, description.GetProperty("classes").Deserialize<string[]>());
        Assert.Equal(model.InputShape, description.GetProperty("shape").Deserialize<int[]>());
    }

    private static async Task CheckRefusals(Uri server, Classifier model)
    {
        int features = model.Network.Topology.Sizes[0];
        string zeros = string.Concat(Enumerable.Repeat("0, ", features - 1));
        (string Body, string Reason)[] malformed =
        [
            ("[1]", $"The model takes {features} numbers, not 1."),
            ($"[{zeros} 0, 0]", $"The model takes {features} numbers, not {features + 1}."),
            ("null", $"The model takes {features} numbers, not 0."),
            ($"[{zeros} \"NaN\"]", $"Feature {features - 1}, counted from 0, is NaN."),
            ($"[{zeros} 1e300]", $"Feature {features - 1}, counted from 0, is Infinity."),
            ($"[{zeros} NaN]", $"The body must be a JSON array of {features} numbers."),
            ("{}", $"The body must be a JSON array of {features} numbers."),
            ("", $"The body must be a JSON array of {features} numbers."),
        ];
        if (model.TakesBytes)
        {
            const string Reason = "It must be a whole number from 0 to 255.";
            malformed = [.. malformed, ($"[{zeros} 256]", Reason), ($"[{zeros} -1]", Reason), ($"[{zeros} 0.5]", Reason)];
        }
        using var client = CreateClient(server);
        foreach (var (body, reason) in malformed)
        {
            using var content = new StringContent(body);
            using var response = await client.PostAsync(new Uri("predict", UriKind.Relative), content);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    private static Prediction Predict(Classifier model, float[] example) =>
        model.TakesBytes ? model.Predict(Array.ConvertAll(example, x => (byte)x)) : model.Predict(example);

    private static bool Same(JsonElement answer, Prediction expected) =>
        answer.GetProperty("label").GetString() == expected.ClassName && answer.GetProperty("probability").GetSingle() == expected.Score;

    private static float[][] Examples<T>(Dataset data, ReadOnlySpan<T> values)
        where T : System.Numerics.INumber<T>
    {
        float[] all = Array.ConvertAll(values.ToArray(), float.CreateChecked);
        return [.. all.Chunk(data.Inputs.Columns)];
    }

    // Without the machine's proxy, which need not know this machine's own address.
    private static HttpClient CreateClient(Uri server) => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
}
