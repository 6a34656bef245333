namespace Nabla.Tests;

public class ClassifierTests
{
    private static readonly TrainingOptions Small = new() { Hidden = [11, 7], Epochs = 2, BatchSize = 16 };

    [Fact]
    public void An_example_alone_has_the_bits_that_it_has_in_a_batch()
    {
        var data = RandomData.Images(700);
        var model = Classifier.Train(data, Small);
        var together = model.Predict(data.Inputs);
        for (int i = 0; i < data.Count; i += 13)
        {
            var alone = model.Predict(data.Inputs.Bytes.Slice(i * data.Inputs.Columns, data.Inputs.Columns));
            Assert.Equal(together[i].Scores, alone.Scores);
            Assert.Equal(together[i].ClassName, alone.ClassName);
        }
    }

    [Fact]
    public void Inputs_of_the_other_type_are_refused()
    {
        var data = RandomData.Images(60);
        var ofBytes = Classifier.Train(data, Small);
        float[] pixels = [.. data.Inputs.Bytes[..data.Inputs.Columns].ToArray().Select(pixel => pixel / 255f)];
        string why = Assert.Throws<InvalidInputException>(() => ofBytes.Predict(pixels)).Why;
        Assert.Contains("trained on bytes", why, StringComparison.Ordinal);
        var numbers = new Dataset("numbers", FeatureTable.FromFloats([1, 2, 3, 4], 2, 2), new ClassTargets([0, 1], ["a", "b"]));
        var ofNumbers = Classifier.Train(numbers, Small);
        Assert.Throws<InvalidInputException>(() => ofNumbers.Predict(new byte[] { 1, 2 }));
    }

    [Fact]
    public void A_constant_feature_does_not_matter()
    {
        var rows = Enumerable.Range(0, 100).Select(i => new[] { 2024.0, i % 10 }).ToArray();
        var targets = ClassTargets.From(rows.Select(row => row[1] < 5 ? "low" : "high"));
        var options = Small with { Epochs = 60 };
        var model = Classifier.Train(Dataset.From(rows, targets), options);
        Assert.Equal(1, model.Evaluate(Dataset.From(rows, targets)).Accuracy);
        Assert.Equal(model.Predict([2024f, 3f]).Scores, model.Predict([1999f, 3f]).Scores);
    }

    [Fact]
    public void A_single_class_is_refused()
    {
        var data = new Dataset("seven", FeatureTable.FromFloats([1, 2], 2, 1), new ClassTargets([0, 0], ["7"]));
        string why = Assert.Throws<InvalidInputException>(() => Classifier.Train(data, Small)).Why;
        Assert.Contains("single class", why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prediction_follows_the_parameters_after_they_change()
    {
        var data = RandomData.Images(60);
        var model = Classifier.Train(data, Small);
        var example = data.Inputs.Bytes[..data.Inputs.Columns];
        float[] before = [.. model.Predict(example).Scores];
        var parameters = model.Network.EditParameters();
        Assert.Equal(before, model.Predict(example).Scores);
        foreach (ref float parameter in parameters)
            parameter *= 2;
        Assert.NotEqual(before, model.Predict(example).Scores);
        Assert.Equal(model.Predict(data.Inputs)[0].Scores, model.Predict(example).Scores);
        parameters[3] = float.NaN;
        Assert.Throws<InvalidInputException>(() => model.Predict(data.Inputs.Bytes[..data.Inputs.Columns]));
    }

    [Fact]
    public void Evaluation_counts_what_prediction_says()
    {
        var data = RandomData.Images(600);
        var model = Classifier.Train(data, Small);
        int right = model.Predict(data.Inputs).Zip(data.Classes.Labels.ToArray()).Count(pair => pair.First.ClassIndex == pair.Second);
        var evaluation = model.Evaluate(data);
        Assert.Equal((right, data.Count), (evaluation.Correct, evaluation.Count));
        Assert.Equal(right / 600.0, evaluation.Accuracy);
    }

    [Fact]
    public void Scaling_is_fitted_on_training_data_alone()
    {
        var train = RandomData.Blobs(100, seed: 1);
        var other = RandomData.Blobs(100, seed: 2);
        var with = Classifier.Train(train, Small, validation: other);
        var without = Classifier.Train(train, Small);
        Assert.Equal(without.Preprocessing.Offsets.ToArray(), with.Preprocessing.Offsets.ToArray());
        Assert.Equal(without.Fingerprint, with.Fingerprint);
    }

    [Fact]
    public void Validation_accuracy_is_reported_for_each_epoch()
    {
        var reports = new List<EpochReport>();
        var model = Classifier.Train(RandomData.Blobs(200), Small, RandomData.Blobs(50), reports.Add);
        Assert.Equal([0, 1], reports.Select(report => report.Epoch));
        Assert.Equal(model.Evaluate(RandomData.Blobs(50)).Accuracy, reports[^1]["accuracy"]);
        Assert.StartsWith("Epoch: 1, Accuracy: 0.", reports[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused()
    {
        var model = Classifier.Train(RandomData.Blobs(50), Small);
        Assert.Contains("6", Assert.Throws<InvalidInputException>(() => model.Evaluate(RandomData.Blobs(5, features: 7))).Why,
            StringComparison.Ordinal);
        Assert.Contains("class 3", Assert.Throws<InvalidInputException>(() => model.Evaluate(RandomData.Blobs(5, classes: 4))).Why,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Predict(new float[5]));
    }

    [Fact]
    public void NaN_belongs_to_no_class()
    {
        var model = Classifier.Train(RandomData.Blobs(50), Small);
        float[] wrong = [0, 0, float.NaN, 0, 0, 0];
        Assert.Equal("the example", Assert.Throws<InvalidInputException>(() => model.Predict(wrong)).Where);
        var table = FeatureTable.FromFloats([.. new float[6], .. wrong], 2, 6);
        Assert.Equal("example 1", Assert.Throws<InvalidInputException>(() => model.Predict(table)).Where);
        Assert.Equal(1, Classification.CountCorrect([float.NaN, float.NaN, 1f, 0f, 0.5f, float.NaN], [0, 0, 0], 2));
    }

    [Fact]
    public void A_model_of_bytes_takes_no_numbers_and_the_other_way_round()
    {
        // Numbers from 0 to 1 would be divided by 255 once more, and the answers would be wrong without a word.
        var images = RandomData.Images(60);
        var numbers = new Dataset(
            "numbers", FeatureTable.FromFloats([.. images.Inputs.Bytes.ToArray().Select(pixel => pixel / 255f)], 60, 36),
            images.Targets);
        var ofBytes = Classifier.Train(images, Small);
        var ofNumbers = Classifier.Train(numbers, Small);
        Assert.Contains("bytes", Assert.Throws<InvalidInputException>(() => ofBytes.Evaluate(numbers)).Why, StringComparison.Ordinal);
        Assert.Throws<InvalidInputException>(() => ofNumbers.Predict(images.Inputs));
        Assert.Equal((true, false), (ofBytes.TakesBytes, ofNumbers.TakesBytes));
    }

    [Fact]
    public void The_first_of_equal_outputs_wins() => Assert.Equal(1, Classification.Strongest([0f, 2f, 2f]));
}
