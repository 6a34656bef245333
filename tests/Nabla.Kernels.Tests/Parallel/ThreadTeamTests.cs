namespace Nabla.Kernels.Tests;

public unsafe class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(17)]
    public void Every_part_of_every_job_is_done_once(int threads)
    {
        var counts = stackalloc int[threads];
        for (int job = 1; job <= 20_000; job++)
        {
            int parts = 1 + job % threads;
            new Span<int>(counts, threads).Clear();
            var count = new Count { Counts = counts };
            ThreadTeam.Of(threads).Run(ref count, parts);
            for (int part = 0; part < threads; part++)
                Assert.Equal(part < parts ? 1 : 0, counts[part]);
        }
    }

    [Fact]
    public void A_part_that_fails_fails_the_job_and_not_the_team()
    {
        var team = ThreadTeam.Of(3);
        for (int failing = 0; failing < 3; failing++)
        {
            Assert.Throws<InvalidOperationException>(() =>
            {
                var fail = new Fail { Part = failing };
                team.Run(ref fail, 3);
            });
        }
        int done = 0;
        var count = new Count { Counts = &done };
        team.Run(ref count, 1);
        Assert.Equal(1, done);
    }

    [Fact]
    public void A_busy_team_leaves_the_work_to_its_caller()
    {
        Parallel.For(0, 8, _ =>
        {
            var counts = stackalloc int[2];
            for (int job = 0; job < 2000; job++)
            {
                var count = new Count { Counts = counts };
                ThreadTeam.Of(2).Run(ref count, 2);
            }
            Assert.Equal((2000, 2000), (counts[0], counts[1]));
        });
    }

    [Fact]
    public void There_is_one_team_of_each_size()
    {
        Assert.Same(ThreadTeam.Of(4), ThreadTeam.Of(4));
        Assert.Equal(Math.Min(Environment.ProcessorCount, ThreadTeam.MaximumThreads), ThreadTeam.Of(0).Threads);
        Assert.Throws<ArgumentOutOfRangeException>(() => ThreadTeam.Of(ThreadTeam.MaximumThreads + 1));
    }

    [Fact]
    public void A_team_has_no_more_threads_than_are_useful()
    {
        int before = ThreadTeam.MostUsefulThreads;
        Assert.Equal(ThreadTeam.MaximumThreads, before); // see ManyThreads
        ThreadTeam.MostUsefulThreads = 2;
        try
        {
            Assert.Same(ThreadTeam.Of(2), ThreadTeam.Of(16));
            Assert.Equal(1, ThreadTeam.Of(1).Threads);
        }
        finally
        {
            ThreadTeam.MostUsefulThreads = before;
        }
    }

    [Fact]
    public void Parts_cover_a_range_without_gap_in_whole_grains()
    {
        for (int length = 0; length <= 70; length++)
        {
            foreach (var (grain, parts) in ((int, int)[])[(1, 1), (6, 2), (32, 3), (7, 5)])
            {
                int expected = 0;
                for (int part = 0; part < parts; part++)
                {
                    var (start, end) = Partition.Range(length, grain, part, parts);
                    Assert.Equal(expected, start);
                    Assert.True(end == length || end % grain == 0);
                    expected = end;
                }
                Assert.Equal(length, expected);
            }
        }
    }

    private struct Count : IParallelJob
    {
        public int* Counts;

        public readonly void Execute(int part, int parts) => Interlocked.Increment(ref Counts[part]);
    }

    private struct Fail : IParallelJob
    {
        public int Part;

        public readonly void Execute(int part, int parts)
        {
            if (part == Part)
                throw new InvalidOperationException("as asked");
        }
    }
}
