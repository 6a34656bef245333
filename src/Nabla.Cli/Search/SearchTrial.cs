namespace Nabla.Cli;

/// <summary>One combination of options, which is trained and measured on each fold.</summary>
internal sealed class SearchTrial
{
    private SearchTrial(int number, string[] values, string arguments)
    {
        Number = number;
        Values = values;
        Arguments = arguments;
    }

    /// <summary>Its number, from 1.</summary>
    public int Number { get; }

    /// <summary>The value of each tried option.</summary>
    public string[] Values { get; }

    /// <summary>The tried options with their values, as a user would type them, each after a space.</summary>
    public string Arguments { get; }

    /// <summary>How it is trained; null if <see cref="Failure"/> says why it cannot be.</summary>
    public TrainingSettings? Settings { get; private init; }

    /// <summary>Why its options cannot be used together; null if they can.</summary>
    public TrialFailure? Failure { get; private init; }

    /// <summary>Combines the options of the command with values.</summary>
    /// <param name="number">The number of the trial, from 1.</param>
    /// <param name="tried">The tried options.</param>
    /// <param name="values">The value of each.</param>
    /// <param name="read">Reads the settings of options.</param>
    public static SearchTrial Create(int number, TriedOption[] tried, string[] values, Func<string, TrainingSettings> read)
    {
        string arguments = "";
        for (int i = 0; i < tried.Length; i++)
            arguments += tried[i].ToArguments(values[i]);
        try
        {
            return new(number, values, arguments) { Settings = read(arguments) };
        }
        catch (Exception e) when (e is UsageException or InvalidOptionException)
        {
            return new(number, values, arguments) { Failure = TrialFailure.From(e) };
        }
    }
}
