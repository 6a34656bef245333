namespace Nabla.Kernels.Tests;

public class DefaultThreadsTests
{
    [Theory]
    [InlineData("1024 1024 1024 1024", 4)]
    [InlineData("250 250 250 250 760 760 760 1024", 4)] // four parts of 760 each, rather than eight of 250
    [InlineData("600 600 600 600 1024 1024 1024 1024", 8)] // eight parts of 600 are more than four of 1024
    [InlineData("512 512 1024 1024", 4)] // equal: all of them
    [InlineData("1024", 1)]
    [InlineData("", int.MaxValue)]
    public void The_threads_are_those_that_finish_equal_parts_soonest(string speeds, int threads) => Assert.Equal(
        threads, DefaultThreads.From([.. speeds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)]));

    [Fact]
    public void Capacities_are_read_from_the_files_of_Linux()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            foreach (var (processor, text) in new[] { (0, "446\n"), (1, "1024\n"), (3, "a lot\n") })
            {
                Directory.CreateDirectory($"{folder}/cpu{processor}");
                File.WriteAllText($"{folder}/cpu{processor}/cpu_capacity", text);
            }
            Assert.Equal([446, 1024], DefaultThreads.Capacities(folder));
            Assert.Empty(DefaultThreads.Capacities($"{folder}/none"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_process_gets_no_more_threads_than_processors() =>
        Assert.InRange(DefaultThreads.OfThisMachine, 1, Environment.ProcessorCount);
}
