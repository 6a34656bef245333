using Nabla.Kernels;

namespace Nabla;

/// <summary>The distorted images of a batch: a table with a row for each example of the batch. Serves one thread at a time.</summary>
internal sealed class AugmentedBatch
{
#if DEBUG
    // Small, so that tests share small batches, too.
    private const int PixelsWorthAThread = 64;
#else
    private const int PixelsWorthAThread = 1 << 13;
#endif

    private readonly FeatureTable images;
    private readonly FeatureTable? buffer; // [capacity, pixels]: the images of a batch that is on disk
    private readonly ulong seed;
    private readonly ThreadTeam team;
    private readonly ImageDistorter[] distorters; // one for each part of a batch
    private readonly byte[]? bytes;                 // [capacity, pixels], or null
    private readonly float[]? floats;               // [capacity, pixels], or null

    /// <param name="augmentation">What to distort; validated.</param>
    /// <param name="data">The images.</param>
    /// <param name="capacity">The most examples in a batch, at least 1.</param>
    /// <param name="seed">The seed of the training run.</param>
    /// <param name="threads">Threads to share the work; 0 for one for each processor. The result does not depend on it.</param>
    /// <exception cref="InvalidOptionException">The examples are not images.</exception>
    public AugmentedBatch(Augmentation augmentation, Dataset data, int capacity, ulong seed, int threads)
    {
        augmentation.RequireImages(data);
        images = data.Inputs;
        buffer = images.IsInMemory ? null : images.CreateBuffer(capacity);
        this.seed = seed;
        team = ThreadTeam.Of(threads);
        distorters = new ImageDistorter[Parts(capacity)];
        for (int part = 0; part < distorters.Length; part++)
            distorters[part] = new ImageDistorter(augmentation, data.InputShape[0], data.InputShape[1]);
        if (images.IsBytes)
            bytes = new byte[BufferSize.Elements("distorted images", sizeof(byte), capacity, images.Columns)];
        else
            floats = new float[BufferSize.Elements("distorted images", sizeof(float), capacity, images.Columns)];
        Table = bytes is not null
            ? FeatureTable.FromBytes(bytes, capacity, images.Columns)
            : FeatureTable.FromFloats(floats!, capacity, images.Columns);
    }

    /// <summary>[capacity, pixels]: what <see cref="Distort"/> made; bytes if the data set has bytes.</summary>
    public FeatureTable Table { get; }

    /// <summary>Distorts the images of a batch into the first rows of the table.</summary>
    /// <param name="rows">Which examples of the data set, at most as many as the capacity.</param>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public unsafe void Distort(ReadOnlySpan<int> rows, int epoch)
    {
        if (buffer is not null)
            images.Gather(rows, buffer);
        fixed (int* first = rows)
        {
            var job = new Job { Batch = this, Rows = first, Count = rows.Length, Epoch = epoch };
            team.Run(ref job, Parts(rows.Length));
        }
    }

    private int Parts(int examples) =>
        Math.Min(examples, Partition.WorthwhileParts((long)examples * images.Columns, PixelsWorthAThread, team.Threads));

    private void DistortOne(ImageDistorter distorter, int row, int epoch, int place)
    {
        int pixels = images.Columns;
        var draw = new AugmentationDraw(seed, epoch, row);
        var (source, number) = buffer is null ? (images, row) : (buffer, place);
        if (bytes is not null)
            distorter.Distort<byte, BytePixel>(source.ByteRow(number), draw, bytes.AsSpan(place * pixels, pixels));
        else
            distorter.Distort<float, FloatPixel>(source.FloatRow(number), draw, floats.AsSpan(place * pixels, pixels));
    }

    private unsafe struct Job : IParallelJob
    {
        public AugmentedBatch Batch;
        public int* Rows; // [count]
        public int Count, Epoch;

        public readonly void Execute(int part, int parts)
        {
            var (start, end) = Partition.Range(Count, 1, part, parts);
            for (int place = start; place < end; place++)
                Batch.DistortOne(Batch.distorters[part], Rows[place], Epoch, place);
        }
    }
}
