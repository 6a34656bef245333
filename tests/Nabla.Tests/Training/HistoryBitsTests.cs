using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nabla.Tests;

/// <summary>
/// The numbers of the history have the same bits for every vector width, number of threads and system, as the parameters have. CI compares
/// them at five instruction-set levels.
/// </summary>
public class HistoryBitsTests
{
    private static readonly PinnedDigests Digests = new("HistoryBitsTests.txt");

    [Theory]
    [InlineData("default")]
    [InlineData("exercise-2")]
    public void A_history_has_its_digest_with_any_number_of_threads(string preset)
    {
        Dataset train = RandomData.Images(430), validation = RandomData.Images(70);
        foreach (int threads in (int[])[1, 2, 5])
        {
            var options = Presets.All[preset].ForClasses with
            {
                Epochs = 3, BatchSize = 50, Threads = threads, Seed = 7, Hidden = [37, 18],
            };
            Digests.Check(preset, DigestOf(Classifier.Train(train, options, validation).History));
        }
    }

    [Fact]
    public void A_history_of_values_has_its_digest()
    {
        var options = new TrainingOptions { Epochs = 3, BatchSize = 20, Seed = 7, Hidden = [19], ClipNorm = 0.5f };
        Digests.Check("values", DigestOf(Regressor.Train(EnsembleData.Values(83), options, EnsembleData.Values(31)).History));
    }

    private static string DigestOf(TrainingHistory history)
    {
        double[] numbers =
        [
            .. history.Epochs.SelectMany(epoch => (double[])
            [
                epoch.Epoch, epoch.Loss, epoch.ValidationLoss!.Value, .. epoch.Metrics.Select(metric => metric.Value),
                .. epoch.Layers.SelectMany(layer => (double[])[layer.GradientNorm, layer.UpdateRatio]),
            ]),
        ];
        Assert.All(numbers, number => Assert.True(double.IsFinite(number)));
        Assert.All(history.Epochs, epoch => Assert.NotEmpty(epoch.Layers));
        var bytes = new byte[numbers.Length * sizeof(double)];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), numbers[i]);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
