namespace Nabla;

/// <summary>An error that the user can act on: what failed, where, why, and what to do about it.</summary>
/// <remarks>
/// Four kinds exist, because four kinds of remedy do: <see cref="InvalidInputException"/> (mend the file or the data),
/// <see cref="TrainingDivergedException"/> (change an option), <see cref="DownloadException"/> (get online, or say where the data
/// is), <see cref="CommunicationException"/> (mend the installation of MPI, or look at the rank that failed). Wrong arguments stay
/// <see cref="ArgumentException"/>, and failures of the disk stay <see cref="IOException"/>. Immutable.
/// </remarks>
public abstract class NablaException : Exception
{
    private protected NablaException(string what, string where, string why, string remedy, Exception? innerException)
        : base($"{what}: {why} ({where}). {remedy}", innerException)
    {
        What = what;
        Where = where;
        Why = why;
        Remedy = remedy;
    }

    /// <summary>What could not be done, e.g. <c>cannot read digits.npz</c>.</summary>
    public string What { get; }

    /// <summary>The place, as exactly as it is known: a member, a byte offset, a row and a column, an epoch.</summary>
    public string Where { get; }

    /// <summary>The reason, with the offending value.</summary>
    public string Why { get; }

    /// <summary>What to do about it, as a sentence.</summary>
    public string Remedy { get; }
}

/// <summary>A file or a data set that cannot be used as it is: truncated, corrupt, of an unknown kind, or not fitting the model.</summary>
/// <remarks>Immutable.</remarks>
public sealed class InvalidInputException(string what, string where, string why, string remedy, Exception? innerException = null)
    : NablaException(what, where, why, remedy, innerException);

/// <summary>The loss of a training run became infinite or not a number. Immutable.</summary>
public sealed class TrainingDivergedException(string what, string where, string why, string remedy)
    : NablaException(what, where, why, remedy, null);

/// <summary>Data had to be downloaded, and no server delivered it. Immutable.</summary>
public sealed class DownloadException(string what, string where, string why, string remedy, Exception? innerException = null)
    : NablaException(what, where, why, remedy, innerException);

/// <summary>
/// The ranks of a training run cannot work together: MPI cannot be loaded or used, a rank has ended, or two ranks do not expect the same
/// message. Immutable.
/// </summary>
public sealed class CommunicationException(string what, string where, string why, string remedy, Exception? innerException = null)
    : NablaException(what, where, why, remedy, innerException);
