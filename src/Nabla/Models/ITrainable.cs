namespace Nabla;

/// <summary>A model that <see cref="Training{TModel}"/> can train. Implemented by this library's models only. Thread-safe.</summary>
/// <typeparam name="TSelf">The model itself.</typeparam>
public interface ITrainable<TSelf>
    where TSelf : Model, ITrainable<TSelf>
{
    /// <summary>Creates the model with which a training run starts: fits the scaling, draws initial values.</summary>
    internal static abstract TSelf Begin(Dataset train, TrainingOptions options);
}
