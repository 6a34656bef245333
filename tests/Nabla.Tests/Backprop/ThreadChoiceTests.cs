using Nabla.Kernels;

namespace Nabla.Tests;

public class ThreadChoiceTests
{
    [Fact]
    public void All_threads_begin_and_one_is_tried_soon()
    {
        var choice = new ThreadChoice(ThreadTeam.Of(2));
        Assert.Same(ThreadTeam.Of(2), choice.Begin());
        choice.End();
        // A trial of all threads takes a thousandth of a second; these steps take next to nothing.
        for (int step = 0; choice.Begin() != ThreadTeam.Of(1); step++)
        {
            choice.End();
            Assert.True(step < 10_000_000);
        }
    }

    [Fact]
    public void Where_there_is_one_thread_nothing_is_tried()
    {
        var choice = new ThreadChoice(ThreadTeam.Of(1));
        for (int step = 0; step < 1000; step++)
        {
            Assert.Same(ThreadTeam.Of(1), choice.Begin());
            choice.End();
        }
    }
}
