namespace Nabla.Reference.Tests;

/// <summary>The notebook's two exercises and its slip on a 12-7-3 network, compared with NumPy's figures in Data.</summary>
public class TinyExerciseTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Runs => ["tiny-exercise-1.npz", "tiny-exercise-2.npz", "tiny-as-printed.npz"];

    [Theory, MemberData(nameof(Runs))]
    public void The_gradient_of_the_first_mini_batch_is_the_notebooks(string name)
    {
        using NotebookRun run = Open(name);
        (double[] xs, double[] ys) = Examples(run);
        ReferenceNetwork network = run.InitialNetwork();
        var nabla = new ReferenceParameters(run.Sizes);
        MiniBatch.SumGradient(network, xs.AsSpan(0, run.Batch * 12), ys.AsSpan(0, run.Batch * 3), run.L2, nabla);
        Near.Each(run.Parameters("g_"), nabla.All, Tolerance);
    }

    [Theory, MemberData(nameof(Runs))]
    public void One_step_leads_where_the_notebook_goes(string name)
    {
        using NotebookRun run = Open(name);
        (double[] xs, double[] ys) = Examples(run);
        ReferenceNetwork network = run.InitialNetwork();
        run.Trainer(network).UpdateMiniBatch(xs.AsSpan(0, run.Batch * 12), ys.AsSpan(0, run.Batch * 3));
        Near.Each(run.Parameters("step1_"), network.Parameters.All, Tolerance);
    }

    [Theory, MemberData(nameof(Runs))]
    public void Three_epochs_end_with_the_parameters_of_the_notebook(string name)
    {
        using NotebookRun run = Open(name);
        (double[] xs, double[] ys) = Examples(run);
        ReferenceNetwork network = run.InitialNetwork();
        ReferenceTrainer trainer = run.Trainer(network);
        for (int step = 0; step < 3 * 50 / run.Batch; step++)
        {
            int first = step * run.Batch % 50;
            trainer.UpdateMiniBatch(xs.AsSpan(first * 12, run.Batch * 12), ys.AsSpan(first * 3, run.Batch * 3));
        }
        Near.Each(run.Parameters("epoch3_"), network.Parameters.All, Tolerance);
    }

    [Fact]
    public void The_notebooks_slip_changes_the_gradient()
    {
        using NotebookRun right = Open("tiny-exercise-2.npz"), printed = Open("tiny-as-printed.npz");
        Assert.Equal(right.Parameters(""), printed.Parameters(""));
        Assert.NotEqual(right.Parameters("g_"), printed.Parameters("g_"));
    }

    private static NotebookRun Open(string name) => new(Path.Combine(AppContext.BaseDirectory, "Data", name));

    private static (double[] Xs, double[] Ys) Examples(NotebookRun run)
    {
        double[] labels = run.Read("labels");
        var ys = new double[labels.Length * 3];
        for (int i = 0; i < labels.Length; i++)
            OneHot.Encode((int)labels[i], ys.AsSpan(i * 3, 3));
        return (run.Read("x"), ys);
    }
}
