namespace Nabla.Tests;

/// <summary>
/// Sizes near what a buffer or an index can hold: what does not fit is refused by name, and what fits takes no more than it needs.
/// </summary>
public class SizesTests
{
    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(1, int.MaxValue)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1 << 15, 1 << 14)] // 2^29 weights
    public void More_parameters_than_a_buffer_holds_are_refused_before_anything_is_allocated(int inputs, int outputs)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidOptionException>(() => new Topology([inputs, outputs], Activation.Relu, Activation.Softmax));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains("parameters", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_only_together_are_too_many_are_refused() => Assert.Throws<InvalidOptionException>(
        () => new Topology([20_000, 10_000, 20_000, 10_000], Activation.Relu, Activation.Softmax));

    // 613566757 rows of 7 features are 3 more than 2^32: a product of 32 bits would be 3.
    [Theory]
    [InlineData(613_566_757)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Rows_that_do_not_exist_are_refused_even_where_a_product_would_overflow(int row)
    {
        var (bytes, floats) = (FeatureTable.FromBytes(new byte[21], 3, 7), FeatureTable.FromFloats(new float[21], 3, 7));
        var preprocessing = Preprocessing.Create([0f], [1f]);
        foreach (var table in (FeatureTable[])[bytes, floats])
        {
            Assert.ThrowsAny<ArgumentException>(() => preprocessing.Apply(table, [row], new float[7]));
            Assert.ThrowsAny<ArgumentException>(() => table.Select([row]));
        }
    }

    [Fact]
    public void One_row_through_a_wide_layer_takes_memory_for_one_row()
    {
        var network = InitialValues.Draw(new Topology([3, 250_000, 2], Activation.Relu, Activation.Softmax), Initialization.He, 1);
        var model = Classifier.From(network, Preprocessing.Create([0f], [1f]), ["a", "b"]);
        var table = FeatureTable.FromFloats([0.5f, -1f, 2f], 1, 3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var batch = Assert.Single(model.Predict(table));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        Assert.Equal(model.Predict([0.5f, -1f, 2f]).Scores, batch.Scores);
    }

    // 132 MB of weights, and packed the same again.
    [Fact]
    public void One_row_of_33_million_inputs_takes_memory_for_a_copy_of_the_weights()
    {
        const int Inputs = 33_000_000;
        var network = new Network(new Topology([Inputs, 1], Activation.Relu, Activation.Sigmoid));
        network.BeginUpdate().Fill(1f / Inputs);
        var model = Classifier.From(network, Preprocessing.Create([0f], [1f]), ["only"]);
        var row = new float[Inputs];
        row.AsSpan().Fill(1f);
        long before = GC.GetAllocatedBytesForCurrentThread();
        float score = model.Predict(row).Scores[0];
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{allocated >> 20} MB");
        Assert.InRange(allocated, 0, (2L * Inputs * sizeof(float)) + (64 << 20));
        Assert.InRange(score, 0.6f, 0.8f); // a chain of floats near sigmoid(1) = 0.73
    }
}
