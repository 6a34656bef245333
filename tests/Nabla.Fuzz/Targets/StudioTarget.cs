using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Nabla.Studio;

namespace Nabla.Fuzz;

/// <summary>Bodies of requests to the studio. The first byte of a file tells which message follows.</summary>
internal sealed class StudioTarget : FuzzTarget
{
    private static readonly (JsonTypeInfo Type, string Sample)[] Messages =
    [
        (StudioJson.Default.DrawingMessage, """{"width":280,"height":280,"pen":20,"strokes":[[1,2,30.5,40],[100,100]]}"""),
        (StudioJson.Default.CorrectionMessage, """{"drawing":{"width":280,"height":280,"pen":20,"strokes":[[1,2,30.5,40]]},"label":3}"""),
        (StudioJson.Default.RunRequest,
        """{"data":"digits","options":{"hidden":"32","epochs":"3"},"target":null,"start":"run","pace":0}"""),
        (StudioJson.Default.RunCommand, """{"command":"pause"}"""), (StudioJson.Default.RunChange, """{"rateFactor":0.5,"pace":null}"""),
        (StudioJson.Default.RunQuestion, """{"run":1}"""), (StudioJson.Default.LessonStart, """{"lesson":1,"choices":{"a":"b"}}"""),
        (StudioJson.Default.MistakesRequest, """{"source":"run"}"""), (StudioJson.Default.MistakeListRequest,
        """{"network":1,"label":2,"from":0}"""),
        (StudioJson.Default.MistakeExampleRequest, """{"network":1,"example":7,"space":"inputs"}"""),
    ];

    /// <summary>1e999 is read as infinite: not every message judges its numbers, and JSON cannot write this one.</summary>
    private static readonly JsonSerializerOptions AnyNumber =
        new(StudioJson.Default.Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly Mutator mutator;

    public StudioTarget()
    {
        Samples = [.. Messages.Select((message, i) => (byte[])[(byte)i, .. Encoding.UTF8.GetBytes(message.Sample)]).Where(IsRight)];
        mutator = new(
            Samples, "null", "true", "[]", "{}", "[[", "]]", "\"width\":1,", "\"strokes\"", "\"a\":1,", "\\ud800", "\\u0000", "\"", ",",
                ":", "NaN", "1e308",
            "{\"data\":", "[1,2,3]", "//", "\xFF");
    }

    public override string Name => "studio";

    public override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Rng rng)
    {
        byte[] sample = rng.Pick(Samples);
        return [sample[0], .. mutator.Mutate(sample[1..], rng)];
    }

    public override object Read(byte[] file)
    {
        object? message;
        try
        {
            message = JsonSerializer.Deserialize(file.AsSpan(1), TypeOf(file));
        }
        catch (JsonException error)
        {
            throw Refused(error.Message);
        }
        if (((message as CorrectionMessage)?.Drawing ?? message) is DrawingMessage drawing)
            StrokeRaster.Draw(drawing);
        return new Message(TypeOf(file), message ?? throw Refused("it is null"));
    }

    public override long DecodedBytes(byte[] file, object? result) => 280 * 280 + 8L * file.Length; // the pad, and numbers as doubles

    public override string? WhyNotRepeated(object result)
    {
        var message = (Message)result;
        var type = AnyNumber.GetTypeInfo(message.Type.Type);
        string text = JsonSerializer.Serialize(message.Value, type);
        return text == JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type), type)
            ? null
            : "differs when it is written and read again";
    }

    private static JsonTypeInfo TypeOf(byte[] file) => Messages[file[0] % Messages.Length].Type;

    private static InvalidInputException Refused(string why) => new("cannot read the request", "its body", why, "Reload the page.");

    private bool IsRight(byte[] file)
    {
        Read(file);
        return true;
    }

    private sealed record Message(JsonTypeInfo Type, object Value);
}
