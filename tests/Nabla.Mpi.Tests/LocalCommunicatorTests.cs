namespace Nabla.Mpi.Tests;

/// <summary>Ranks as threads do what every communicator does, and find mistakes that MPI may hide.</summary>
public sealed class LocalCommunicatorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void Ranks_communicate(int size) => LocalCommunicators.Run(size, Operations.All);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void The_order_of_operations_is_free(int size)
    {
        for (int seed = 10; seed < 25; seed++)
            LocalCommunicators.Run(size, ranks => Operations.InRandomOrder(ranks, seed, count: 50));
    }

    [Fact]
    public void Each_rank_knows_its_number()
    {
        var ranks = LocalCommunicators.Create(3);
        Assert.Equal([0, 1, 2], ranks.Select(one => one.Rank));
        Assert.All(ranks, one => Assert.Equal(3, one.Size));
    }

    [Fact]
    public void Two_ranks_that_send_first_are_a_deadlock()
    {
        var error = Fails(2, ranks =>
        {
            ranks.Send(new byte[4], 1 - ranks.Rank);
            ranks.Receive(new byte[4], 1 - ranks.Rank);
        });
        Assert.Equal("deadlock: rank 0 waits for rank 1 to receive, rank 1 waits for rank 0 to receive", error.Why);
    }

    [Fact]
    public void Waiting_for_a_rank_that_has_ended_is_a_deadlock()
    {
        var error = Fails(3, ranks =>
        {
            if (ranks.Rank == 2)
                ranks.Receive(new byte[4], 0);
        });
        Assert.Equal("deadlock: rank 0 has ended, rank 1 has ended, rank 2 waits for rank 0 to send", error.Why);
    }

    [Fact]
    public void A_barrier_that_not_all_ranks_reach_is_a_deadlock()
    {
        var error = Fails(2, ranks =>
        {
            if (ranks.Rank == 0)
                ranks.Barrier();
            else
                ranks.Receive(new byte[1], 0);
        });
        Assert.Equal("deadlock: rank 0 waits for all ranks at a barrier, rank 1 waits for rank 0 to send", error.Why);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(17)]
    public void A_message_of_another_length_is_an_error(int length)
    {
        var error = Fails(2, ranks =>
        {
            if (ranks.Rank == 0)
                ranks.Send(new byte[length], 1);
            else
                ranks.Receive(new byte[16], 0);
        });
        Assert.Equal($"rank 0 sends a message of {length} bytes, and rank 1 expects a message of 16 bytes", error.Why);
    }

    [Fact]
    public void A_broadcast_is_not_received_as_a_message()
    {
        var error = Fails(2, ranks =>
        {
            if (ranks.Rank == 0)
                ranks.Broadcast(new byte[16].AsSpan(), 0);
            else
                ranks.Receive(new byte[16], 0);
        });
        Assert.Equal("rank 0 sends a broadcast of 16 bytes, and rank 1 expects a message of 16 bytes", error.Why);
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others()
    {
        var errors = Assert.Throws<AggregateException>(() => LocalCommunicators.Run(4, ranks =>
        {
            if (ranks.Rank == 2)
                throw new InvalidDataException("it is broken");
            ranks.Barrier();
        })).InnerExceptions;
        Assert.IsType<InvalidDataException>(errors[0]);
        Assert.Equal(4, errors.Count);
        Assert.All(errors.Skip(1), error => Assert.Contains("it is broken", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_rank_that_aborts_ends_the_others()
    {
        var error = Fails(3, ranks =>
        {
            if (ranks.Rank == 1)
                ranks.Abort(7);
            ranks.Receive(new byte[1], 1);
        });
        Assert.Equal(("rank 1 of 3", "it aborted with exit code 7"), (error.Where, error.Why));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var ranks = LocalCommunicators.Create(2)[0];
        Mistakes.Arguments(ranks);
        ranks.Close();
        Assert.Throws<InvalidOperationException>(() => ranks.Send(new byte[1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LocalCommunicators.Create(0));
    }

    [Fact]
    public void A_second_thread_is_refused_while_one_waits()
    {
        var ranks = LocalCommunicators.Create(2);
        var waits = new Thread(() => ranks[0].Receive(new byte[1], 1));
        waits.Start();
        SpinWait.SpinUntil(() => waits.ThreadState == ThreadState.WaitSleepJoin);
        Assert.Throws<InvalidOperationException>(() => ranks[0].Send(new byte[1], 1));
        ranks[1].Send(new byte[1], 0);
        waits.Join();
    }

    private static CommunicationException Fails(int size, Action<ICommunicator> rank)
    {
        var errors = Assert.Throws<AggregateException>(() => LocalCommunicators.Run(size, rank)).InnerExceptions;
        return Assert.IsType<CommunicationException>(errors[0]);
    }
}
