namespace Nabla.Mpi.Tests;

/// <summary>Checks that ranks make, which are no tests of xUnit.</summary>
internal static class Expect
{
    /// <summary>Something must throw an exception of this type.</summary>
    /// <param name="what">Named in the message if it does not.</param>
    /// <param name="action">What must fail.</param>
    public static T Throws<T>(string what, Action action)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T e)
        {
            return e;
        }
        throw new InvalidOperationException($"{what}: there was no {typeof(T).Name}.");
    }
}
