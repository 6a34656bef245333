namespace Nabla.Studio.Tests;

/// <summary>Networks that the page of mistakes shows otherwise: many classes, large pictures, ensembles, no hidden layer.</summary>
public sealed class MistakeStudyTests
{
    [Fact]
    public void More_than_fifty_classes_have_no_matrix_but_mistakes()
    {
        var message = About(Study(Vectors(600, classes: 51)));
        Assert.Empty(message.Classes);
        Assert.Empty(message.Cells);
        Assert.Equal(51, message.ClassCount);
        var study = Study(Vectors(600, classes: 50));
        Assert.Equal(2500, About(study).Cells.Count);
        var gallery = study.List(new MistakeListRequest(1));
        Assert.True(gallery.Total > 24);
        var detail = study.Look(new MistakeExampleRequest(1, gallery.Examples[0].Example), study.NearestInputs, default);
        Assert.InRange(detail.Scores.Count, 10, 11);
        Assert.Single(detail.Scores, score => score.IsLabel);
        Assert.Single(detail.Scores, score => score.IsPredicted);
    }

    [Fact]
    public void Features_without_names_are_numbered_and_many_are_left_out()
    {
        var study = Study(Vectors(200, classes: 3, features: 50));
        Assert.Equal("feature 40", About(study).Columns[^1]);
        Assert.Equal(10, About(study).MoreColumns);
        Assert.Equal("0.5", study.List(new MistakeListRequest(1, 0, 0)).Examples[0].Look.Values[1]);
    }

    [Theory]
    [InlineData(new[] { 100, 70 }, 50, 35, 1)]
    [InlineData(new[] { 8, 8, 3 }, 8, 8, 3)]
    [InlineData(new[] { 64, 64, 1 }, 64, 64, 1)]
    [InlineData(new[] { 130, 131 }, 44, 44, 1)]
    public void Large_pictures_are_sent_smaller(int[] shape, int rows, int columns, int channels)
    {
        int size = shape.Aggregate((a, b) => a * b);
        var bytes = new byte[4 * size];
        Array.Fill(bytes, (byte)200);
        var data = new Dataset(
            "pictures", FeatureTable.FromBytes(bytes, 4, size), new ClassTargets([0, 1, 0, 1], ["a", "b"]), default, shape);
        var look = new ExampleLooks(new StudioData("pictures", data, data, "", "")).Show(data.Inputs, 3);
        Assert.Equal((rows, columns, channels), (look.Rows, look.Columns, look.Channels));
        byte[] levels = Convert.FromBase64String(look.Levels);
        Assert.Equal(rows * columns * channels, levels.Length);
        Assert.All(levels, level => Assert.Equal(200, level));
    }

    [Fact]
    public void Numbers_of_arrays_are_shown_with_their_digits()
    {
        var inputs = FeatureTable.FromFloats([0.1f, 123405.57f, 3, float.MaxValue], 2, 2);
        var data = new Dataset("numbers", inputs, new ClassTargets([0, 1], ["a", "b"]));
        var looks = new ExampleLooks(new StudioData("numbers", data, data, "", ""));
        Assert.Equal(["0.1", "123405.57"], looks.Show(data.Inputs, 0).Values);
        Assert.Equal(["3", "3.4028235E+38"], looks.Show(data.Inputs, 1).Values);
    }

    [Fact]
    public void An_ensemble_says_which_network_finds_near_examples()
    {
        var data = Vectors(90, classes: 3);
        var member = Train(data);
        var study = new MistakeStudy(1, Classifier.Average([member, member]), Data(data));
        Assert.Contains("average of 2 networks", About(study).NearestNote, StringComparison.Ordinal);
        Assert.Equal(5, study.Look(new MistakeExampleRequest(1, 4), study.NearestInputs, default).Nearest.Count);
    }

    [Fact]
    public async Task A_network_without_hidden_layers_compares_inputs_alone()
    {
        var data = Vectors(90, classes: 3);
        var model = Train(data, hidden: []);
        using var desk = new MistakeDesk(() => [new("reader", "a model") { Model = model, Data = Data(data) }]);
        Assert.Equal(0, (await desk.Describe(null, default)).HiddenUnits);
        await Assert.ThrowsAsync<InvalidInputException>(
            () => desk.Ask(1, study => desk.Nearest(study, "hidden", default), default));
        Assert.NotNull(await desk.Ask(1, study => desk.Nearest(study, "inputs", default), default));
    }

    [Fact]
    public async Task Activations_are_computed_once_and_dropped_with_their_network()
    {
        var data = Vectors(90, classes: 3);
        var models = new[] { Train(data), Train(data) };
        int present = 0;
        using var desk = new MistakeDesk(() => [new("reader", "a model") { Model = models[present], Data = Data(data) }]);
        int number = (await desk.Describe(null, default)).Network;
        var first = await desk.Ask(number, study => desk.Nearest(study, "hidden", default), default);
        Assert.Same(first, await desk.Ask(number, study => desk.Nearest(study, "hidden", default), default));
        present = 1;
        Assert.Null(await desk.Ask(number, study => study, default));
        number = (await desk.Describe(null, default)).Network;
        Assert.NotSame(first, await desk.Ask(number, study => desk.Nearest(study, "hidden", default), default));
    }

    [Fact]
    public async Task Data_that_do_not_fit_the_network_are_explained()
    {
        var model = Train(Vectors(90, classes: 3));
        using var desk = new MistakeDesk(() => [new("reader", "a model") { Model = model, Data = Data(Vectors(90, classes: 4)) }]);
        Assert.Contains("does not fit the model", (await desk.Describe(null, default)).Problem, StringComparison.Ordinal);
    }

    private static MistakesMessage About(MistakeStudy study) => study.Describe(new MistakesMessage("reader", []));

    private static MistakeStudy Study(Dataset data) => new(1, Train(data), Data(data));

    private static StudioData Data(Dataset data) => new("vectors", data, data, "", "");

    private static Classifier Train(Dataset data, int[]? hidden = null) =>
        Classifier.Train(data, new TrainingOptions { Hidden = hidden ?? [5], Epochs = 1 });

    // Nothing can be learned from these: there are mistakes.
    private static Dataset Vectors(int count, int classes, int features = 2)
    {
        var values = new float[count * features];
        for (int i = 0; i < values.Length; i++)
            values[i] = i % features == 1 ? 0.5f : i * 7919 % 101;
        return new Dataset(
            "vectors", FeatureTable.FromFloats(values, count, features),
            new ClassTargets([.. Enumerable.Range(0, count).Select(i => i * 31 % classes)],
                [.. Enumerable.Range(0, classes).Select(number => $"class {number}")]));
    }
}
