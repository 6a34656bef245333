#!/usr/bin/env dotnet
#:sdk Microsoft.NET.Sdk.Web
#:project ../src/Nabla.Tables/Nabla.Tables.csproj
#:property PublishAot=false

// Scores rows of a table with a model that was trained on one (nabla train table.csv --target COLUMN), as JSON over HTTP.
// Run: dotnet run samples/score.cs MODEL.safetensors [PORT]      port 0, the default, is any free one
//
//     POST /score      takes one row, {"age": 41, "city": "Rome", "income": null}; returns
//                      {"class": "yes", "values": {"no": 0.1, "yes": 0.9}, "notices": []}
//     GET /columns     returns the columns that a row needs

using System.Text.Json;
using Nabla;
using Nabla.Tables;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("Usage: dotnet run samples/score.cs MODEL.safetensors [PORT]");
    return 2;
}

// Loaded once: any number of requests may use a model at the same time.
var model = TableModel.Load(args[0]);

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://127.0.0.1:{(args.Length == 2 ? args[1] : "0")}");
var app = builder.Build();

app.MapGet("/columns", () => model.Encoding.Columns.Select(column => new
    { column.Name, Kind = column.Kind.ToString().ToLowerInvariant() }));
app.MapPost("/score", async (HttpRequest request) =>
{
    try
    {
        var row = await JsonSerializer.DeserializeAsync<Dictionary<string, JsonElement>>(request.Body) ?? [];
        var prediction = model.Predict(row.ToDictionary(cell => cell.Key, cell => ValueOf(cell.Value)));
        return Results.Ok(new { Class = prediction.ClassName, prediction.Values, prediction.Notices });
    }
    catch (JsonException exception)
    {
        return Results.Problem($"The body must be a JSON object with a value for each column. {exception.Message}", statusCode: 400);
    }
    catch (Exception exception) when (exception is ArgumentException or InvalidInputException)
    {
        return Results.Problem(exception.Message, statusCode: 400);
    }
});

await app.StartAsync();
Console.WriteLine($"Listening on {app.Urls.Single()}");
await app.WaitForShutdownAsync();
return 0;

static object? ValueOf(JsonElement value) => value.ValueKind switch
{
    JsonValueKind.Null => null,
    JsonValueKind.Number => value.GetDouble(),
    JsonValueKind.String => value.GetString(),
    JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
    _ => throw new JsonException($"{value.GetRawText()} is not the value of a cell."),
};
