using Nabla.Kernels;

namespace Nabla;

/// <content>What the reader would refuse is not written: the file could replace one that can be read.</content>
internal static partial class ModelFile
{
    private const string Preview = "the model";

    /// <summary>The metadata of a file, which has been read as the reader would read it, with all of its rules.</summary>
    /// <exception cref="TrainingDivergedException">A parameter is not finite.</exception>
    /// <exception cref="InvalidInputException">A name, a note or something else could not be read back.</exception>
    private static Dictionary<string, string> ReadableMetadata(
        ModelMetadata metadata, Model model, List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors)
    {
        try
        {
            var strings = metadata.ToStrings(model.Notes);
            HistoryMetadata.Write(model, strings);
            using var file = SafetensorsFile.Preview(strings, tensors, Preview);
            var read = ParseMetadata(file, Preview);
            var loaded = Load(file, read, Preview);
            if (read.Interruption is { } interruption)
                ReadBest(file, interruption, loaded.Topology, Preview);
            return loaded.OutputNames.SequenceEqual(model.OutputNames)
                ? strings
                : throw new ArgumentException("the name of an output is not valid Unicode");
        }
        catch (InvalidInputException e) when (tensors.Any(tensor => Finite.IndexOfOther(tensor.Values.Span) >= 0))
        {
            throw new TrainingDivergedException(
                "cannot save the model", e.Where, e.Why, "Nothing was written. Train with a lower learning rate.");
        }
        catch (Exception e) when (e is InvalidInputException or ArgumentException)
        {
            var input = e as InvalidInputException;
            throw new InvalidInputException(
                "cannot save the model", input?.Where ?? "its metadata", input?.Why ?? e.Message,
                "Nothing was written. Correct or shorten this name or text.", e);
        }
    }
}
