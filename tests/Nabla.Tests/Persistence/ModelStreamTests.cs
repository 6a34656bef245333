using System.IO.Compression;

namespace Nabla.Tests;

public sealed class ModelStreamTests
{
    private static readonly TrainingOptions Small = new() { Hidden = [5], Epochs = 2, BatchSize = 16, Seed = 4 };

    [Fact]
    public void A_stream_has_the_bytes_of_a_file()
    {
        using var files = new TestFiles();
        var ensemble = new EnsembleTraining(RandomData.Blobs(60), Small, 2);
        ensemble.Run();
        foreach (var model in (Model[])[Classifier.Train(RandomData.Images(120), Small), ensemble.CreateModel()])
        {
            model.Save(files["model"]);
            Assert.Equal(File.ReadAllBytes(files["model"]), Saved(model));
        }
    }

    [Fact]
    public void A_model_is_loaded_from_a_stream_that_cannot_seek()
    {
        var data = RandomData.Images(120);
        var model = Classifier.Train(data, Small);
        using var archive = new MemoryStream(Compressed(Saved(model)));
        using var stream = new GZipStream(archive, CompressionMode.Decompress);
        var loaded = Assert.IsType<Classifier>(Model.Load(stream));
        Assert.Equal(model.Fingerprint, loaded.Fingerprint);
        Assert.Equal(model.Predict(data.Inputs)[7].Scores, loaded.Predict(data.Inputs)[7].Scores);
        Assert.Equal(Saved(model), Saved(loaded));
    }

    [Fact]
    public void A_stream_that_ends_early_or_late_is_refused()
    {
        byte[] bytes = Saved(Classifier.Train(RandomData.Images(40), Small));
        foreach (int length in (int[])[0, 7, 8, 300, bytes.Length - 1])
        {
            var error = Hostile.Refused(() => Model.Load(new MemoryStream(bytes[..length]), "entry.safetensors"));
            Assert.Contains("entry.safetensors", error.What, StringComparison.Ordinal);
            Assert.Contains("more bytes are expected", error.Why, StringComparison.Ordinal);
        }
        Assert.Contains(
            "more bytes follow", Hostile.Refused(() => Model.Load(new MemoryStream([.. bytes, 0]))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_content_is_named_as_what_it_is()
    {
        byte[] zip = [(byte)'P', (byte)'K', 3, 4, 20, 0, 8, 8, .. new byte[600]];
        Assert.Contains("a zip archive", Hostile.Refused(() => Model.Load(new MemoryStream(zip))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated_for_tensors_that_a_header_only_claims()
    {
        const string Header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[400000000],\"data_offsets\":[0,1600000000]}}";
        byte[] bytes = [(byte)Header.Length, 0, 0, 0, 0, 0, 0, 0, .. Header.Select(c => (byte)c), 1, 2, 3, 4];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Hostile.Refused(() => Model.Load(new MemoryStream(bytes)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    private static byte[] Saved(Model model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var archive = new MemoryStream();
        using (var stream = new GZipStream(archive, CompressionLevel.Fastest))
            stream.Write(bytes);
        return archive.ToArray();
    }
}
