using Nabla.Tables;

namespace Nabla.Onnx;

/// <summary>A column of texts: a feature for each category, or one of -1 or 1 for two. An unknown or missing text gives zeros.</summary>
internal static class CategoryColumn
{
    /// <summary>Adds the column.</summary>
    /// <returns>The name of its features, [N, features].</returns>
    public static string Add(GraphBuilder graph, CategoryEncoding column, string input)
    {
        if (column.Categories.Count == 2)
        {
            return graph.LearningNode(
                "LabelEncoder", $"{input}.sign", input, [1], OnnxAttribute.Create("keys_strings", column.Categories),
                OnnxAttribute.Create("values_floats", [-1f, 1f]), OnnxAttribute.Create("default_float", 0f));
        }
        string oneHot = graph.LearningNode(
            "OneHotEncoder", $"{input}.oneHot", input, [1, column.Categories.Count],
            OnnxAttribute.Create("cats_strings", column.Categories), OnnxAttribute.Create("zeros", 1L)); // [N, 1, categories]
        return graph.Node("Flatten", $"{input}.features", oneHot, OnnxAttribute.Create("axis", 1L));
    }
}
