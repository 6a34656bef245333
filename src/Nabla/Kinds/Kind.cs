using System.Globalization;

namespace Nabla;

/// <summary>
/// One choice out of a <see cref="Catalogue{T}"/>: an activation, a loss, an optimizer, a schedule, an initialization, a scaling.
/// </summary>
/// <remarks>
/// A kind is a value: immutable, safe to share between threads, and equal to another of the same name and parameters. All that
/// is to be said about a kind stands in one file: name, parameters, mathematics, description.
/// </remarks>
/// <param name="Name">Name in files and on the command line, e.g. <c>leaky-relu</c>.</param>
/// <param name="Description">One line for help texts, without a full stop.</param>
public abstract record Kind(string Name, string Description)
{
    /// <summary>The numeric parameters that this kind has, in the order in which they are written; most kinds have none.</summary>
    public virtual IReadOnlyList<KindParameter> Parameters => [];

    /// <summary>The values of <see cref="Parameters"/> by name.</summary>
    public IReadOnlyDictionary<string, double> ParameterValues =>
        Parameters.ToDictionary(parameter => parameter.Name, parameter => (double)parameter.ValueOf(this), StringComparer.Ordinal);

    /// <summary>The parameters that files and texts name.</summary>
    internal IReadOnlyList<KindParameter> NamedParameters => [.. Parameters.Where(parameter => parameter.IsNamed(this))];

    /// <summary>Checks the parameters.</summary>
    /// <exception cref="InvalidOptionException">One is out of range; the message says what to use.</exception>
    internal virtual void Validate()
    {
        foreach (var parameter in Parameters)
        {
            if (!float.IsFinite(parameter.ValueOf(this)))
                throw new InvalidOptionException($"{Name}: {parameter.Name} is {parameter.ValueOf(this)}", "Use a finite number.");
        }
    }

    /// <summary>Returns the name, followed by the parameters if there are any: <c>adam (learning-rate 0.001, beta1 0.9)</c>.</summary>
    public sealed override string ToString() =>
        NamedParameters.Count == 0 ? Name : $"{Name} ({string.Join(", ", NamedParameters.Select(Print))})";

    private string Print(KindParameter parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} {parameter.ValueOf(this)}");
}
