namespace Nabla;

/// <summary>An engine on several ranks, each of which may know the optimizer's memory of a part of the parameters alone.</summary>
internal interface IStateSharing
{
    /// <summary>Whether this rank knows the memory of all parameters.</summary>
    bool HasWholeState { get; }

    /// <summary>Gives all ranks the memory of all parameters. All ranks must call it after the same step.</summary>
    /// <exception cref="CommunicationException">Another rank cannot be reached.</exception>
    void ShareState();
}
