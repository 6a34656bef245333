using System.Reflection;
using Nabla.Tests.Shared;

namespace Nabla.Studio.Tests;

/// <summary>The options of the page are those of <c>nabla train</c>: the same names, the same effects, and as C# again the same.</summary>
public sealed class PageOptionTests
{
    // Every option of the page, alone and with those that it depends on.
    public static TheoryData<string> Usable =>
    [
        "layers none", "layers 7", "layers 128,64,3", "activation leaky-relu:slope=0.2", "activation SELU", "loss huber:delta=2",
        "loss cross-entropy:label-smoothing=0.1", "loss poisson", "loss quadratic output-activation sigmoid",
        "output-activation tanh loss quadratic",
        "scaling robust-per-feature", "optimizer sgd", "optimizer momentum:nesterov=1", "optimizer adamw l2 0.02", "learning-rate 0.5",
        "learning-rate 3e-3", "learning-rate .5", "learning-rate 5.", "l2 0.001", "learning-rate 0.1 optimizer rmsprop l2 1E-4",
        "schedule cosine:warmup=0.1", "dropout 0.25", "batch-size 7", "epochs 12", "init xavier", "seed 18446744073709551615",
    ];

    public static TheoryData<string> Unusable =>
    [
        "layers 0", "layers 8,,8", "layers 8,x", "layers 99999999999", "activation relo", "activation relu:slope=2", "loss cross",
        "learning-rate 0", "learning-rate 1e40", "learning-rate NaN", "learning-rate 0,5", "l2 x", "dropout 1", "dropout 1.5",
        "batch-size 0", "batch-size 1.5", "epochs 0", "epochs 2147483648", "seed 1.0", "seed 18446744073709551616",
        "optimizer adam:beta1=2",
        "loss binary-cross-entropy output-activation tanh", "layers none dropout 0.1",
    ];

    [Theory, MemberData(nameof(Usable))]
    public void The_page_and_the_command_read_the_same(string words)
    {
        var given = PageOptions.Split(words);
        var read = PageOptions.Read(given);
        Assert.NotEqual(Members(new TrainingOptions()), Members(read));
        var command = TrainingWords.Parse(PageOptions.Words(given));
        Assert.Equal(Members(command.ForClasses), Members(read));
        Assert.Equal(Members(command.ForValues), Members(read));
    }

    [Fact]
    public void The_code_of_the_page_sets_the_same()
    {
        var all = Usable.Select(row => PageOptions.Split(row.Data)).ToArray();
        string program = $$"""
            using Nabla;
            public static class Written
            {
                public static TrainingOptions[] All = [{{string.Concat(all.Select(Initializer))}}];
                static void Main() { }
            }
            """;
        var written = Assembly.Load(CSharpProgram.Compile(program)).GetType("Written")!.GetField("All")!.GetValue(null);
        Assert.Equal(all.Select(given => Members(PageOptions.Read(given))), ((TrainingOptions[])written!).Select(Members));

        static string Initializer(Dictionary<string, string> given) =>
            $"new TrainingOptions {{ {string.Join(", ", PageOptions.Code(given))} }},";
    }

    [Theory, MemberData(nameof(Unusable))]
    public void The_page_and_the_command_refuse_the_same(string words)
    {
        var given = PageOptions.Split(words);
        Assert.ThrowsAny<Exception>(() => TrainingWords.Parse(PageOptions.Words(given)));
        var error = Assert.Throws<InvalidOptionException>(() => PageOptions.Read(given));
        Assert.NotEmpty(error.Problem);
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public void The_default_model_has_the_options_of_the_preset_fast()
    {
        Assert.Equal(Members(Presets.Fast), Members(PageOptions.Read(Studio.DefaultOptions)));
        Assert.Equal(Members(Presets.Fast), Members(TrainingWords.Parse(PageOptions.Words(Studio.DefaultOptions)).ForClasses));
    }

    [Fact]
    public void Every_option_is_compared() =>
        Assert.Equal(PageOptions.Names.Order(), Usable.SelectMany(row => PageOptions.Split(row.Data).Keys).Distinct().Order());

    /// <summary>All properties with their values: lists with their elements.</summary>
    private static string[] Members(TrainingOptions options) => [.. typeof(TrainingOptions).GetProperties()
        .Select(property => $"{property.Name} = {Text(property.GetValue(options))}")];

    private static string Text(object? value) =>
        value is System.Collections.IEnumerable list and not string ? string.Join(", ", list.Cast<object>()) : $"{value}";
}
