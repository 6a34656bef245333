using System.Globalization;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet.Tests;

public sealed class DataFrameTests
{
    [Fact]
    public void A_data_frame_trains_as_the_rows_do()
    {
        var context = new MLContext();
        var rows = Flowers.Rows();
        var lines = rows.Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row.Features[0]:R},{row.Features[1]:R},{row.Features[2]:R},{row.Price:R}"));
        var frame = DataFrame.LoadCsvFromString(
            "a,b,c,price\n" + string.Join('\n', lines), dataTypes: [.. Enumerable.Repeat(typeof(float), 4)]);
        var pipeline = context.Transforms.Concatenate("Features", "a", "b", "c")
            .Append(context.Regression.Trainers.Nabla("price", training: Flowers.Quick));
        var model = pipeline.Fit(frame);
        var expected = context.Regression.Trainers.Nabla("Price", training: Flowers.Quick).Fit(Flowers.View(context, rows));
        Assert.Equal(expected.Model.Fingerprint, model.LastTransformer.Model.Fingerprint);
        Assert.Equal(
            expected.Transform(Flowers.View(context, rows)).GetColumn<float>("Score"), model.Transform(frame).GetColumn<float>("Score"));
    }
}
