using System.Text.Json;

namespace Nabla;

/// <summary>What the data of a training run are, so that others are found out, and can be told apart from them.</summary>
/// <param name="Fingerprint">That of the data set.</param>
/// <param name="Parts">Its size and parts; null in files of older versions.</param>
internal sealed record DataDigest(string Fingerprint, DataParts? Parts)
{
    private const string FingerprintKey = "data", PartsKey = "data-parts";
    private const string ExamplesKey = "examples", FeaturesKey = "features", InputsKey = "inputs", TargetsKey = "targets";
    private const string WeightsKey = "weights";

    /// <summary>What a data set is.</summary>
    public static DataDigest Of(Dataset data) => new(data.Fingerprint, DataParts.Of(data));

    /// <summary>What is different in a data set; null if it is the same.</summary>
    public string? Difference(Dataset data)
    {
        if (data.Fingerprint == Fingerprint)
            return null;
        if (Parts is not { } before)
            return "their fingerprints differ";
        var now = DataParts.Of(data);
        return before.Examples != now.Examples ? $"there were {before.Examples} examples, and there are {now.Examples}"
            : before.Features != now.Features ? $"they had {before.Features} features, and have {now.Features}"
            : before.Inputs != now.Inputs ? "the inputs differ"
            : before.Targets != now.Targets ? "the targets differ"
            : "the weights of the examples differ";
    }

    /// <summary>Writes the properties into an object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString(FingerprintKey, Fingerprint);
        json.WriteStartObject(PartsKey);
        json.WriteNumber(ExamplesKey, Parts!.Examples); // what is written is that of a data set
        json.WriteNumber(FeaturesKey, Parts.Features);
        json.WriteString(InputsKey, Parts.Inputs);
        json.WriteString(TargetsKey, Parts.Targets);
        json.WriteString(WeightsKey, Parts.Weights);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A value is missing.</exception>
    public static DataDigest Read(JsonElement json) => new(
        json.Text(FingerprintKey),
        json.Find(PartsKey) is { } parts
            ? new DataParts(
                parts.Get(ExamplesKey).GetInt32(), parts.Get(FeaturesKey).GetInt32(), parts.Text(InputsKey), parts.Text(TargetsKey),
                parts.Text(WeightsKey))
            : null);
}

/// <summary>The parts of a data set, each as a digest.</summary>
/// <param name="Examples">Number of examples.</param>
/// <param name="Features">Number of features.</param>
/// <param name="Inputs">SHA-256 of the inputs.</param>
/// <param name="Targets">SHA-256 of the targets.</param>
/// <param name="Weights">SHA-256 of the weights of the examples.</param>
internal sealed record DataParts(int Examples, int Features, string Inputs, string Targets, string Weights)
{
    /// <summary>The parts of a data set.</summary>
    public static DataParts Of(Dataset data) => new(
        data.Count, data.Inputs.Columns,
        Hashing.Digest(data.Inputs.AppendTo), Hashing.Digest(data.Targets.AppendTo), Hashing.Digest(hash => hash.Append(data.Weights)));
}
