namespace Nabla.Studio;

/// <summary>A training option that the pages may set: one declaration has its name, its effect, and the C# with the same effect.</summary>
/// <param name="Name">Its name on the page; <c>nabla train</c> has it after two dashes.</param>
/// <param name="Apply">Sets it to what a text says.</param>
/// <param name="Code">The member of an initializer of <see cref="TrainingOptions"/>; null if it is a part of another one.</param>
internal sealed record PageOption(string Name, Func<TrainingOptions, string, TrainingOptions> Apply, Func<string, string>? Code = null);
