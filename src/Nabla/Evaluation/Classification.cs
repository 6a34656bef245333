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

    /// <summary>How many examples have their label's output strongest.</summary>
    /// <param name="outputs">[examples, classes].</param>
    /// <param name="labels">[examples].</param>
    /// <param name="classes">Outputs of one example.</param>
    public static int CountCorrect(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, int classes)
    {
        int correct = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (Strongest(outputs.Slice(i * classes, classes)) == labels[i])
                correct++;
        }
        return correct;
    }
}
