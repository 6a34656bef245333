namespace Nabla.Cli;

/// <summary>Turns the library's complaints about arguments into the command line's.</summary>
internal static class Usage
{
    /// <summary>Options that the library accepts.</summary>
    /// <exception cref="UsageException">The library does not; its message says what to use.</exception>
    public static TrainingOptions Checked(TrainingOptions options)
    {
        Guard(options.Validate);
        return options;
    }

    /// <summary>Does what may be refused because of what the user wrote.</summary>
    /// <exception cref="UsageException">It was.</exception>
    public static void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (ArgumentException e)
        {
            throw Refused(e);
        }
    }

    /// <summary>Makes what may be refused because of what the user wrote.</summary>
    /// <exception cref="UsageException">It was.</exception>
    public static T Guard<T>(Func<T> function)
    {
        try
        {
            return function();
        }
        catch (ArgumentException e)
        {
            throw Refused(e);
        }
    }

    private static UsageException Refused(ArgumentException e)
    {
        // The library's messages read "What is wrong: what to use." or "What is wrong. What to do."; a C# parameter's name is of no use here.
        string message = e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
        int end = message.LastIndexOf(": ", StringComparison.Ordinal);
        if (end < 0)
            end = message.LastIndexOf(". ", StringComparison.Ordinal);
        return end < 0
            ? new UsageException("these options cannot be used", message.TrimEnd('.'), "See --help for what each option takes.")
            : new UsageException("these options cannot be used", message[..end], char.ToUpperInvariant(message[end + 2]) + message[(end + 3)..]);
    }
}
