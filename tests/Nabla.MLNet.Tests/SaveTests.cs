using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet.Tests;

public sealed class SaveTests
{
    private readonly MLContext context = new(seed: 1);

    [Fact]
    public void A_loaded_classifier_predicts_what_the_saved_one_did()
    {
        var data = Flowers.View(context);
        var pipeline = context.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(context.MulticlassClassification.Trainers.Nabla(training: Flowers.Quick))
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = pipeline.Fit(data);
        using var stream = new MemoryStream();
        context.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var other = new MLContext().RegisterNabla();
        var loaded = other.Model.Load(stream, out _);
        Assert.Equal(
            model.Transform(data).GetColumn<string>("PredictedLabel"), loaded.Transform(data).GetColumn<string>("PredictedLabel"));
        Assert.Equal(model.Transform(data).GetColumn<float[]>("Score"), loaded.Transform(data).GetColumn<float[]>("Score"));
    }
}
