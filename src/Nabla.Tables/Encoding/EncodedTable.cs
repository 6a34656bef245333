namespace Nabla.Tables;

/// <summary>The inputs of a table.</summary>
/// <param name="Features">[rows, features].</param>
/// <param name="Notices">What was assumed, a sentence each.</param>
public sealed record EncodedInputs(FeatureTable Features, IReadOnlyList<string> Notices);

/// <summary>The examples of a table.</summary>
/// <param name="Data">Inputs and targets.</param>
/// <param name="Rows">The table's row, from 0, of each example: rows without a target are left out.</param>
/// <param name="Notices">What was assumed, a sentence each.</param>
public sealed record EncodedExamples(Dataset Data, IReadOnlyList<int> Rows, IReadOnlyList<string> Notices);
