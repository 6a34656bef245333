namespace Nabla.Cli.Tests;

/// <summary>Tables as people have them, on the command line.</summary>
public sealed class TableTests
{
    private const string Quick = "--layers 8 --epochs 3";

    private static readonly string Customers = "id,name,joined,age,city,income,churn\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
        $"{i + 1},Customer {i},2024-{i % 12 + 1:00}-15,{(i % 7 == 0 ? "" : $"{20 + i % 50}")},{(i % 2 == 0 ? "Rome" : "Oslo")},"
        + $"\"{1 + i % 5},{i % 10}00\",{(i % 3 == 0 ? "yes" : "no")}\n"));

    private static Session WithCustomers() => new Session().With("customers.csv", Customers);

    [Fact]
    public void The_plan_of_a_table_is_shown()
    {
        using var session = WithCustomers();
        session.Run("inspect customers.csv --target churn");
        session.Run("inspect customers.csv --target churn --columns age=category --ignore city --json");
        Snapshot.Matches(session);
    }

    [Fact]
    public void A_table_is_trained_evaluated_and_scored_as_it_is()
    {
        using var session = WithCustomers().With(
            "new.csv", "id,name,joined,age,city,income\n"
            + "7,\"Guest, New\",2024-03-01,44,Paris,\"2,100\"\n8,Other,2024-04-01,,Oslo,\"3,000\"\n");
        session.Run($"train customers.csv --target churn {Quick}");
        session.Run("evaluate model.safetensors customers.csv --held-out --out scores.csv");
        session.Run("predict model.safetensors new.csv --out scored.csv --keep id,name");
        Assert.Equal(0, session.ExitCode);
        string[] lines = File.ReadAllLines(session.PathOf("scored.csv"));
        Assert.Equal("id,name,prediction,probability_no,probability_yes", lines[0]);
        Assert.StartsWith("7,\"Guest, New\",", lines[1], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.Equal(13, File.ReadAllLines(session.PathOf("scores.csv")).Length);
        session.Run("predict model.safetensors new.csv --unknown error");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        session.Run("predict model.safetensors new.csv --out new.csv");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        session.Run("predict model.safetensors new.csv --keep id");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        session.Run("predict model.safetensors new.csv --out scored.csv --keep salary");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
    }

    [Fact]
    public void Nothing_is_held_out_on_request()
    {
        using var session = new Session().With("xor.csv", "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
        session.Run("train xor.csv --target y --validation none --layers 32 --epochs 200");
        Assert.Contains("Accuracy: 1.0", session.Output, StringComparison.Ordinal);
        Assert.Contains("No examples are held out", session.Messages, StringComparison.Ordinal);
        session.Run("train xor.csv --target y --validation none --keep-best");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        session.Run("evaluate model.safetensors xor.csv --held-out");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        session.Run("evaluate model.safetensors xor.csv");
        Assert.Contains("was trained on these examples", session.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("--held-out", session.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20%", ExitCode.Done, "on 48 examples")]
    [InlineData("0.2", ExitCode.Done, "on 48 examples")]
    [InlineData("0", ExitCode.Done, "No examples are held out")]
    [InlineData("0%", ExitCode.Done, "on 60 examples")]
    [InlineData("120%", ExitCode.WrongUsage, "a fraction must be between 0 and 1")]
    public void A_share_may_be_a_percentage(string validation, int exitCode, string message)
    {
        using var session = WithCustomers();
        session.Run($"train customers.csv --target churn {Quick} --validation {validation}");
        Assert.Equal(exitCode, session.ExitCode);
        Assert.Contains(message, session.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train digits --weight-column w --epochs 1")]
    [InlineData("inspect model.safetensors --columns a=date")]
    [InlineData("train customers.csv --resume model.safetensors --ignore age")]
    [InlineData("predict model.safetensors customers.csv --out scored.csv --json")]
    public void An_option_that_would_be_ignored_is_refused(string arguments)
    {
        using var session = WithCustomers();
        session.RunSilently($"train customers.csv --target churn {Quick}");
        session.Run(arguments);
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
    }

    [Fact]
    public void The_options_of_a_table_are_in_the_command_that_is_proposed()
    {
        using var session = WithCustomers();
        session.Run("lr-find customers.csv --target churn --ignore city --missing 20 --missing 21 --layers 8 --steps 30");
        Assert.Contains("--target churn", session.Messages, StringComparison.Ordinal);
        Assert.Contains("--ignore city --missing 20 --missing 21", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_without_a_target_follows_the_options()
    {
        using var session = WithCustomers();
        session.Run("inspect customers.csv --ignore city --columns age=category");
        Assert.Matches("city +left out", session.Output);
        Assert.Matches("age +category", session.Output);
        session.Run("inspect customers.csv --ignore nosuchcolumn");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
    }

    [Theory]
    [InlineData("error")]
    [InlineData("ERROR")]
    public void The_case_of_a_choice_does_not_matter(string choice)
    {
        using var session = WithCustomers().With("new.csv", Customers.Replace("Rome", "Paris", StringComparison.Ordinal));
        session.RunSilently($"train customers.csv --target churn {Quick}");
        session.Run($"predict model.safetensors new.csv --unknown {choice}");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
    }

    [Fact]
    public void Columns_can_be_chosen_by_name()
    {
        using var session = WithCustomers();
        session.Run($"train customers.csv --target churn {Quick} --only age,city");
        Assert.Contains("Training 3-8-2", session.Messages, StringComparison.Ordinal);
        session.Run($"train customers.csv --target churn {Quick} --columns age=colour");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        session.Run($"train customers.csv --target churn {Quick} --ignore height");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
    }

    [Fact]
    public void Standard_input_is_predicted()
    {
        using var session = WithCustomers();
        session.Run($"train customers.csv --target churn {Quick}");
        session.Input = Customers;
        session.Run("predict model.safetensors -");
        Assert.Equal(60, session.Output.TrimEnd().Split('\n').Length);
        Assert.StartsWith("-[0]: ", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scored_file_is_written_as_its_table_is()
    {
        using var session = new Session();
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 10},5;a;{i % 10 * 3},25\n"));
        session.With("german.csv", "groesse;x;preis\n" + rows);
        session.Run($"train german.csv --target preis {Quick}");
        session.Run("predict model.safetensors german.csv --out scored.csv");
        string[] lines = File.ReadAllLines(session.PathOf("scored.csv"));
        Assert.Equal("groesse;x;preis;prediction", lines[0]);
        Assert.Matches("^0,5;a;0,25;-?[0-9]+(,[0-9]+)?(E-[0-9]+)?$", lines[1]);
        Assert.Equal(41, lines.Length);
        session.Run("evaluate model.safetensors german.csv --out scores.csv");
        lines = File.ReadAllLines(session.PathOf("scores.csv"));
        Assert.Equal("row;target;prediction", lines[0]);
        Assert.Matches("^2;3,25;-?[0-9]+(,[0-9]+)?(E-[0-9]+)?$", lines[2]);
    }

    [Fact]
    public void Nothing_that_is_read_is_replaced()
    {
        using var session = WithCustomers();
        Directory.CreateDirectory(session.PathOf("real"));
        File.Copy(session.PathOf("customers.csv"), session.PathOf("real/table"));
        File.CreateSymbolicLink(session.PathOf("link"), session.PathOf("real"));
        // The system follows "deep" before "..", so that this leads to real/table, too.
        Directory.CreateDirectory(session.PathOf("real/deep"));
        File.CreateSymbolicLink(session.PathOf("deep"), session.PathOf("real/deep"));
        File.CreateSymbolicLink(session.PathOf("up"), "deep/../table");
        session.RunSilently($"train customers.csv --target churn {Quick}");
        string[] commands =
        [
            $"train real/table --target churn {Quick} --out real/table",
            $"train real/table --target churn {Quick} --out link/table",
            $"train customers.csv --target churn {Quick} --validation real/table --out link/table",
            "evaluate model.safetensors real/table --out link/table",
            "predict model.safetensors real/table --out link/table",
            "predict model.safetensors real/table --out up",
            "predict model.safetensors up --out real/table",
        ];
        foreach (string command in commands)
        {
            session.Run(command);
            Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
            Assert.Contains("would be replaced", session.Messages, StringComparison.Ordinal);
            Assert.Equal(Customers, File.ReadAllText(session.PathOf("real/table")));
        }
    }

    [Fact]
    public void A_pipe_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes in folders are a matter of Unix.");
        using var session = WithCustomers();
        session.RunSilently($"train customers.csv --target churn {Quick}");
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        pipe.Write(new byte[20_000]);
        string path = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        foreach (string command in (string[])[$"predict model.safetensors {path}", $"train {path} --target churn"])
        {
            Assert.Equal(ExitCode.InvalidInput, session.Run(command).ExitCode);
            Assert.Contains("it is a pipe", session.Messages, StringComparison.Ordinal);
        }
    }
}
