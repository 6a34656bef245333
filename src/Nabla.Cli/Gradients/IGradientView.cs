namespace Nabla.Cli;

/// <summary>Shows what gradient checks find.</summary>
internal interface IGradientView
{
    /// <summary>One network has been checked.</summary>
    void Checked(GradientResult result);

    /// <summary>All have.</summary>
    void Done(IReadOnlyList<GradientResult> results);
}
