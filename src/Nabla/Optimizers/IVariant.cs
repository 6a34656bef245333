namespace Nabla;

/// <summary>Whether an optimizer has its variant: a type parameter, so that the loop is compiled for each.</summary>
internal interface IVariant
{
    /// <summary>Whether it is the variant.</summary>
    static abstract bool IsOn { get; }
}

/// <summary>The variant.</summary>
internal readonly struct On : IVariant
{
    public static bool IsOn => true;
}

/// <summary>The plain form.</summary>
internal readonly struct Off : IVariant
{
    public static bool IsOn => false;
}
