namespace Nabla.Cli;

/// <summary>Shows the results of gradient checks.</summary>
internal interface IGradientView
{
    /// <summary>One network has been checked.</summary>
    void Checked(GradientResult result);

    /// <summary>All networks have been checked.</summary>
    void Done(IReadOnlyList<GradientResult> results);
}
