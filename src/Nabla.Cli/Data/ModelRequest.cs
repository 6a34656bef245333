namespace Nabla.Cli;

/// <summary>Requests for data that a model is used on.</summary>
internal static class ModelRequest
{
    /// <summary>The request with the kind of targets, the classes and the form of pictures that a model needs.</summary>
    public static DataRequest For(this DataRequest request, Model model) => request with
    {
        Kind = TaskOption.Names[model.Task], Classes = (model as Classifier)?.ClassNames, Form = ModelNotes.FormOf(model),
    };
}
