using System.Buffers.Binary;
using System.Text;

namespace Nabla.Onnx;

internal sealed partial record OnnxTensor
{
    private const int MostDimensions = 8;

    /// <summary>Reads the message of the format.</summary>
    /// <exception cref="InvalidDataException">The tensor is in another file, or its elements do not fit its shape.</exception>
    public static OnnxTensor Read(ProtobufReader message)
    {
        var reading = new Reading();
        while (message.Next())
            reading.ReadField(message);
        return reading.ToTensor();
    }

    /// <summary>A tensor whose fields are being read.</summary>
    private sealed class Reading
    {
        private readonly List<long> shape = [];
        private readonly List<string> texts = [];
        private readonly List<byte> elements = []; // those that are not raw
        private readonly List<long> numbers = [];
        private string name = "";
        private OnnxElementType type;
        private ReadOnlyMemory<byte>? raw;

        public void ReadField(ProtobufReader message)
        {
            switch (message.Field)
            {
                case Fields.Dims:
                    AddDimensions(message.Numbers());
                    break;
                case Fields.DataType:
                    type = (OnnxElementType)message.Number();
                    break;
                case Fields.Name:
                    name = message.Text();
                    break;
                case Fields.RawData:
                    raw = message.Bytes();
                    break;
                case Fields.StringData:
                    texts.Add(Encoding.UTF8.GetString(message.Bytes().Span));
                    break;
                case Fields.ExternalData:
                case Fields.DataLocation when message.Number() != 0:
                    throw new InvalidDataException($"the tensor \"{name}\" is in another file, and only its place is given here");
                default:
                    ReadElements(message);
                    break;
            }
        }

        public OnnxTensor ToTensor()
        {
            var bytes = type == OnnxElementType.Text ? ReadOnlyMemory<byte>.Empty : raw ?? Packed();
            long expected = shape.Aggregate(1L, (product, length) => checked(product * length));
            int size = SizeOf(type);
            long given = type == OnnxElementType.Text ? texts.Count : size == 0 ? expected : bytes.Length / size;
            if (given != expected || (size > 0 && bytes.Length % size != 0))
            {
                throw new InvalidDataException(
                    $"the tensor \"{name}\" of shape [{string.Join(", ", shape)}] has {given} elements, not {expected}");
            }
            return new OnnxTensor(name, type, shape, bytes, texts);
        }

        private void AddDimensions(IEnumerable<long> lengths)
        {
            foreach (long length in lengths)
            {
                if (length is < 0 or > int.MaxValue || shape.Count == MostDimensions)
                {
                    throw new InvalidDataException(
                        $"a tensor \"{name}\" has a dimension of {length} or more than {MostDimensions} of them");
                }
                shape.Add(length);
            }
        }

        private void ReadElements(ProtobufReader message)
        {
            switch (message.Field)
            {
                case Fields.FloatData:
                    elements.AddRange(message.Floats().Span);
                    break;
                case Fields.DoubleData:
                    elements.AddRange(message.Doubles().Span);
                    break;
                case Fields.Int32Data:
                case Fields.Int64Data:
                    numbers.AddRange(message.Numbers());
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        /// <summary>The elements of fields other than the raw one. Whole numbers stand there one by one, of any type.</summary>
        private ReadOnlyMemory<byte> Packed()
        {
            if (numbers.Count == 0)
                return elements.ToArray();
            int size = SizeOf(type);
            var packed = new byte[checked(numbers.Count * size)];
            Span<byte> number = stackalloc byte[sizeof(long)];
            for (int i = 0; i < numbers.Count; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(number, numbers[i]);
                number[..size].CopyTo(packed.AsSpan(i * size));
            }
            return packed;
        }
    }
}
