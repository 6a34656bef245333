namespace Nabla.Cli;

/// <summary>Shows the results of gradient checks.</summary>
internal interface IGradientView
{
    /// <summary>Called after each network.</summary>
    void Checked(GradientResult result);

    /// <summary>Called after all networks.</summary>
    void Done(IReadOnlyList<GradientResult> results);
}
