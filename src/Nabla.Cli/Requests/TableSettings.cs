using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>How to read a table. Other data ignore it.</summary>
internal sealed record TableSettings
{
    /// <summary>The name of the first option for tables that was given; null if none was.</summary>
    public string? Given { get; init; }

    /// <summary>The options that decide what becomes of the columns, as they were given, each after a space.</summary>
    public string PlanArguments { get; init; } = "";

    /// <summary>The character between the fields; null to find it.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first line has the column names.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The kinds of columns, without targets.</summary>
    public TableOptions Options { get; init; } = new() { Targets = [] };

    /// <summary>What to do with a category that the model does not know.</summary>
    public UnknownCategoryHandling Unknown { get; init; }

    /// <summary>The options with which later commands read such a table, each after a space.</summary>
    public string ToArguments() => Separator is { } separator ? $" --separator {ShellWord.Quote($"{separator}")}" : "";

    /// <summary>Requires that no option for tables was given.</summary>
    /// <param name="name">What is not a table.</param>
    /// <exception cref="UsageException">One was given.</exception>
    public void RequireNone(string name)
    {
        if (Given is not null)
            throw new UsageException($"cannot use {Given}", $"{name} is not a table", "Omit the option.");
    }
}
