namespace Nabla.Reference.Tests;

/// <summary>Kinds by name: what the catalogues list, create and refuse.</summary>
public class CatalogueTests
{
    private static readonly Dictionary<string, double> none = [];

    [Fact]
    public void Every_activation_is_created_by_its_name()
    {
        Assert.All(ReferenceActivation.Kinds, kind => Assert.Equal(kind.Name, ReferenceActivation.Create(kind.Name, none).Name));
        Assert.Same(ReferenceActivation.Relu, ReferenceActivation.Create("relu"));
    }

    [Fact]
    public void Every_activation_but_the_printed_one_is_listed_as_right() =>
        Assert.Equal(
            ReferenceActivation.Kinds.Select(kind => kind.Name).Where(name => name != "sigmoid-as-printed"),
            ReferenceActivation.All.Select(activation => activation.Name));

    [Fact]
    public void Every_right_cost_is_created_by_its_loss_and_output()
    {
        string[] costs = [.. ReferenceCost.All.Select(cost => cost.Name)];
        Assert.Distinct(costs);
        Assert.Equal(ReferenceCost.Kinds.Select(kind => kind.Name).Distinct(), costs.Select(cost => cost.Split(" of ")[0]).Distinct());
        Assert.All(ReferenceActivation.All, output => Assert.Contains($"huber of {output.Name}", costs));
        Assert.Equal(["cross-entropy of sigmoid", "cross-entropy of softmax"], costs.Where(cost => cost.StartsWith("cross-entropy ")));
        foreach (ReferenceCost cost in ReferenceCost.All)
        {
            string[] names = cost.Name.Split(" of ");
            ReferenceCost created = ReferenceCost.Create(names[0], names[1]);
            Assert.Equal((cost.Name, cost.GetType()), (created.Name, created.GetType()));
            Assert.Equal(cost.Kinks, created.Kinks);
        }
        Assert.IsType<QuadraticCost>(ReferenceCost.Create("quadratic", "sigmoid-as-printed", none, none));
    }

    [Fact]
    public void Every_kind_has_a_description_of_one_line_and_so_has_each_parameter()
    {
        ReferenceKind[] kinds = [.. ReferenceActivation.Kinds, .. ReferenceCost.Kinds, .. ReferenceOptimizer.Kinds];
        IEnumerable<string> descriptions =
        [
            .. kinds.Select(kind => kind.Description),
            .. kinds.SelectMany(kind => kind.Parameters).Select(parameter => parameter.Description),
        ];
        Assert.All(descriptions, text => Assert.Matches("^[^\n]{4,100}$", text));
        Assert.All(kinds, kind => Assert.Equal($"{kind.Name}: {kind.Description}", kind.ToString()));
    }

    [Fact]
    public void Every_parameter_of_an_activation_or_a_cost_has_a_default() =>
        Assert.All(
            ReferenceActivation.Kinds.Concat(ReferenceCost.Kinds).SelectMany(kind => kind.Parameters),
            parameter => Assert.NotNull(parameter.Default));

    [Fact]
    public void An_optimizer_takes_its_parameters_by_name()
    {
        double[] byName = [1.0, 2.0], byConstructor = [1.0, 2.0];
        ReferenceOptimizer.Create("sgd", new Dictionary<string, double> { ["learning-rate"] = 0.3 }).Update([3.0, -1.0], 2, byName);
        new ReferenceSgd(0.3).Update([3.0, -1.0], 2, byConstructor);
        Assert.Equal(byConstructor, byName);

        var parameters = new Dictionary<string, double>
        {
            ["epsilon"] = 0.01, ["beta2"] = 0.8, ["beta1"] = 0.7, ["learning-rate"] = 0.02,
        };
        Assert.Equal(TwoSteps(new ReferenceAdam(0.02, 0.7, 0.8, 0.01)), TwoSteps(ReferenceOptimizer.Create("adam", parameters)));
        Assert.Equal(TwoSteps(new ReferenceAdam()), TwoSteps(ReferenceOptimizer.Create("adam", none)));
    }

    [Theory]
    [InlineData("softmax", "There is no activation 'softmax'. Available: sigmoid, tanh, relu, ")]
    [InlineData("Sigmoid", "There is no activation 'Sigmoid'. Available: sigmoid, tanh, relu, ")]
    public void An_unknown_activation_is_refused_with_the_known_ones(string name, string message) =>
        AssertRefused("name", message, () => ReferenceActivation.Create(name));

    [Theory]
    [InlineData("hinge", "sigmoid", "loss", "There is no loss 'hinge'. Available: quadratic, absolute, ")]
    [InlineData("cross-entropy", "relu", "output",
        "The loss 'cross-entropy' has no output activation 'relu'. Available: sigmoid, softmax.")]
    [InlineData("quadratic", "softmax", "output",
        "The loss 'quadratic' has no output activation 'softmax'. Available: sigmoid, tanh, relu, ")]
    public void An_unknown_pair_of_loss_and_output_is_refused_with_the_known_ones(
        string loss, string output, string argument, string message) =>
        AssertRefused(argument, message, () => ReferenceCost.Create(loss, output));

