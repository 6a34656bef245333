namespace Nabla;

/// <summary>Metrics of classification: functions of outputs and labels.</summary>
internal static class Classification
{
    /// <summary>The number of the largest output; the first of them where several are equal, as NumPy's argmax has it.</summary>
    public static int Strongest(ReadOnlySpan<float> outputs)
    {
        int strongest = 0;
        for (int i = 1; i < outputs.Length; i++)
        {
            if (outputs[i] > outputs[strongest])
                strongest = i;
        }
        return strongest;
    }

    /// <summary>Whether an output is not a number, so that no class is strongest.</summary>
    public static bool IsUndefined(ReadOnlySpan<float> outputs) =>
        outputs.ContainsAnyExceptInRange(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>How many examples have their label's output strongest; those whose outputs are no numbers have not.</summary>
    /// <param name="outputs">[examples, classes].</param>
    /// <param name="labels">[examples].</param>
    /// <param name="classes">Outputs of one example.</param>
    public static int CountCorrect(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, int classes)
    {
        int correct = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            var row = outputs.Slice(i * classes, classes);
            if (Strongest(row) == labels[i] && !IsUndefined(row))
                correct++;
        }
        return correct;
    }
}
