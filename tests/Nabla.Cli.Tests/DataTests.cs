using System.Net;

namespace Nabla.Cli.Tests;

/// <summary>Data sets with names, with and without a network.</summary>
public sealed class DataTests
{
    [Fact]
    public void The_list_says_where_mnist_is_or_how_to_get_it() =>
        Snapshot.Matches(new Session().Run("data list").With("data/mnist.npz", Sample.Npz()).Run("data list").Run("data list --json"));

    [Fact]
    public void The_command_that_is_proposed_names_the_file_as_a_shell_wants_it()
    {
        using var session = new Session();
        session.Run(["data", "make", "digits", "--train", "20", "--test", "10", "--out", "my digits.npz"]);
        Assert.EndsWith("Next: nabla train 'my digits.npz'\n", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_are_drawn_into_a_file_that_can_be_trained_on() =>
        Snapshot.Matches(
            new Session().Run("data make digits --train 40 --test 10 --seed 3 --out few.npz").Run("inspect few.npz")
                .Run("train few.npz --layers none --epochs 2"));

    [Fact]
    public void Without_a_network_mnist_by_name_fails() => Snapshot.Matches(new Session().Run("train mnist"));

    [Fact]
    public void Without_a_network_nothing_can_be_fetched() => Snapshot.Matches(new Session().Run("data fetch mnist"));

    [Fact]
    public void Without_a_network_and_a_name_the_built_in_digits_are_trained_on()
    {
        using var session = new Session();
        session.Run("train --layers none --epochs 1 --batch-size 1000");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        string[] messages = session.Messages.Split('\n');
        Assert.Equal(
            "mnist is not on this machine, and no server can be reached: training on digits, the built-in set, instead.", messages[0]);
        Assert.Equal("Training 784-10, 7850 parameters on 60000 examples of digits.", messages[1]);
    }

    [Fact]
    public void What_a_server_sends_is_checked()
    {
        using var session = new Session { Network = new Server(Sample.Npz()) };
        Snapshot.Matches(session.Run("data fetch mnist --data-dir here"));
    }

    private sealed class Server(byte[] content) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new(HttpStatusCode.OK) { Content = new ByteArrayContent(content), RequestMessage = request };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
