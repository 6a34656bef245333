using System.Collections.Concurrent;

namespace Nabla.Tests;

/// <summary>Ensembles that are trained by folds.</summary>
public class EnsembleTrainingTests
{
    private static readonly TrainingOptions Small = new() { Hidden = [5], Epochs = 4, BatchSize = 16, Seed = 3 };

    private static EnsembleTraining Trained(Dataset data, TrainingOptions options, int members)
    {
        var training = new EnsembleTraining(data, options, members);
        training.Run();
        Assert.True(training.IsComplete);
        return training;
    }

    [Fact]
    public void A_member_learns_from_all_folds_but_its_own()
    {
        var data = RandomData.Blobs(90);
        var training = Trained(data, Small, 3);
        foreach (var member in training.Members)
        {
            var fold = data.Select([.. training.Folds[member.Member]]);
            var others = data.Select([.. training.Folds.Where((_, number) => number != member.Member).SelectMany(rows => rows).Order()]);
            int epochs = 0, best = -1;
            var alone = Classifier.Train(others, Small with { Seed = member.Model.Options.Seed, KeepBest = true }, fold, epoch =>
            {
                epochs++;
                best = epoch.IsBest ? epoch.Epoch : best;
            });
            Assert.Equal(alone.Fingerprint, member.Model.Fingerprint);
            Assert.Equal(alone.Preprocessing.Offsets.ToArray(), member.Model.Preprocessing.Offsets.ToArray());
            Assert.Equal(alone.MeasureEpoch(fold), member.Fold);
            Assert.Equal((epochs, best), (member.Epochs, member.BestEpoch));
        }
        Assert.Equal(4, training.Members.Select(member => member.Model.Options.Seed).Append(Small.Seed).Distinct().Count());
        Assert.Equal(Small.Seed, training.CreateModel().Options.Seed);
    }

    [Fact]
    public void The_estimate_measures_each_example_by_the_member_that_did_not_learn_from_it()
    {
        var data = RandomData.Blobs(91);
        var training = Trained(data, Small, 4);
        var report = (ClassificationReport)training.MeasureOutOfFold();
        Assert.Equal((91, true), (report.Count, report.HasDetails));
        int correct = 0;
        double loss = 0;
        foreach (var member in training.Members)
        {
            int[] rows = [.. training.Folds[member.Member]];
            var fold = ((Classifier)member.Model).Evaluate(data.Select(rows));
            correct += fold.Correct;
            loss += fold.Loss * rows.Length;
            for (int i = 0; i < rows.Length; i++)
            {
                Assert.Equal(fold.Examples[i].Scores, report.Examples[rows[i]].Scores);
                Assert.Equal(data.Classes.Labels[rows[i]], report.Examples[rows[i]].Label);
            }
        }
        Assert.Equal(correct, report.Correct);
        Assert.Equal(loss / 91, report.Loss, 1e-12);
    }

    [Fact]
    public void The_estimate_of_values_measures_each_example_by_the_member_that_did_not_learn_from_it()
    {
        var data = EnsembleData.Values(50);
        var training = Trained(data, Small, 4);
        var report = (RegressionReport)training.MeasureOutOfFold();
        double squares = 0, loss = 0;
        foreach (var member in training.Members)
        {
            int[] rows = [.. training.Folds[member.Member]];
            var model = (Regressor)member.Model;
            loss += model.Evaluate(data.Select(rows)).Loss * rows.Length;
            foreach (int row in rows)
            {
                double[] predicted = model.Predict(data.Inputs.Floats.Slice(row * 3, 3));
                Assert.Equal(predicted, report.Examples[row].Predictions);
                squares += Math.Pow(predicted[0] - data.Values.Values[2 * row], 2);
            }
        }
        Assert.Equal(Math.Sqrt(squares / 50), report.Targets[0].RootMeanSquaredError, 1e-9);
        Assert.Equal(loss / 50, report.Loss, 1e-12);
    }

    [Fact]
    public void The_folds_are_read_only()
    {
        var training = new EnsembleTraining(RandomData.Blobs(9), Small, 3);
        Assert.Throws<NotSupportedException>(() => ((IList<int>)training.Folds[0])[0] = 1);
        Assert.Throws<NotSupportedException>(() => ((IList<IReadOnlyList<int>>)training.Folds)[0] = [1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Members_are_reported_in_order_one_at_a_time(int threads)
    {
        var reported = new List<int>();
        var batches = new ConcurrentDictionary<int, int>();
        int inside = 0;
        var training = new EnsembleTraining(RandomData.Blobs(60), Small with { Threads = threads }, 4);
        training.Run(
            member =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                reported.Add(member.Member);
                Interlocked.Decrement(ref inside);
            },
            new Callback<MemberProgress>(progress =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                batches.AddOrUpdate(progress.Member, 1, (_, count) => count + 1);
                Interlocked.Decrement(ref inside);
            }));
        Assert.Equal([0, 1, 2, 3], reported);
        Assert.Equal([12, 12, 12, 12], batches.OrderBy(pair => pair.Key).Select(pair => pair.Value)); // 4 epochs of 3 batches
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void After_an_interruption_the_members_that_are_done_remain(int threads)
    {
        var data = RandomData.Blobs(60);
        var whole = Trained(data, Small, 5);
        using var source = new CancellationTokenSource();
        var training = new EnsembleTraining(data, Small with { Threads = threads }, 5);
        Assert.Throws<InvalidOperationException>(training.CreateModel);
        // When the last member begins, at most one other is still in training.
        var stop = new Callback<MemberProgress>(progress =>
        {
            if (progress.Member == 4)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => training.Run(progress: stop, cancellationToken: source.Token));
        Assert.InRange(training.Members.Count, 3, 4);
        Assert.False(training.IsComplete);
        var model = training.CreateModel();
        Assert.Equal(training.Members.Count, model.Members.Count);
        var report = training.MeasureOutOfFold();
        Assert.Equal(training.Members.Sum(member => training.Folds[member.Member].Count), report.Count);
        Assert.Equal(
            training.Members.Sum(member => ((ClassificationReport)member.Fold).Correct), ((ClassificationReport)report).Correct);
        training.Run();
        Assert.Equal(whole.CreateModel().Fingerprint, training.CreateModel().Fingerprint);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_member_that_diverges_ends_the_training(int threads)
    {
        var options = Small with
        {
            Threads = threads, Optimizer = new SgdOptions { LearningRate = 1e30f }, Loss = Loss.Quadratic,
            OutputActivation = Activation.Identity, Activation = Activation.Identity,
        };
        var training = new EnsembleTraining(RandomData.Blobs(60), options, 3);
        var error = Assert.Throws<TrainingDivergedException>(() => training.Run());
        Assert.StartsWith("member ", error.Where, StringComparison.Ordinal);
        Assert.Empty(training.Members);
    }

    [Fact]
    public void Patience_ends_the_training_of_a_member()
    {
        var training = Trained(RandomData.Blobs(90), Small with { Epochs = 200, Patience = 2 }, 3);
        Assert.All(training.Members, member => Assert.True(member.Epochs < 200 && member.BestEpoch < member.Epochs));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(61)]
    public void A_number_of_members_that_is_not_possible_is_refused(int members) =>
        Assert.Throws<InvalidOptionException>(() => new EnsembleTraining(RandomData.Blobs(60), Small, members));

    private sealed class Callback<T>(Action<T> action) : IProgress<T>
    {
        public void Report(T value) => action(value);
    }
}
