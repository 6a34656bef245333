using System.Globalization;

namespace Nabla.Cli.Tests;

/// <summary>What <c>nabla search</c> tries: lists and ranges of values, and their combinations.</summary>
public sealed class SearchSpaceTests
{
    [Fact]
    public void Values_are_separated_by_spaces_and_may_contain_commas()
    {
        var option = Read("layers=64 128,64 none  64").Options[0];
        Assert.Equal("layers", option.Name);
        Assert.Equal(["64", "128,64", "none"], option.Values);
    }

    [Fact]
    public void A_value_with_spaces_stands_between_quotation_marks()
    {
        var option = Read("class-weights=balanced 'not yet=2,done=1'").Options[0];
        Assert.Equal(["balanced", "not yet=2,done=1"], option.Values);
        Assert.Equal(" --class-weights 'not yet=2,done=1'", option.ToArguments(option.Values[1]));
    }

    [Fact]
    public void All_combinations_are_tried_the_last_option_changing_first() => Assert.Equal(
        ["sgd 1", "sgd 2", "sgd 3", "adam 1", "adam 2", "adam 3"],
        Read("optimizer=sgd adam", "epochs=1 2 3").Grid().Select(trial => string.Join(' ', trial)));

    [Fact]
    public void Random_trials_follow_from_the_seed_and_differ_from_each_other()
    {
        var space = Read("learning-rate=1e-4..0.1", "layers=8 16,8 none");
        string[] first = Draw(space, 40, 1);
        Assert.Equal(40, first.Distinct().Count());
        Assert.Equal(first, Draw(space, 40, 1));
        Assert.Equal(first[..10], Draw(space, 10, 1)); // more trials leave those before them alone
        Assert.NotEqual(first, Draw(space, 40, 2));
    }

    [Fact]
    public void There_are_no_more_random_trials_than_combinations() =>
        Assert.Equal(6, Read("optimizer=sgd adam", "epochs=1 2 3").Draw(100, 1).Count);

    [Fact]
    public void Every_factor_is_as_likely_in_a_range()
    {
        double[] rates = [.. Read("learning-rate=0.0001..0.1").Draw(1000, 5).Select(trial => Number(trial[0]))];
        Assert.All(rates, rate => Assert.InRange(rate, 0.0001, 0.1));
        for (int decade = 0; decade < 3; decade++)
        {
            double low = Number($"1e{decade - 4}");
            Assert.InRange(rates.Count(rate => rate >= low && rate < 10 * low), 280, 390); // a third of 1000
        }
    }

    [Fact]
    public void Every_number_is_as_likely_in_a_range_from_0()
    {
        double[] rates = [.. Read("dropout=0..0.8").Draw(1000, 5).Select(trial => Number(trial[0]))];
        Assert.All(rates, rate => Assert.InRange(rate, 0, 0.8));
        Assert.InRange(rates.Count(rate => rate < 0.4), 450, 550);
    }

    [Fact]
    public void Whole_numbers_are_drawn_for_options_that_take_them()
    {
        string[] sizes = [.. Read("batch-size=2..5").Draw(4, 1).Select(trial => trial[0])];
        Assert.Equal(["2", "3", "4", "5"], sizes.Order());
    }

    [Theory]
    [InlineData("lr=0.1", "cannot try lr", "Did you mean learning-rate?")]
    [InlineData("leyers=64", "cannot try leyers", "Did you mean layers?")]
    [InlineData("threads=1 2", "cannot try threads", "nabla train --help lists the options.")]
    [InlineData("shuffle=1", "cannot try shuffle", "Add --shuffle to the command: it then holds for all trials.")]
    [InlineData("layers=64 0", "cannot use --try layers=0", "--try layers=128,64")]
    [InlineData("optimizer=adm", "cannot use --try optimizer=adm", "Did you mean adam?")]
    [InlineData("learning-rate=1..x", "cannot use --try learning-rate=x", "--try learning-rate=0.5")]
    [InlineData("learning-rate=0.1..0.01", "cannot use --try learning-rate=0.1..0.01", "--try learning-rate=0.01..0.1")]
    [InlineData("layers=8..16", "cannot use --try layers=8..16", "--try layers=128,64")]
    [InlineData("learning-rate", "cannot use --try learning-rate", SearchSpace.Example)]
    [InlineData("learning-rate= ", "cannot use --try learning-rate= ", SearchSpace.Example)]
    [InlineData("class-weights='a=2", "cannot use --try class-weights='a=2", "Put a value with spaces between two of '.")]
    public void What_cannot_be_tried_is_refused_with_a_remedy(string text, string what, string remedy)
    {
        var error = Assert.Throws<UsageException>(() => Read(text));
        Assert.Equal((what, remedy), (error.What, error.Remedy));
    }

    [Fact]
    public void An_option_is_tried_once() => Assert.Throws<UsageException>(() => Read("epochs=1", "epochs=2"));

    [Fact]
    public void Ranges_and_too_many_combinations_are_for_random_trials()
    {
        Assert.Throws<UsageException>(() => Read("learning-rate=0.1..1").Grid());
        string many = string.Join(' ', Enumerable.Range(1, 400));
        Assert.Throws<UsageException>(() => Read($"epochs={many}", $"batch-size={many}").Grid());
        Assert.Equal(3, Read($"epochs={many}", $"batch-size={many}").Draw(3, 1).Count);
    }

    [Theory]
    [InlineData(1, 10, 3, "1")]
    [InlineData(3, 10, 3, "1")] // one more rung would compare nothing
    [InlineData(4, 10, 3, "3 1")]
    [InlineData(64, 81, 3, "27 9 3 1")]
    [InlineData(64, 5, 3, "3 1")] // there is less than one epoch in the next
    [InlineData(64, 100, 4, "16 4 1")]
    [InlineData(64, 100, null, "1")]
    public void Rungs_end_with_all_epochs_and_few_trials(int trials, int epochs, int? factor, string divisors)
    {
        var rungs = new Rungs(trials, epochs, factor);
        Assert.Equal(divisors, string.Join(' ', Enumerable.Range(0, rungs.Count).Select(rungs.DivisorOf)));
        Assert.Equal(epochs, rungs.EpochsOf(epochs, rungs.Count - 1));
        Assert.Equal(1, rungs.EpochsOf(1, 0));
    }

    private static SearchSpace Read(params string[] texts) => SearchSpace.Read(texts, new TrialCommand());

    private static string[] Draw(SearchSpace space, int count, ulong seed) =>
        [.. space.Draw(count, seed).Select(trial => string.Join(' ', trial))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
