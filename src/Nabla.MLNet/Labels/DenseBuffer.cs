using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>Vectors of ML.NET in which each slot has a value.</summary>
internal static class DenseBuffer
{
    /// <summary>Copies values, so that a reader may change them.</summary>
    /// <param name="values">[slots].</param>
    /// <param name="buffer">Receives the values; its memory is used again where it is large enough.</param>
    public static void CopyTo<T>(this T[] values, ref VBuffer<T> buffer)
    {
        var editor = VBufferEditor.Create(ref buffer, values.Length);
        values.CopyTo(editor.Values);
        buffer = editor.Commit();
    }
}
