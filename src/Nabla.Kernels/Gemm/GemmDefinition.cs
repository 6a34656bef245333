namespace Nabla.Kernels;

/// <summary>The definition of the matrix product, in three loops. Tests compare the kernels with it, bit for bit.</summary>
internal static class GemmDefinition
{
    public static void Run(ReadOnlyMatrix a, ReadOnlyMatrix b, ReadOnlySpan<float> row, Matrix result)
    {
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < b.Columns; j++)
            {
                float sum = row.IsEmpty ? 0f : row[j];
                for (int k = 0; k < a.Columns; k++)
                {
                    sum = ScalarLanes.FusedMultiplyAdd(
                        a.Values[i * a.RowStride + k * a.ColumnStride], b.Values[k * b.RowStride + j * b.ColumnStride], sum);
                }
                result.Values[i * result.RowStride + j] = sum;
            }
        }
    }
}
