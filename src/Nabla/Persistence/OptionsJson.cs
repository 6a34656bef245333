using System.Text.Json;

namespace Nabla;

/// <summary>Training options as JSON, in the names that the command line uses.</summary>
internal static class OptionsJson
{
    /// <summary>Writes the options as one object.</summary>
    public static void Write(TrainingOptions options, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("layers");
        foreach (int size in options.Hidden)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteString("activation", OptionNames.Of(options.Activation));
        json.WriteString("loss", OptionNames.Of(options.Loss));
        json.WriteString("output-activation", OptionNames.Of(options.ResolvedOutputActivation));
        WriteOptimizer(options.Optimizer, json);
        json.WriteNumber("batch-size", options.BatchSize);
        json.WriteNumber("epochs", options.Epochs);
        json.WriteNumber("l2", options.L2);
        if (options.Scaling is { } scaling)
            json.WriteString("scaling", OptionNames.Of(scaling));
        json.WriteString("init", OptionNames.Of(options.Initialization));
        json.WriteBoolean("shuffle", options.Shuffle);
        json.WriteBoolean("drop-last-batch", options.DropLastBatch);
        json.WriteNumber("seed", options.Seed);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A value is missing or makes no sense.</exception>
    public static TrainingOptions Read(JsonElement json)
    {
        var options = new TrainingOptions
        {
            Hidden = [.. json.Get("layers").EnumerateArray().Select(size => size.GetInt32())],
            Activation = json.GetOption<Activation>("activation"),
            Loss = json.GetOption<Loss>("loss"),
            OutputActivation = json.GetOption<Activation>("output-activation"),
            Optimizer = ReadOptimizer(json.Get("optimizer")),
            BatchSize = json.Get("batch-size").GetInt32(),
            Epochs = json.Get("epochs").GetInt32(),
            L2 = json.Get("l2").GetSingle(),
            Scaling = json.TryGetProperty("scaling", out _) ? json.GetOption<Scaling>("scaling") : null,
            Initialization = json.GetOption<Initialization>("init"),
            Shuffle = json.Get("shuffle").GetBoolean(),
            DropLastBatch = json.Get("drop-last-batch").GetBoolean(),
            Seed = json.Get("seed").GetUInt64(),
        };
        options.Validate();
        return options;
    }

    private static void WriteOptimizer(OptimizerOptions optimizer, Utf8JsonWriter json)
    {
        json.WriteStartObject("optimizer");
        json.WriteString("name", optimizer is AdamOptions ? "adam" : "sgd");
        json.WriteNumber("learning-rate", optimizer.LearningRate);
        if (optimizer is AdamOptions adam)
        {
            json.WriteNumber("beta1", adam.Beta1);
            json.WriteNumber("beta2", adam.Beta2);
            json.WriteNumber("epsilon", adam.Epsilon);
        }
        json.WriteEndObject();
    }

    private static OptimizerOptions ReadOptimizer(JsonElement json)
    {
        float learningRate = json.Get("learning-rate").GetSingle();
        return json.Get("name").GetString() switch
        {
            "sgd" => new SgdOptions { LearningRate = learningRate },
            "adam" => new AdamOptions
            {
                LearningRate = learningRate,
                Beta1 = json.Get("beta1").GetSingle(),
                Beta2 = json.Get("beta2").GetSingle(),
                Epsilon = json.Get("epsilon").GetSingle(),
            },
            var other => throw new FormatException($"\"{other}\" is not an optimizer that this version knows"),
        };
    }
}
