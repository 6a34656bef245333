namespace Nabla;

/// <summary>Ranks that are threads of this process, for tests: what they send must fit as strictly as with any library of MPI.</summary>
/// <remarks>
/// No message is buffered: <see cref="ICommunicator.Send"/> waits until the other rank receives. A deadlock, a message of another
/// length, and a message where a broadcast is expected are errors on all ranks. Thread-safe.
/// </remarks>
internal sealed class LocalCommunicators
{
    private readonly object gate = new();
    private readonly Queue<Message>[] mailboxes; // [from, to]
    private readonly string?[] waitsFor; // of each rank
    private int waiting; // ranks that have found nothing to do since the last change
    private int closed;
    private int atBarrier;
    private int barriers;
    private CommunicationException? failure;

    private LocalCommunicators(int size)
    {
        Size = size;
        waitsFor = new string?[size];
        mailboxes = new Queue<Message>[size * size];
        for (int i = 0; i < mailboxes.Length; i++)
            mailboxes[i] = new Queue<Message>();
    }

    /// <summary>The number of ranks.</summary>
    public int Size { get; }

    /// <summary>Creates the communicators of all ranks.</summary>
    /// <param name="size">The number of ranks, at least 1.</param>
    public static ICommunicator[] Create(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var ranks = new LocalCommunicators(size);
        return [.. Enumerable.Range(0, size).Select(rank => new LocalCommunicator(ranks, rank))];
    }

    /// <summary>Runs each rank on a thread of its own until all have ended. The first one that fails ends the others.</summary>
    /// <param name="size">The number of ranks, at least 1.</param>
    /// <param name="rank">What each rank does; the communicator is closed afterwards.</param>
    /// <exception cref="AggregateException">What the ranks threw, the first failure first.</exception>
    public static void Run(int size, Action<ICommunicator> rank)
    {
        var errors = new List<Exception>();
        Thread[] threads = [.. Create(size).Select(communicator => new Thread(() =>
        {
            try
            {
                rank(communicator);
                communicator.Close();
            }
            catch (Exception e) // of any kind: the thread that waits throws it
            {
                lock (errors)
                    errors.Add(e);
                ((LocalCommunicator)communicator).Fail($"{e.GetType().Name}: {e.Message}");
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        if (errors.Count > 0)
            throw new AggregateException(errors);
    }

    /// <summary>Puts a message where its receiver finds it.</summary>
    public Message Post(int from, int to, byte[] bytes, bool isBroadcast)
    {
        lock (gate)
        {
            var message = new Message(bytes, isBroadcast);
            mailboxes[(from * Size) + to].Enqueue(message);
            HasChanged();
            return message;
        }
    }

    /// <summary>Waits until a message has been received.</summary>
    public void WaitUntilTaken(Message message, int from, int to)
    {
        lock (gate)
            WaitUntil(() => message.IsTaken, from, $"rank {to} to receive");
    }

    /// <summary>Waits for a message, whose length and kind must be those that the receiver expects.</summary>
    public byte[] Take(int from, int to, int length, bool isBroadcast)
    {
        lock (gate)
        {
            var mailbox = mailboxes[(from * Size) + to];
            WaitUntil(() => mailbox.Count > 0, to, $"rank {from} to send");
            var message = mailbox.Dequeue();
            if (message.Bytes.Length != length || message.IsBroadcast != isBroadcast)
                throw Failed(to, $"rank {from} sends {Describe(message.Bytes.Length, message.IsBroadcast)}, "
                    + $"and rank {to} expects {Describe(length, isBroadcast)}");
            message.IsTaken = true;
            HasChanged();
            return message.Bytes;
        }
    }

    /// <summary>Waits until all ranks are here.</summary>
    public void Barrier(int rank)
    {
        lock (gate)
        {
            int before = barriers;
            if (++atBarrier == Size)
            {
                atBarrier = 0;
                barriers++;
                HasChanged();
            }
            WaitUntil(() => barriers != before, rank, "all ranks at a barrier");
        }
    }

    /// <summary>A rank has ended. The others must not wait for it.</summary>
    public void Close(int rank)
    {
        lock (gate)
        {
            closed++;
            waitsFor[rank] = null;
            ThrowIfStuck(rank);
        }
    }

    /// <summary>Ends all ranks with an error: the first one stays.</summary>
    /// <returns>The error, to be thrown.</returns>
    public CommunicationException Failed(int rank, string why)
    {
        lock (gate)
        {
            failure ??= new CommunicationException(
                "the ranks cannot go on", $"rank {rank} of {Size}", why, "Look at what the ranks do at this moment.");
            HasChanged();
            return failure;
        }
    }

    private static string Describe(int length, bool isBroadcast) => $"{(isBroadcast ? "a broadcast" : "a message")} of {length:N0} bytes";

    private void WaitUntil(Func<bool> condition, int rank, string what)
    {
        while (failure is null && !condition())
        {
            waitsFor[rank] = what;
            waiting++;
            ThrowIfStuck(rank);
            Monitor.Wait(gate);
        }
        if (failure is not null)
            throw failure;
    }

    // All that wait look again, and count themselves again.
    private void HasChanged()
    {
        waiting = 0;
        Monitor.PulseAll(gate);
    }

    private void ThrowIfStuck(int rank)
    {
        if (waiting == 0 || waiting + closed < Size)
            return;
        var waits = Enumerable.Range(0, Size).Select(
            other => waitsFor[other] is { } what ? $"rank {other} waits for {what}" : $"rank {other} has ended");
        throw Failed(rank, $"deadlock: {string.Join(", ", waits)}");
    }

    /// <summary>A message on its way.</summary>
    internal sealed class Message(byte[] bytes, bool isBroadcast)
    {
        public byte[] Bytes { get; } = bytes;

        public bool IsBroadcast { get; } = isBroadcast;

        public bool IsTaken { get; set; }
    }
}
