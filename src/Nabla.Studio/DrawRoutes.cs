using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>What the page for drawing asks for.</summary>
internal sealed class DrawRoutes(Studio studio)
{
    public void AddTo(Router router)
    {
        router.Get("/api/reader", context => Json.WriteAsync(context, Describe(), StudioJson.Default.ReaderMessage));
        router.Post("/api/read", Read);
        router.Post("/api/corrections", Correct);
        router.Post("/api/corrections/clear", Clear);
        router.Post("/api/corrections/train", Train);
        router.Post("/api/reader/use", Use);
    }

    private ReaderMessage Describe()
    {
        if (studio.Reader is not { } reader)
            return new ReaderMessage("", "", [], []) { Problem = studio.ReaderProblem };
        var names = reader.Model.ClassNames;
        var kept = studio.Corrections.For(reader);
        return new ReaderMessage(reader.Title, $"{reader.Model.Topology}", names, [.. kept.Select(correction => new CorrectionThumbnail(
            names[correction.Label], names[correction.Read], names[reader.Classify(correction.Pixels)],
            Convert.ToBase64String(correction.Pixels)))])
        {
            Columns = reader.Columns, WhyNotTrained = CorrectionSet.WhyNot(reader),
        };
    }

    private async Task Read(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.DrawingMessage) is { } drawing)
        {
            var reading = studio.Reader?.Read(drawing) ?? new ReadingMessage(studio.ReaderProblem ?? "The network is being trained.");
            await Json.WriteAsync(context, reading, StudioJson.Default.ReadingMessage);
        }
    }

    private async Task Correct(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.CorrectionMessage) is not { } message)
            return;
        if (studio.Reader is not { } reader || message.Label < 0 || message.Label >= reader.Model.ClassNames.Count)
            throw new InvalidInputException("cannot keep the correction", "the class", "there is no such class", "Reload the page.");
        byte[] pixels = reader.Fit(message.Drawing).Pixels;
        studio.Corrections.Add(
            new Correction(pixels, reader.Model.InputShape, reader.Model.ClassNames, message.Label, reader.Classify(pixels)));
        studio.ReaderChanged();
        await Json.WriteAsync(context, Describe(), StudioJson.Default.ReaderMessage);
    }

    private Task Clear(HttpContext context)
    {
        if (studio.Reader is { } reader)
            studio.Corrections.Clear(reader);
        studio.ReaderChanged();
        return Json.WriteAsync(context, Describe(), StudioJson.Default.ReaderMessage);
    }

    private Task Train(HttpContext context) => TrainRoutes.Answer(context, studio.TrainOnCorrections());

    /// <summary>Reads drawings with the network of the last run from now on.</summary>
    private Task Use(HttpContext context)
    {
        if (studio.Workshop.Current is not { Result: Classifier model, Data: { } data } run || DigitReader.WhyNot(model) is not null)
        {
            throw new InvalidInputException(
                "cannot read drawings with this network", "the last run", "it has not ended, or it was not trained on grey images",
                "Train on digits first.");
        }
        studio.SetReader(new DigitReader(model, $"run {run.View.Run}, trained on {data.Title}", data));
        return Json.WriteAsync(context, Describe(), StudioJson.Default.ReaderMessage);
    }
}
