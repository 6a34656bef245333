namespace Nabla;

/// <summary>What the targets in a file are.</summary>
public enum TargetKind
{
    /// <summary>Decide by the data: texts and few different whole numbers are classes, other numbers are values.</summary>
    Automatic,

    /// <summary>Classes, to be told apart.</summary>
    Classes,

    /// <summary>Values: numbers to predict as they are.</summary>
    Values,
}
