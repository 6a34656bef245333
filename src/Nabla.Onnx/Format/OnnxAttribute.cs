using System.Buffers.Binary;
using System.Text;

namespace Nabla.Onnx;

/// <summary>An attribute of a node. One of the values is given.</summary>
/// <param name="Name">Its name, as the operator defines it.</param>
internal sealed record OnnxAttribute(string Name)
{
    public float? Float { get; init; }

    public long? Number { get; init; }

    public string? Text { get; init; }

    public OnnxTensor? Tensor { get; init; }

    public IReadOnlyList<float> Floats { get; init; } = [];

    public IReadOnlyList<long> Numbers { get; init; } = [];

    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Whether it is a graph: the node has a body of nodes, as loops have.</summary>
    public bool IsGraph { get; init; }

    public static OnnxAttribute Create(string name, float value) => new(name) { Float = value };

    public static OnnxAttribute Create(string name, long value) => new(name) { Number = value };

    public static OnnxAttribute Create(string name, IReadOnlyList<float> values) => new(name) { Floats = values };

    public static OnnxAttribute Create(string name, IReadOnlyList<string> values) => new(name) { Texts = values };

    public static OnnxAttribute Create(string name, IReadOnlyList<long> values) => new(name) { Numbers = values };

    /// <summary>Reads the message of the format.</summary>
    public static OnnxAttribute Read(ProtobufReader message)
    {
        var floats = new List<float>();
        var numbers = new List<long>();
        var texts = new List<string>();
        var read = new OnnxAttribute("") { Floats = floats, Numbers = numbers, Texts = texts };
        while (message.Next())
            read = read.With(message, floats, numbers, texts);
        return read;
    }

    /// <summary>The message of the format.</summary>
    public ProtobufWriter ToMessage()
    {
        var message = new ProtobufWriter().Add(Fields.Name, Name);
        if (Float is { } value)
            return message.Add(Fields.Float, value).Add(Fields.Type, Types.Float);
        if (Number is { } number)
            return message.Add(Fields.Number, number).Add(Fields.Type, Types.Number);
        foreach (float next in Floats)
            message.Add(Fields.Floats, next);
        foreach (long next in Numbers)
            message.Add(Fields.Numbers, next);
        foreach (string next in Texts)
            message.Add(Fields.Texts, Encoding.UTF8.GetBytes(next));
        return message.Add(Fields.Type, Floats.Count > 0 ? Types.Floats : Texts.Count > 0 ? Types.Texts : Types.Numbers);
    }

    private OnnxAttribute With(ProtobufReader message, List<float> floats, List<long> numbers, List<string> texts)
    {
        switch (message.Field)
        {
            case Fields.Name:
                return this with { Name = message.Text() };
            case Fields.Float:
                return this with { Float = message.Float() };
            case Fields.Number:
                return this with { Number = message.Number() };
            case Fields.Text:
                return this with { Text = Encoding.UTF8.GetString(message.Bytes().Span) };
            case Fields.Tensor:
                return this with { Tensor = OnnxTensor.Read(message.Message()) };
            case Fields.Floats:
                AddFloats(message.Floats().Span, floats);
                return this;
            case Fields.Numbers:
                numbers.AddRange(message.Numbers());
                return this;
            case Fields.Texts:
                texts.Add(Encoding.UTF8.GetString(message.Bytes().Span));
                return this;
        }
        bool isGraph = message.Field is Fields.Graph or Fields.Graphs;
        message.Skip();
        return isGraph ? this with { IsGraph = true } : this;
    }

    private static void AddFloats(ReadOnlySpan<byte> bytes, List<float> floats)
    {
        if (bytes.Length % sizeof(float) != 0)
            throw new InvalidDataException("an attribute has floats that are cut off");
        for (; bytes.Length > 0; bytes = bytes[sizeof(float)..])
            floats.Add(BinaryPrimitives.ReadSingleLittleEndian(bytes));
    }

    /// <summary>Numbers of the fields.</summary>
    private static class Fields
    {
        public const int Name = 1;
        public const int Float = 2;
        public const int Number = 3;
        public const int Text = 4;
        public const int Tensor = 5;
        public const int Graph = 6;
        public const int Floats = 7;
        public const int Numbers = 8;
        public const int Texts = 9;
        public const int Graphs = 11;
        public const int Type = 20;
    }

    /// <summary>Numbers of the types.</summary>
    private static class Types
    {
        public const long Float = 1;
        public const long Number = 2;
        public const long Floats = 6;
        public const long Numbers = 7;
        public const long Texts = 8;
    }
}