    [Fact]
    public void An_unknown_parameter_is_refused_with_the_known_ones()
    {
        var slope = new Dictionary<string, double> { ["slope"] = 0.1 };
        AssertRefused("parameters", "'relu' has no parameter 'slope'. Available: none.", () => ReferenceActivation.Create("relu", slope));
        AssertRefused("lossParameters", "'quadratic' has no parameter 'slope'.", () => ReferenceCost.Create("quadratic", "relu", slope));
        AssertRefused("outputParameters", "'relu' has no parameter 'slope'.", () => ReferenceCost.Create("quadratic", "relu", null, slope));
        AssertRefused(
            "outputParameters", "'softmax' has no parameter 'slope'.", () => ReferenceCost.Create("cross-entropy", "softmax", null, slope));
        AssertRefused(
            "parameters", "'adam' has no parameter 'slope'. Available: learning-rate, beta1, beta2, epsilon, amsgrad.",
            () => ReferenceOptimizer.Create("adam", slope));
    }

    [Fact]
    public void An_unknown_optimizer_and_a_missing_learning_rate_are_refused()
    {
        AssertRefused("name", "There is no optimizer 'lbfgs'. Available: sgd, ", () => ReferenceOptimizer.Create("lbfgs", none));
        AssertRefused("parameters", "'sgd' needs a value for the parameter 'learning-rate'.", () => ReferenceOptimizer.Create("sgd", none));
    }

    [Theory]
    [InlineData("leaky-relu", "slope", 0.01)]
    [InlineData("elu", "alpha", 1.0)]
    public void An_activation_takes_its_parameter_by_name(string name, string parameter, double usual)
    {
        Assert.Equal(usual, Assert.Single(ReferenceActivation.Kinds.Single(kind => kind.Name == name).Parameters).Default);
        double[] slope = [1.0];
        ReferenceActivation.Create(name, new Dictionary<string, double> { [parameter] = 0.25 }).TimesPrime([0.0], [0.0], slope);
        Assert.Equal(0.25, slope[0]);
        foreach (double refused in (double[])[0.0, -1.0, double.NaN, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(
                () => ReferenceActivation.Create(name, new Dictionary<string, double> { [parameter] = refused }));
        }
    }

    [Theory]
    [InlineData("relu", true), InlineData("leaky-relu", true), InlineData("selu", true), InlineData("elu", false)]
    [InlineData("gelu", false), InlineData("softplus", false)]
    public void An_activation_whose_derivative_jumps_has_a_kink(string name, bool hasKink) =>
        Assert.Equal(hasKink ? [0.0] : [], ReferenceActivation.Create(name).Kinks);

    [Fact]
    public void An_ELU_has_a_kink_unless_its_alpha_is_1() =>
        Assert.Equal([0.0], ReferenceActivation.Create("elu", new Dictionary<string, double> { ["alpha"] = 0.5 }).Kinks);

    [Theory]
    [InlineData("learning-rate", 0.0), InlineData("learning-rate", double.NaN), InlineData("learning-rate", double.PositiveInfinity)]
    [InlineData("beta1", 1.0), InlineData("beta2", -0.1), InlineData("beta2", double.NaN), InlineData("epsilon", 0.0)]
    [InlineData("amsgrad", 0.5), InlineData("amsgrad", double.NaN)]
    public void A_parameter_outside_its_range_is_refused(string name, double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ReferenceOptimizer.Create("adam", new Dictionary<string, double> { [name] = value }));

    [Theory]
    [InlineData("huber", "delta", 0.0), InlineData("huber", "delta", double.NaN), InlineData("huber", "delta", double.PositiveInfinity)]
    [InlineData("quantile", "q", 0.0), InlineData("quantile", "q", 1.0), InlineData("quantile", "q", double.NaN)]
    [InlineData("cross-entropy", "label-smoothing", 1.0), InlineData("cross-entropy", "label-smoothing", -0.1)]
    public void A_parameter_of_a_cost_outside_its_range_is_refused(string loss, string name, double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ReferenceCost.Create(loss, "sigmoid", new Dictionary<string, double> { [name] = value }));

    private static double[] TwoSteps(ReferenceOptimizer adam)
    {
        double[] p = [1.0, 2.0];
        adam.Update([3.0, -1.0], 2, p);
        adam.Update([1.0, -5.0], 1, p);
        return p;
    }

    private static void AssertRefused(string argument, string message, Func<object> create)
    {
        var error = Assert.Throws<ArgumentException>(argument, create);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
