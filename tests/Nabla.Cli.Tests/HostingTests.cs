using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Spectre.Console.Testing;

namespace Nabla.Cli.Tests;

/// <summary>The command line's own parts: drawing, spelling, problems, the live view.</summary>
public sealed class HostingTests
{
    [Fact]
    public void Nothing_is_drawn_in_a_pipe() => Assert.False(Drawing.IsWanted(false, new Dictionary<string, string>()));

    [Theory]
    [InlineData("NO_COLOR", "1", false)]
    [InlineData("NO_COLOR", "", true)]
    [InlineData("TERM", "dumb", false)]
    [InlineData("TERM", "xterm", true)]
    public void Variables_turn_drawing_off(string name, string value, bool isWanted) =>
        Assert.Equal(isWanted, Drawing.IsWanted(true, new Dictionary<string, string> { [name] = value }));

    [Theory]
    [InlineData("--leyers", "--layers", 1)]
    [InlineData("--epcohs", "--epochs", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Letters_wrong_missing_added_or_swapped_are_counted(string a, string b, int distance)
    {
        Assert.Equal(distance, Spelling.Distance(a, b));
        Assert.Equal(distance, Spelling.Distance(b, a));
    }

    [Fact]
    public void What_is_not_near_is_not_proposed() => Assert.Null(Spelling.Nearest("--quantum", ["--layers", "--epochs"]));

    [Fact]
    public void Of_two_letters_none_may_be_wrong()
    {
        Assert.Null(Spelling.Nearest("--lr", ["--l2", "--learning-rate"]));
        Assert.Equal("--out", Spelling.Nearest("--ouy", ["--out"]));
    }

    [Fact]
    public void Kernels_that_the_processor_lacks_are_wrong_usage()
    {
        var problem = Problem.From(
            new TypeInitializationException("Kernels", new PlatformNotSupportedException("NABLA_KERNELS=vector4096 is not one of ...")),
            "nabla train");
        Assert.Equal(ExitCode.WrongUsage, problem.ExitCode);
        Assert.Contains("NABLA_KERNELS", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unexpected_exception_is_a_bug()
    {
        var problem = Problem.From(new InvalidOperationException("first\nsecond"), "nabla train");
        using var text = new StringWriter { NewLine = "\n" };
        problem.WriteTo(text);
        Assert.Equal(ExitCode.InternalError, problem.ExitCode);
        Snapshot.Matches(text.ToString());
    }

    [Fact]
    public void Every_kind_of_error_has_its_exit_code()
    {
        static int CodeOf(Exception e) => Problem.From(e, "nabla").ExitCode;
        Assert.Equal(2, CodeOf(new UsageException("a", "b", "c")));
        Assert.Equal(3, CodeOf(new InvalidInputException("a", "b", "c", "d")));
        Assert.Equal(3, CodeOf(new FileNotFoundException()));
        Assert.Equal(4, CodeOf(new TrainingDivergedException("a", "b", "c", "d")));
        Assert.Equal(5, CodeOf(new IOException()));
        Assert.Equal(5, CodeOf(new UnauthorizedAccessException()));
        Assert.Equal(6, CodeOf(new DownloadException("a", "b", "c", "d")));
        Assert.Equal(130, CodeOf(new OperationCanceledException()));
    }

    [Fact]
    public void Whatever_the_system_throws_for_a_file_is_an_error_of_input_or_output()
    {
        static int CodeOf(Exception e) => Problem.From(e, "nabla").ExitCode;
        Assert.Equal(5, CodeOf(new SocketException()));
        Assert.Equal(5, CodeOf(new AggregateException(new OperationCanceledException(), new AggregateException(new IOException()))));
        Assert.Equal(3, CodeOf(new InvalidDataException()));
        Assert.Equal(70, CodeOf(new ArgumentOutOfRangeException("count")));
        Assert.Equal(70, CodeOf(new ArgumentOutOfRangeException("value")));
        Assert.Equal(70, CodeOf(new NotSupportedException("a bug")));
        Assert.Equal(70, CodeOf(new AggregateException(new ArgumentNullException("count"))));
        Assert.Equal(70, CodeOf(new AggregateException()));
    }

    [Fact]
    public void A_lack_of_memory_or_threads_is_no_bug()
    {
        static (int, string) ProblemOf(Exception e) => Problem.From(e, "nabla") is var problem ? (problem.ExitCode, problem.What) : default;
        var memory = Assert.Throws<OutOfMemoryException>(() => new byte[int.MaxValue]);
        Assert.Equal((7, "not enough memory"), ProblemOf(memory));
        Assert.Equal((7, "not enough memory"), ProblemOf(new AggregateException(new AggregateException(memory))));
        Assert.Equal((7, "not enough memory"), ProblemOf(new TypeInitializationException("Kernels", new AggregateException(memory))));
        Assert.Equal((7, "not enough memory"), ProblemOf(new TargetInvocationException(memory)));
        Assert.Equal((7, "cannot start a thread"), ProblemOf(new TaskSchedulerException(memory)));
        Assert.Equal((7, "cannot start a thread"), ProblemOf(new TypeInitializationException("Teams", new InsufficientMemoryException())));
    }

    [Fact]
    public void A_later_signal_ends_the_process_unless_the_command_has_something_to_lose()
    {
        var clock = new ManualClock();
        using var interruption = new Interruption(clock);
        Assert.True(interruption.Signal());
        Assert.True(interruption.Token.IsCancellationRequested);
        clock.Advance(Interruption.Repetition.TotalSeconds - 0.01);
        Assert.True(interruption.Signal(), "GNU timeout sends one request as two signals.");
        clock.Advance(0.02);
        Assert.False(interruption.Signal());
        interruption.IgnoreLaterSignals();
        Assert.True(interruption.Signal());
    }

    [Fact]
    public void A_signal_ends_the_wait_for_work_that_does_not_end()
    {
        using var interruption = new Interruption();
        using var never = new ManualResetEventSlim();
        Assert.Equal(3, interruption.WaitFor(() => 3));
        Assert.Throws<InvalidOperationException>(() => interruption.WaitFor<int>(() => throw new InvalidOperationException()));
        Assert.Throws<OperationCanceledException>(() => interruption.WaitFor(() =>
        {
            interruption.Signal();
            never.Wait();
            return 4;
        }));
        never.Set();
    }

    [Fact]
    public void A_stack_trace_is_shown_if_a_variable_asks_for_it()
    {
        using var session = new Session().WithVariable(Problem.DebugVariable, "1").Run("train nothing.npz");
        Assert.Contains("   at Nabla.Cli.", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void The_live_line_shows_progress_loss_speed_and_time_left()
    {
        var clock = new ManualClock();
        var estimate = new ProgressEstimate(clock, epochs: 4);
        var seen = new StringBuilder();
        void Show(int width) => seen.Append(estimate.Line(width)).Append('\n');

        clock.Advance(1);
        estimate.Advance(new BatchProgress(0, 1, 4, 100, 2.5));
        Show(120);
        clock.Advance(1);
        estimate.Advance(new BatchProgress(0, 2, 4, 200, 2.25));
        Show(120);
        clock.Advance(2);
        estimate.Advance(new BatchProgress(0, 4, 4, 400, 1.5));
        estimate.Finish(new EpochReport(0, 1.5, new ClassificationReport(875, 1000, 1), 400, TimeSpan.FromSeconds(4)));
        clock.Advance(1);
        estimate.Advance(new BatchProgress(1, 1, 4, 100, 0.5));
        clock.Advance(0.5);
        estimate.Advance(new BatchProgress(1, 3, 4, 300, 0.25));
        Show(120);
        Show(60);
        Snapshot.Matches(seen.ToString());
    }

    [Fact]
    public void On_a_terminal_lines_scroll_above_a_live_one()
    {
        using var screen = new TestConsole().Width(120).EmitAnsiSequences();
        using var session = new Session { Screen = screen }.With("tiny.npz", Sample.Npz());
        session.Run("train tiny.npz --layers 8 --epochs 2");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains("Epoch: 0, Accuracy: ", screen.Output, StringComparison.Ordinal);
        Assert.Contains("Epoch: 1, Accuracy: ", screen.Output, StringComparison.Ordinal);
        Assert.Contains("epoch 1 of 2", screen.Output, StringComparison.Ordinal);
        Assert.Contains("examples/s", screen.Output, StringComparison.Ordinal);
        Assert.StartsWith("Accuracy: ", session.Output, StringComparison.Ordinal);
        // A longer live line is erased and not only written over.
        Assert.Matches("Epoch: 0, [^\u001b]*examples/s\u001b\\[K", screen.Output);
    }

    [Fact]
    public void Until_the_second_batch_the_speed_of_the_epoch_before_is_shown()
    {
        var clock = new ManualClock();
        var estimate = new ProgressEstimate(clock, epochs: 4);
        estimate.Advance(new BatchProgress(0, 4, 4, 400, 1.5));
        estimate.Finish(new EpochReport(0, 1.5, new ClassificationReport(875, 1000, 1), 400, TimeSpan.FromSeconds(4)));
        estimate.Advance(new BatchProgress(1, 1, 4, 100, 0.5));
        clock.Advance(0.25);
        Assert.Contains("  100 examples/s", estimate.Line(120), StringComparison.Ordinal);
        estimate.Advance(new BatchProgress(1, 2, 4, 200, 0.5));
        Assert.Contains("  400 examples/s", estimate.Line(120), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void The_live_line_fits_a_narrow_screen(int width)
    {
        var clock = new ManualClock();
        var estimate = new ProgressEstimate(clock, epochs: 4);
        estimate.Advance(new BatchProgress(0, 4, 4, 400, 1.5));
        estimate.Finish(new EpochReport(0, 1.5, new ClassificationReport(875, 1000, 1), 400, TimeSpan.FromSeconds(4)));
        clock.Advance(1);
        estimate.Advance(new BatchProgress(1, 1, 4, 100, 0.5));
        Assert.StartsWith("epoch 2 of 4  ", estimate.Line(width), StringComparison.Ordinal);
        Assert.InRange(estimate.Line(width).Length, 14, width - 1);
    }

    [Fact]
    public void Every_snapshot_has_its_test()
    {
        var tests = typeof(HostingTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Select(method => method.Name)
            .ToHashSet();
        Assert.All(Directory.GetFiles(Snapshot.Folder), file => Assert.Contains(Path.GetFileNameWithoutExtension(file), tests));
    }
}
