using System.Text;

namespace Nabla;

/// <summary>Writes a traced activation as code of another program, one line for each step.</summary>
internal abstract class ActivationCode
{
    /// <summary>The name of the argument.</summary>
    protected const string Argument = "z";

    /// <summary>Writes the steps.</summary>
    /// <param name="trace">The steps.</param>
    /// <param name="indent">Spaces before each line.</param>
    public string Write(FunctionTrace trace, int indent)
    {
        var names = new Dictionary<int, string>();
        var text = new StringBuilder();
        foreach (var (number, step) in trace.Steps)
        {
            if (step.Kind == TracedKind.Argument)
                names[number] = Argument;
            if (step.Kind == TracedKind.Argument || step.IsConstant)
                continue;
            string[] operands = [.. step.Operands.Select(operand => Operand(trace[operand], names, operand, step.TakesBits))];
            names[number] = $"t{names.Count}";
            text.Append(' ', indent).Append(Line(names[number], step.GivesBits, Expression(step, operands))).Append('\n');
        }
        string result = Operand(trace[trace.Result], names, trace.Result, asBits: false);
        return text.Append(' ', indent).Append(Return(result)).Append('\n').ToString();
    }

    /// <summary>A float.</summary>
    protected abstract string Literal(float value);

    /// <summary>An integer of 32 bits.</summary>
    protected abstract string Literal(int value);

    /// <summary>Reads the bits of a float as an integer, or the reverse.</summary>
    protected abstract string Reinterpret(string value, bool asBits);

    /// <summary>A line that computes a step.</summary>
    protected abstract string Line(string name, bool isBits, string expression);

    /// <summary>The line that ends the function.</summary>
    protected abstract string Return(string value);

    /// <summary>What a step computes.</summary>
    protected abstract string Expression(TracedOperation step, string[] operands);

    /// <summary>The operation between two operands, which is the same in all languages; null for one of another form.</summary>
    protected static string? Infix(TracedKind kind) => kind switch
    {
        TracedKind.Add or TracedKind.AddBits => "+",
        TracedKind.Subtract or TracedKind.SubtractBits => "-",
        TracedKind.Multiply => "*",
        TracedKind.Divide => "/",
        TracedKind.AndBits => "&",
        TracedKind.OrBits => "|",
        _ => null,
    };

    private string Operand(TracedOperation step, Dictionary<int, string> names, int number, bool asBits)
    {
        if (step.IsConstant)
            return asBits ? Literal(step.Number) : Literal(BitConverter.Int32BitsToSingle(step.Number));
        return step.GivesBits == asBits ? names[number] : Reinterpret(names[number], asBits);
    }
}
