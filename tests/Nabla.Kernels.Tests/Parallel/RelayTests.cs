namespace Nabla.Kernels.Tests;

/// <summary>Stages follow each other place by place, whoever does them.</summary>
public class RelayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Each_stage_finds_what_the_one_before_left(int threads)
    {
        const int Stages = 4, Places = 500;
        var relay = new Relay(Stages);
        for (int round = 0; round < 20; round++)
        {
            relay.Begin();
            var values = new int[Places];
            var job = new Job(relay, values, Stages);
            ThreadTeam.Of(threads).Run(ref job, Stages);
            Assert.All(values, value => Assert.Equal(1234, value));
        }
    }

    [Fact]
    public void A_stage_is_taken_once_until_the_next_beginning()
    {
        var relay = new Relay(2);
        Assert.True(relay.TryTake(1));
        Assert.False(relay.TryTake(1));
        Assert.True(relay.TryTake(0));
        relay.Begin();
        Assert.True(relay.TryTake(1));
    }

    /// <summary>Each stage appends its digit to the number in each place.</summary>
    private readonly struct Job(Relay relay, int[] values, int stages) : IParallelJob
    {
        public void Execute(int part, int parts)
        {
            TryDo(part);
            for (int stage = 0; stage < stages; stage++)
                TryDo(stage);
            relay.WaitFor(stages - 1, values.Length);
        }

        private void TryDo(int stage)
        {
            if (!relay.TryTake(stage))
                return;
            for (int place = 0; place < values.Length; place++)
            {
                if (stage > 0)
                    relay.WaitFor(stage - 1, place + 1);
                values[place] = 10 * values[place] + stage + 1;
                relay.Reached(stage, place + 1);
            }
        }
    }
}
