using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet.Tests;

/// <summary>Transformers in ML.NET's model files.</summary>
public sealed class SaveTests
{
    private readonly MLContext context = new(seed: 1);

    [Fact]
    public void A_pipeline_of_several_classes_is_the_same_after_loading()
    {
        var data = Flowers.View(context);
        var model = context.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(context.MulticlassClassification.Trainers.Nabla(training: Flowers.Quick))
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        var loaded = Load(Save(model, data));
        Assert.Equal(Read<string>(model, data, "PredictedLabel"), Read<string>(loaded, data, "PredictedLabel"));
        Assert.Equal(Read<float[]>(model, data, "Score"), Read<float[]>(loaded, data, "Score"));
        Assert.Equal(
            model.Transform(data).Schema.Select(column => $"{column}"), loaded.Transform(data).Schema.Select(column => $"{column}"));
    }

    [Fact]
    public void A_model_of_two_classes_is_the_same_after_loading()
    {
        var data = Flowers.View(context);
        var model = context.BinaryClassification.Trainers.Nabla("IsDear", training: Flowers.Quick).Fit(data);
        var loaded = Assert.IsType<NablaTransformer<Classifier>>(Last(Load(Save(model, data))));
        Assert.Equal(model.Model.Fingerprint, loaded.Model.Fingerprint);
        Assert.Equal(model.ToString(), loaded.ToString());
        Assert.Equal((model.FeatureColumnName, model.FeatureColumnType), (loaded.FeatureColumnName, loaded.FeatureColumnType));
        foreach (string column in (string[])["Score", "Probability"])
            Assert.Equal(Read<float>(model, data, column), Read<float>(loaded, data, column));
        Assert.Equal(Read<bool>(model, data, "PredictedLabel"), Read<bool>(loaded, data, "PredictedLabel"));
    }

    [Fact]
    public void An_ensemble_is_the_same_after_loading()
    {
        var data = Flowers.View(context);
        var options = new NablaTrainerOptions { LabelColumnName = "Price", Training = Flowers.Quick, Members = 2 };
        var model = context.Regression.Trainers.Nabla(options).Fit(data);
        var loaded = Assert.IsType<NablaTransformer<Regressor>>(Last(Load(Save(model, data))));
        Assert.Equal(model.Model.Fingerprint, loaded.Model.Fingerprint);
        Assert.Equal(Read<float>(model, data, "Score"), Read<float>(loaded, data, "Score"));
    }

    [Theory]
    [InlineData("Single"), InlineData("Double"), InlineData("Boolean"), InlineData("Int64"), InlineData("Byte")]
    public void Keys_keep_the_type_of_their_values(string type)
    {
        var kind = Enum.Parse<DataKind>(type);
        var data = Flowers.View(context, Flowers.Rows().Select(row => new Flowers.Row
        {
            Features = row.Features, Kind = row.IsDear ? "1" : "0",
        }));
        var model = context.Transforms.Conversion.ConvertType("Class", "Kind", kind)
            .Append(context.Transforms.Conversion.MapValueToKey("Label", "Class"))
            .Append(context.MulticlassClassification.Trainers.Nabla(training: Flowers.Quick))
            .Append(context.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel")).Fit(data);
        var (before, after) = (model.Transform(data), Load(Save(model, data)).Transform(data));
        Assert.Equal(before.Schema["Class"].Type, after.Schema["Predicted"].Type);
        Assert.Equal(before.GetColumn<float[]>("Score"), after.GetColumn<float[]>("Score"));
    }

    [Fact]
    public void The_archive_has_a_model_file_of_Nabla()
    {
        var data = Flowers.View(context);
        var model = context.Regression.Trainers.Nabla("Price", training: Flowers.Quick).Fit(data);
        using var archive = new ZipArchive(new MemoryStream(Save(model, data)));
        using var stream = archive.Entries.Single(entry => entry.Name == "nabla.safetensors").Open();
        Assert.Equal(model.Model.Fingerprint, Model.Load(stream).Fingerprint);
    }

    [Fact]
    public void A_context_has_to_know_the_transformer()
    {
        var data = Flowers.View(context);
        byte[] saved = Save(context.Regression.Trainers.Nabla("Price", training: Flowers.Quick).Fit(data), data);
        Assert.Throws<FormatException>(() => new MLContext().Model.Load(new MemoryStream(saved), out _));
        var trained = new MLContext();
        _ = trained.Regression.Trainers.Nabla();
        Assert.NotNull(trained.RegisterNabla().RegisterNabla().Model.Load(new MemoryStream(saved), out _));
    }

    [Theory]
    [InlineData("nabla.safetensors", "missing", null)]
    [InlineData("nabla.json", "missing", null)]
    [InlineData("nabla.safetensors", "more bytes are expected", "abcdefg")]
    [InlineData("nabla.json", "not valid JSON", "{\"task\":")]
    [InlineData("nabla.json", "the task is \"classes\"", "{\"task\":\"classes\",\"features\":\"Features\"}")]
    [InlineData("nabla.json", "the task is \"regression\"", "{\"task\":\"regression\",\"features\":\"Features\"}")]
    [InlineData("nabla.json", "the task is \"binary\"", "{\"task\":\"binary\",\"features\":\"Features\"}")]
    [InlineData("nabla.json", "no column of features", "{\"task\":\"multiclass\"}")]
    [InlineData("nabla.json", "no column of features", "null")]
    [InlineData("nabla.json", "\"Date\", which is not", "{\"task\":\"multiclass\",\"features\":\"Features\",\"keys\":\"Date\"}")]
    [InlineData("nabla.json", "not values of type Single", "{\"task\":\"multiclass\",\"features\":\"Features\",\"keys\":\"Single\"}")]
    public void A_damaged_archive_is_refused(string entry, string why, string? content)
    {
        var data = Flowers.View(context);
        var model = context.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(context.MulticlassClassification.Trainers.Nabla(training: Flowers.Quick)).Fit(data);
        byte[] damaged = Replace(Save(model, data), entry, content);
        var error = Assert.ThrowsAny<Exception>(() => Load(damaged));
        var cause = Assert.IsType<InvalidInputException>(Causes(error).OfType<InvalidInputException>().First());
        Assert.Contains(why, cause.Message, StringComparison.Ordinal);
    }

    private byte[] Save(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        context.Model.Save(model, data.Schema, stream);
        return stream.ToArray();
    }

    // A context that has never seen the trainer.
    private static ITransformer Load(byte[] saved) => new MLContext().RegisterNabla().Model.Load(new MemoryStream(saved), out _);

    private static ITransformer Last(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.Last() : model;

    private static IEnumerable<T> Read<T>(ITransformer model, IDataView data, string column) => model.Transform(data).GetColumn<T>(column);

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    private static byte[] Replace(byte[] saved, string name, string? content)
    {
        using var stream = new MemoryStream();
        stream.Write(saved);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.Entries.Single(entry => entry.Name == name);
            string path = entry.FullName;
            entry.Delete();
            if (content is not null)
            {
                using var replaced = archive.CreateEntry(path).Open();
                replaced.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return stream.ToArray();
    }
}
