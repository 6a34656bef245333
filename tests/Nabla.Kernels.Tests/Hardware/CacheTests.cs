using System.Buffers.Binary;
using System.Globalization;

namespace Nabla.Kernels.Tests;

public sealed class CacheTests
{
    [Fact]
    public void Linux_tells_each_cache_of_each_processor()
    {
        var folder = Directory.CreateTempSubdirectory("nabla-caches-");
        try
        {
            // A fast core with two threads, and four slow ones that share a cache of level 2, as Alder Lake has them.
            for (int cpu = 0; cpu < 6; cpu++)
            {
                bool isFast = cpu < 2;
                Write(cpu, 0, 1, "Data", isFast ? "48K" : "32K", isFast ? "0-1" : $"{cpu}");
                Write(cpu, 1, 1, "Instruction", "4K", $"{cpu}");
                Write(cpu, 2, 2, "Unified", isFast ? "1280K" : "2M", isFast ? "0,1" : "2-5");
                Write(cpu, 3, 3, "Unified", "25600K", "0-5");
            }
            var caches = LinuxCaches.Read(folder.FullName);
            Assert.Equal(18, caches.Count);
            Assert.Contains(new CacheLevel(2, 2 << 20, 4), caches);
            var smallest = new CacheSizes(24 << 10, 512 << 10, 25600 * 1024 / 6, "sysfs");
            Assert.Equal(smallest, CacheSizes.From(caches, "sysfs"));
            Assert.Equal(smallest, CacheSizes.From(caches.Reverse(), "sysfs"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(int cpu, int index, int level, string type, string size, string shared)
        {
            string cache = folder.CreateSubdirectory($"cpu{cpu}/cache/index{index}").FullName;
            File.WriteAllText(Path.Combine(cache, "level"), $"{level}\n");
            File.WriteAllText(Path.Combine(cache, "type"), $"{type}\n");
            File.WriteAllText(Path.Combine(cache, "size"), $"{size}\n");
            File.WriteAllText(Path.Combine(cache, "shared_cpu_list"), $"{shared}\n");
        }
    }

    [Fact]
    public void Windows_tells_them_in_records()
    {
        byte[] records = [.. Record(1, 32 << 10, 2, 0b11), .. Record(1, 32 << 10, 1, 0b11), .. Record(2, 1 << 20, 0, 0b11)];
        Assert.Equal([new CacheLevel(1, 32 << 10, 2), new CacheLevel(2, 1 << 20, 2)], WindowsCaches.From(records));
        for (int length = 0; length < 56; length++)
            Assert.Empty(WindowsCaches.From(records.AsSpan(0, length)));
        BinaryPrimitives.WriteInt32LittleEndian(records.AsSpan(4), 0);
        Assert.Empty(WindowsCaches.From(records));

        static byte[] Record(byte level, int bytes, int kind, ulong processors)
        {
            var record = new byte[56];
            BinaryPrimitives.WriteInt32LittleEndian(record, 2);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), record.Length);
            record[8] = level;
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), bytes);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(16), kind);
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(40), processors);
            return record;
        }
    }

    [Fact]
    public void MacOS_tells_them_by_name()
    {
        // Apple M2.
        var values = new Dictionary<string, long>
        {
            ["hw.perflevel0.l1dcachesize"] = 128 << 10, ["hw.perflevel0.l2cachesize"] = 16 << 20, ["hw.perflevel0.cpusperl2"] = 4,
            ["hw.perflevel1.l1dcachesize"] = 64 << 10, ["hw.perflevel1.l2cachesize"] = 4 << 20, ["hw.perflevel1.cpusperl2"] = 4,
            ["hw.l1dcachesize"] = 64 << 10, ["hw.l2cachesize"] = 4 << 20,
        };
        Assert.Equal(
            new CacheSizes(64 << 10, 1 << 20, 1 << 20, "sysctl"),
            CacheSizes.From(MacCaches.From(name => values.GetValueOrDefault(name)), "sysctl"));
        var intel = new Dictionary<string, long> { ["hw.l1dcachesize"] = 32 << 10, ["hw.l2cachesize"] = 256 << 10 };
        Assert.Equal(
            [new CacheLevel(1, 32 << 10, 1), new CacheLevel(2, 256 << 10, 1)], MacCaches.From(name => intel.GetValueOrDefault(name)));
    }

    [Fact]
    public void The_processor_tells_them_itself()
    {
        // Zen 3 with eight cores, and a processor that has no such leaf.
        (int, int, int, int) Zen3(int leaf, int number) => (leaf, number) switch
        {
            (0, _) => (16, 0x68747541, 0, 0),
            (unchecked((int)0x80000000), _) => (unchecked((int)0x80000023), 0, 0, 0),
            (unchecked((int)0x8000001D), 0) => (0x4121, 0x01C0003F, 63, 0),
            (unchecked((int)0x8000001D), 1) => (0x4122, 0x01C0003F, 63, 0),
            (unchecked((int)0x8000001D), 2) => (0x4143, 0x01C0003F, 1023, 0),
            (unchecked((int)0x8000001D), 3) => (0x3C163, 0x03C0003F, 32767, 0),
            _ => default,
        };
        Assert.Equal(
            [new CacheLevel(1, 32 << 10, 2), new CacheLevel(2, 512 << 10, 2), new CacheLevel(3, 32 << 20, 16)], ProcessorCaches.From(Zen3));
        Assert.Empty(ProcessorCaches.From((_, _) => default));
    }

    [Fact]
    public void Sizes_are_written_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var withComma = (CultureInfo)before.Clone();
        withComma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = withComma;
        try
        {
            Assert.Equal("32 KiB, 1.3 MiB, 30 MiB a thread (sysfs)", new CacheSizes(32 << 10, 1280 << 10, 30 << 20, "sysfs").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Numbers_that_cannot_be_true_do_not_count()
    {
        Assert.Null(CacheSizes.From([new CacheLevel(1, 0, 1), new CacheLevel(1, 32 << 10, 0)], ""));
        Assert.Equal(
            new CacheSizes(32 << 10, 32 << 10, 32 << 10, ""),
            CacheSizes.From([new CacheLevel(1, 32 << 10, 1), new CacheLevel(2, 1, 1)], ""));
        Assert.True(CacheSizes.OfThisMachine is { Level1: >= 2048, Level2: >= 2048, Level3: >= 2048 });
    }
}
