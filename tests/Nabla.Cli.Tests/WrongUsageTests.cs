namespace Nabla.Cli.Tests;

/// <summary>Wrong usage, one kind per test: the message, and exit code 2.</summary>
public sealed class WrongUsageTests
{
    [Fact]
    public void A_misspelt_option_is_named_with_the_one_that_was_meant() => Snapshot.Matches(new Session().Run("train --leyers 3"));

    [Fact]
    public void An_unknown_option_refers_to_the_help() => Snapshot.Matches(new Session().Run("train mnist --quantum"));

    [Fact]
    public void An_unknown_option_of_a_command_within_a_command() => Snapshot.Matches(new Session().Run("data list --jsn"));

    [Fact]
    public void A_misspelt_command_is_named_with_the_one_that_was_meant() => Snapshot.Matches(new Session().Run("trian mnist"));

    [Fact]
    public void A_misspelt_command_comes_before_its_options() =>
        Snapshot.Matches(new Session().Run("trian x.csv --target y").Run("data fech mnist --data-dir d").Run("fit x.csv"));

    [Theory]
    [InlineData("--hidden 64", "--layers")]
    [InlineData("--hidden_layer_sizes=64", "--layers")]
    [InlineData("--lr 0.1", "--learning-rate")]
    [InlineData("--learning_rate 0.1", "--learning-rate")]
    [InlineData("--epoch 3", "--epochs")]
    [InlineData("--max-iter 3", "--epochs")]
    [InlineData("--batch 3", "--batch-size")]
    [InlineData("--weight-decay 3", "--l2")]
    [InlineData("--random_state 3", "--seed")]
    [InlineData("--criterion mse", "--loss")]
    [InlineData("--validation_split 0.1", "--validation")]
    public void An_option_of_another_library_is_translated(string option, string ours)
    {
        using var session = new Session();
        session.Run($"train mnist {option}");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains($"try:   Did you mean {ours}?", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_threads_for_the_studio_are_refused_before_it_starts()
    {
        using var session = new Session().Run("studio --no-browser --threads 5000");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("the number of threads is 5000", session.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--loss MSELoss", "quadratic")]
    [InlineData("--loss mean_squared_error", "quadratic")]
    [InlineData("--loss sparse_categorical_crossentropy", "cross-entropy")]
    [InlineData("--schedule ReduceLROnPlateau", "reduce-on-plateau")]
    [InlineData("--init glorot_uniform", "xavier")]
    [InlineData("--scaling minmax", "unit")]
    public void A_kind_of_another_library_is_translated(string option, string ours)
    {
        using var session = new Session();
        session.Run($"train mnist {option}");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains($"Did you mean {ours}?", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_command_lists_the_commands() => Snapshot.Matches(new Session().Run("dance"));

    [Fact]
    public void No_command_at_all_shows_the_help() => Snapshot.Matches(new Session().Run(""));

    [Fact]
    public void A_command_group_without_a_command() => Snapshot.Matches(new Session().Run("data"));

    [Fact]
    public void Layers_that_are_not_numbers() => Snapshot.Matches(new Session().Run("train --layers 128,x"));

    [Fact]
    public void A_layer_without_neurons() => Snapshot.Matches(new Session().Run("train --layers 128,0"));

    [Fact]
    public void Layers_with_an_end_missing() => Snapshot.Matches(new Session().Run("train --layers 128,"));

    [Fact]
    public void A_negative_seed() => Snapshot.Matches(new Session().Run("train --seed -1"));

    [Fact]
    public void A_seed_beyond_64_bits() => Snapshot.Matches(new Session().Run("train --seed 18446744073709551616"));

    [Fact]
    public void An_option_without_its_value() => Snapshot.Matches(new Session().Run("train --seed"));

    [Fact]
    public void An_option_given_twice() => Snapshot.Matches(new Session().Run("train --seed 1 --seed 2"));

    [Fact]
    public void A_learning_rate_with_a_comma() => Snapshot.Matches(new Session().Run("train --learning-rate 0,5"));

    [Fact]
    public void A_learning_rate_of_zero() => Snapshot.Matches(new Session().Run("train --learning-rate 0"));

    [Fact]
    public void A_learning_rate_that_is_not_a_number() => Snapshot.Matches(new Session().Run("train --learning-rate NaN"));

    [Fact]
    public void An_infinite_l2() => Snapshot.Matches(new Session().Run("train --l2 1e999"));

    [Fact]
    public void A_negative_l2() => Snapshot.Matches(new Session().Run("train --l2 -0.1"));

    [Fact]
    public void No_epochs() => Snapshot.Matches(new Session().Run("train --epochs 0"));

    [Fact]
    public void Half_an_epoch() => Snapshot.Matches(new Session().Run("train --epochs 0.5"));

    [Fact]
    public void A_batch_of_nothing() => Snapshot.Matches(new Session().Run("train --batch-size 0"));

    [Fact]
    public void Augmentation_out_of_range() => Snapshot.Matches(
        new Session().Run("train --zoom 1").Run("train --rotation 360").Run("train --elastic 34").Run("train --elastic 34,0"));

    [Fact]
    public void Augmentation_of_a_table() => Snapshot.Matches(
        new Session().With("flowers.csv", Sample.Csv()).Run("train flowers.csv --target species --shift 2 --elastic 34,4")
            .Run("lr-find flowers.csv --target species --rotation 15"));

    [Fact]
    public void An_unknown_activation() => Snapshot.Matches(new Session().Run("train --activation swish"));

    [Fact]
    public void A_name_of_another_library_is_translated() => Snapshot.Matches(
        new Session().Run("train --loss mse").Run("train --schedule onecycle").Run("train --optimizer nesterov").Run("train --loss hinge"));

    [Fact]
    public void Dropout_in_a_gradient_check_without_hidden_layers() =>
        Snapshot.Matches(new Session().Run("gradcheck --layers 3,2 --dropout 0.5"));

    [Fact]
    public void Softmax_in_a_hidden_layer() => Snapshot.Matches(new Session().Run("train --activation softmax"));

    [Fact]
    public void A_loss_that_does_not_go_with_the_outputs() =>
        Snapshot.Matches(new Session().Run("train --loss quadratic --output-activation softmax"));

    [Fact]
    public void An_unknown_preset() => Snapshot.Matches(new Session().Run("train --preset exercise-3"));

    [Fact]
    public void An_unknown_optimizer() => Snapshot.Matches(new Session().Run("train --optimizer lbfgs"));

    [Fact]
    public void An_unknown_parameter_of_a_kind() =>
        Snapshot.Matches(new Session().Run("train --optimizer momentum:nesterow=1").Run("train --activation relu:slope=0.1"));

    [Fact]
    public void A_parameter_that_is_not_a_number() =>
        Snapshot.Matches(
            new Session().Run("train --optimizer adam:beta1=high").Run("train --optimizer adam:beta1").Run("train --optimizer adam:"));

    [Fact]
    public void A_parameter_out_of_range() =>
        Snapshot.Matches(
            new Session().Run("train --optimizer adam:beta1=2").Run("train --optimizer adam:amsgrad=2")
                .Run("train --schedule step:every=0").Run("train --schedule step:every=1.5"));

    [Fact]
    public void An_unknown_engine() => Snapshot.Matches(new Session().Run("train --engine quantum"));

    [Fact]
    public void Shuffle_and_no_shuffle_together() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --shuffle --no-shuffle"));

    [Fact]
    public void More_threads_than_there_can_be() => Snapshot.Matches(new Session().Run("train --threads 100000"));

    [Fact]
    public void A_fraction_above_1() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --validation 1.5"));

    [Fact]
    public void A_fraction_that_leaves_nothing_to_learn_from() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --validation 0.999"));

    [Fact]
    public void Unit_scaling_of_numbers_that_are_not_bytes() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --scaling unit"));

    [Fact]
    public void A_batch_larger_than_the_data_when_short_ones_are_dropped() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --batch-size 100 --drop-last"));

    [Fact]
    public void One_argument_too_many() => Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz more.npz"));

    [Fact]
    public void A_value_for_an_option_that_takes_none() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --json=3"));

    [Theory]
    [InlineData("--shuffle=false")]
    [InlineData("--no-shuffle=true")]
    [InlineData("--drop-last=false")]
    [InlineData("--json=true")]
    public void A_switch_takes_no_value(string option)
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        session.Run($"train tiny.npz --layers none --epochs 1 {option}");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("why:   it takes no value", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Label_smoothing_of_everything_or_without_cross_entropy() =>
        Snapshot.Matches(
            new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --label-smoothing 1")
                .Run("train tiny.npz --label-smoothing 0.1 --loss quadratic"));

    [Fact]
    public void A_loss_of_values_for_classes() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --loss huber --task classification"));

    [Fact]
    public void Dropout_without_a_hidden_layer() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --layers none --dropout 0.5"));

    [Fact]
    public void A_misspelt_name_of_a_data_set() => Snapshot.Matches(new Session().Run("train minst").Run("train MNIST"));

    [Fact]
    public void Nothing_to_resume() => Snapshot.Matches(new Session().Run("train mnist --resume nothing.safetensors"));

    [Fact]
    public void An_empty_name() => Snapshot.Matches(new Session().Run(["train", ""]).Run(["predict", "", "x.npy"]).Run(["inspect", ""]));

    [Fact]
    public void A_model_is_missing() => Snapshot.Matches(new Session().Run("evaluate"));

    [Fact]
    public void Data_are_missing() => Snapshot.Matches(new Session().Run("evaluate model.safetensors"));

    [Fact]
    public void An_input_is_missing() => Snapshot.Matches(new Session().Run("predict model.safetensors"));

    [Fact]
    public void A_file_is_missing() => Snapshot.Matches(new Session().Run("inspect"));

    [Fact]
    public void A_target_for_data_that_are_not_a_table() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --target species"));

    [Fact]
    public void No_target_for_a_table() => Snapshot.Matches(new Session().With("iris.csv", Sample.Csv()).Run("train iris.csv"));

    [Fact]
    public void Options_beside_resume() => Snapshot.Matches(new Session().Run("train mnist --resume model.safetensors --seed 2"));

    [Fact]
    public void Held_out_without_held_out_examples() =>
        Snapshot.Matches(
            new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --epochs 1")
                .Run("evaluate model.safetensors tiny.npz --held-out"));

    [Fact]
    public void A_data_set_that_cannot_be_fetched() => Snapshot.Matches(new Session().Run("data fetch imagenet"));

    [Fact]
    public void A_data_set_that_cannot_be_made() => Snapshot.Matches(new Session().Run("data make faces"));

    [Fact]
    public void More_digits_than_can_be_drawn() => Snapshot.Matches(new Session().Run("data make digits --train 2000000"));

    [Fact]
    public void A_gradient_check_of_a_network_with_one_layer_size() => Snapshot.Matches(new Session().Run("gradcheck --layers 784"));
}
