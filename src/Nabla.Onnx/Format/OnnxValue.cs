namespace Nabla.Onnx;

/// <summary>An input or an output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements; undefined if it is not a tensor.</param>
/// <param name="Shape">Its dimensions: a number, or null for one that the caller chooses. Null if no shape is given.</param>
internal sealed record OnnxValue(string Name, OnnxElementType Type, IReadOnlyList<long?>? Shape)
{
    /// <summary>How a dimension that the caller chooses is called in files: the number of examples.</summary>
    private const string Examples = "N";

    /// <summary>What it is, for readers of the file.</summary>
    public string Description { get; init; } = "";

    /// <summary>Reads the message of the format.</summary>
    public static OnnxValue Read(ProtobufReader message)
    {
        var value = new OnnxValue("", OnnxElementType.Undefined, null);
        while (message.Next())
        {
            switch (message.Field)
            {
                case Fields.Name:
                    value = value with { Name = message.Text() };
                    break;
                case Fields.Type:
                    value = value.WithType(message.Message());
                    break;
                default:
                    message.Skip();
                    break;
            }
        }
        return value;
    }

    /// <summary>The message of the format.</summary>
    public ProtobufWriter ToMessage()
    {
        var dimensions = (Shape ?? []).Select(length => length is { } number
            ? new ProtobufWriter().Add(Fields.DimensionLength, number)
            : new ProtobufWriter().Add(Fields.DimensionName, Examples));
        var tensor = new ProtobufWriter()
            .Add(Fields.ElementType, (long)Type)
            .Add(Fields.Shape, new ProtobufWriter().Add(Fields.Dimension, dimensions));
        return new ProtobufWriter()
            .Add(Fields.Name, Name)
            .Add(Fields.Type, new ProtobufWriter().Add(Fields.TensorType, tensor))
            .AddIfAny(Fields.Description, Description);
    }

    private OnnxValue WithType(ProtobufReader type)
    {
        var value = this;
        while (type.Next())
        {
            if (type.Field != Fields.TensorType)
            {
                type.Skip();
                continue;
            }
            for (var tensor = type.Message(); tensor.Next();)
            {
                if (tensor.Field == Fields.ElementType)
                    value = value with { Type = (OnnxElementType)tensor.Number() };
                else if (tensor.Field == Fields.Shape)
                    value = value with { Shape = [.. Dimensions(tensor.Message())] };
                else
                    tensor.Skip();
            }
        }
        return value;
    }

    private static IEnumerable<long?> Dimensions(ProtobufReader shape)
    {
        while (shape.Next())
        {
            if (shape.Field != Fields.Dimension)
            {
                shape.Skip();
                continue;
            }
            long? length = null;
            for (var dimension = shape.Message(); dimension.Next();)
            {
                if (dimension.Field == Fields.DimensionLength)
                    length = dimension.Number();
                else
                    dimension.Skip();
            }
            yield return length;
        }
    }

    /// <summary>Numbers of the fields, of this message and of those within.</summary>
    private static class Fields
    {
        public const int Name = 1;
        public const int Type = 2;
        public const int Description = 3;
        public const int TensorType = 1;
        public const int ElementType = 1;
        public const int Shape = 2;
        public const int Dimension = 1;
        public const int DimensionLength = 1;
        public const int DimensionName = 2;
    }
}
