#!/usr/bin/env dotnet
#:sdk Microsoft.NET.Sdk.Web
#:project ../src/Nabla/Nabla.csproj
#:property PublishAot=false

// Serves a trained classifier on this machine, as JSON over HTTP.
// Run: dotnet run samples/serve.cs MODEL.safetensors [PORT]      port 0, the default, is any free one
//
//     POST /predict    takes the features of one example, [5.1, 0.2, ...]; returns {"label": "setosa", "probability": 0.98}
//     GET /model       returns the classes, the shape of an example, and the fingerprint

using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("Usage: dotnet run samples/serve.cs MODEL.safetensors [PORT]");
    return 2;
}

// Loaded once: any number of requests may use a classifier at the same time.
var model = Classifier.Load(args[0]);
int features = model.Topology.Sizes[0];
// JSON has no NaN, but many programs write one as a string: read it, so that the answer can say what is wrong.
var json = new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://127.0.0.1:{(args.Length == 2 ? args[1] : "0")}");
var app = builder.Build();

app.MapGet("/model", () => new { Classes = model.ClassNames, Shape = model.InputShape, model.TakesBytes, model.Fingerprint });
app.MapPost("/predict", async (HttpRequest request) =>
{
    try
    {
        var example = await JsonSerializer.DeserializeAsync<float[]>(request.Body, json) ?? [];
        if (Problem(example) is { } problem)
            return Results.Problem(problem, statusCode: 400);
        var prediction = model.TakesBytes ? model.Predict(Array.ConvertAll(example, x => (byte)x)) : model.Predict(example);
        return Results.Ok(new { Label = prediction.ClassName, Probability = prediction.Score });
    }
    catch (JsonException exception)
    {
        return Results.Problem($"The body must be a JSON array of {features} numbers. {exception.Message}", statusCode: 400);
    }
    catch (InvalidInputException exception)
    {
        return Results.Problem(exception.Message, statusCode: 400);
    }
});

await app.StartAsync();
Console.WriteLine($"Listening on {app.Urls.Single()}");
await app.WaitForShutdownAsync();
return 0;

// What is wrong with an example; null if it can be predicted.
string? Problem(float[] example)
{
    if (example.Length != features)
        return $"The model takes {features} numbers, not {example.Length}.";
    int wrong = Array.FindIndex(example, x => model.TakesBytes ? x is not (>= 0 and <= 255) || x != (byte)x : !float.IsFinite(x));
    string wanted = model.TakesBytes ? "a whole number from 0 to 255" : "a finite number";
    return wrong < 0 ? null : FormattableString.Invariant($"Feature {wrong}, counted from 0, is {example[wrong]}. It must be {wanted}.");
}
