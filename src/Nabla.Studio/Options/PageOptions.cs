namespace Nabla.Studio;

/// <summary>The training options that the pages may set. Others, such as the number of threads, are not the page's business.</summary>
/// <remarks>They have the names and the effects of <c>nabla train</c> with the preset default; a test compares them.</remarks>
internal static class PageOptions
{
    private const int LongestValue = 100;
    private const string Optimizer = "optimizer", LearningRate = "learning-rate", WeightDecay = "l2";

    // In the order in which they are applied and shown: an optimizer brings its own learning rate.
    private static readonly PageOption[] All =
    [
        new(
            "layers", (options, text) => options with { Hidden = PageNumbers.Sizes("layers", text) },
            text => $"Hidden = [{string.Join(", ", PageNumbers.Sizes("layers", text))}]"),
        OfKind("activation", "Activation", Activation.Elementwise, (options, kind) => options with { Activation = kind }),
        OfKind("loss", "Loss", Loss.All, (options, kind) => options with { Loss = kind }),
        OfKind("output-activation", "OutputActivation", Activation.All, (options, kind) => options with { OutputActivation = kind }),
        OfKind("scaling", "Scaling", Scaling.All, (options, kind) => options with { Scaling = kind }),
        new(Optimizer, (options, text) => options with { Optimizer = OptimizerOptions.All.Parse(text).Kind }),
        new(LearningRate, (options, text) => options with
        {
            Optimizer = options.Optimizer with { LearningRate = PageNumbers.Real(LearningRate, text) },
        }),
        new(WeightDecay, (options, text) => options with
        {
            Optimizer = options.Optimizer with { WeightDecay = PageNumbers.Real(WeightDecay, text) },
        }),
        OfKind("schedule", "Schedule", Schedule.All, (options, kind) => options with { Schedule = kind }),
        new(
            "dropout", (options, text) => options with { Dropout = PageNumbers.Real("dropout", text) },
            text => $"Dropout = {PageNumbers.Code("dropout", text)}"),
        new(
            "batch-size", (options, text) => options with { BatchSize = PageNumbers.Whole<int>("batch-size", text) },
            text => $"BatchSize = {PageNumbers.Whole<int>("batch-size", text)}"),
        new(
            "epochs", (options, text) => options with { Epochs = PageNumbers.Whole<int>("epochs", text) },
            text => $"Epochs = {PageNumbers.Whole<int>("epochs", text)}"),
        OfKind("init", "Initialization", Initialization.All, (options, kind) => options with { Initialization = kind }),
        new(
            "seed", (options, text) => options with { Seed = PageNumbers.Whole<ulong>("seed", text) },
            text => $"Seed = {PageNumbers.Whole<ulong>("seed", text)}"),
    ];

    /// <summary>The names of the options.</summary>
    public static IEnumerable<string> Names => All.Select(option => option.Name);

    /// <summary>Names and values from a text with spaces between them.</summary>
    public static Dictionary<string, string> Split(string words) =>
        words.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Training options from those of a request.</summary>
    /// <exception cref="InvalidInputException">An option is unknown, or its value cannot be one.</exception>
    /// <exception cref="InvalidOptionException">A value is out of range, or values do not go together.</exception>
    public static TrainingOptions Read(IReadOnlyDictionary<string, string> options)
    {
        var read = Given(options).Aggregate(Presets.Default, (read, given) => given.Option.Apply(read, given.Value));
        read.Validate();
        return read;
    }

    /// <summary>The options as words of a command line.</summary>
    /// <exception cref="InvalidInputException">An option is unknown, or its value cannot be one.</exception>
    public static IReadOnlyList<string> Words(IReadOnlyDictionary<string, string> options) =>
        [.. Given(options).SelectMany(given => new[] { $"--{given.Option.Name}", given.Value })];

    /// <summary>The members of an initializer of <see cref="TrainingOptions"/>.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static IEnumerable<string> Code(IReadOnlyDictionary<string, string> options) =>
        Given(options).Where(given => given.Option.Code is not null).Select(given => given.Option.Code!(given.Value))
            .Concat(OptimizerCode(options));

    private static PageOption OfKind<T>(
        string name, string property, Catalogue<T> kinds, Func<TrainingOptions, T, TrainingOptions> apply)
        where T : Kind => new(
            name, (options, text) => apply(options, kinds.Parse(text).Kind),
            text => $"{property} = {typeof(T).Name}.All.Parse(\"{text}\").Kind");

    /// <summary>One line for three options.</summary>
    private static IEnumerable<string> OptimizerCode(IReadOnlyDictionary<string, string> options)
    {
        (string Name, string Property)[] parts = [(LearningRate, "LearningRate"), (WeightDecay, "WeightDecay")];
        string[] changes = [.. parts.Where(part => options.ContainsKey(part.Name))
            .Select(part => $"{part.Property} = {PageNumbers.Code(part.Name, options[part.Name])}")];
        if (changes.Length == 0 && !options.ContainsKey(Optimizer))
            yield break;
        string kind = $"OptimizerOptions.All.Parse(\"{options.GetValueOrDefault(Optimizer, Presets.Default.Optimizer.Name)}\").Kind";
        yield return $"Optimizer = {kind}{(changes.Length == 0 ? "" : $" with {{ {string.Join(", ", changes)} }}")}";
    }

    private static IEnumerable<(PageOption Option, string Value)> Given(IReadOnlyDictionary<string, string> options)
    {
        foreach (var (name, value) in options)
        {
            if (!Names.Contains(name))
                throw Invalid(name, "the page has no such option");
            if (FindFault(value) is { } fault)
                throw Invalid(name, fault);
        }
        return All.Where(option => options.ContainsKey(option.Name)).Select(option => (option, options[option.Name]));
    }

    private static string? FindFault(string? value) => value switch
    {
        null or "" => "it is empty",
        { Length: > LongestValue } => $"it has {value.Length} characters, and at most {LongestValue} are read",
        ['-', ..] => "it is negative",
        _ when !value.All(IsPlain) => "it has other characters than letters, digits and , . : = + -, such as a space",
        _ => null,
    };

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is ',' or '.' or ':' or '=' or '+' or '-';

    private static InvalidInputException Invalid(string name, string why) =>
        new("these options cannot be used", $"the option {name}", why, "Correct it on the page.");
}
