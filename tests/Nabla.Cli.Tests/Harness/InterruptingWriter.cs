namespace Nabla.Cli.Tests;

/// <summary>Standard output with a user who presses Ctrl-C as soon as a certain text appears.</summary>
internal sealed class InterruptingWriter(string trigger, Interruption interruption) : StringWriter
{
    public override void WriteLine(object? value) => WriteLine(value?.ToString());

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.Contains(trigger, StringComparison.Ordinal) == true)
            interruption.Signal();
    }
}
