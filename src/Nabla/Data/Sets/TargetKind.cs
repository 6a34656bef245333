namespace Nabla;

/// <summary>Whether the targets in a file are classes or values.</summary>
public enum TargetKind
{
    /// <summary>The data decide: texts and few different whole numbers are classes, other numbers are values.</summary>
    Automatic,

    /// <summary>Classes.</summary>
    Classes,

    /// <summary>Values: numbers to predict.</summary>
    Values,
}
