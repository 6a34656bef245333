using System.Buffers.Binary;

namespace Nabla.Tests;

/// <summary>The records at the end of an archive, which locate its directory.</summary>
public sealed class ZipEndTests
{
    private const int EndLength = 22, LocatorLength = 20, Zip64Length = 56;
    private const int LargestDirectory = 64 << 20;
    private static readonly byte[] Narrow = ZipMaker.Archive([new ZipPart("x.npy", [])]);
    private static readonly byte[] Wide = Zip64.Widen(Narrow);

    [Fact]
    public void The_directory_is_found_in_both_forms()
    {
        int start = ZipMaker.EntryOf(Narrow), end = Narrow.Length - EndLength;
        Assert.Equal(new ZipEnd(end, 1, start, end - start), Find(Narrow));
        int records = Wide.Length - EndLength - LocatorLength - Zip64Length;
        Assert.Equal(new ZipEnd(records, 1, start, records - start), Find(Wide));
    }

    [Theory]
    [InlineData("a comment")]
    [InlineData("PK\u0005\u0006 and more than the twenty-two bytes that a record has")]
    public void A_comment_ends_where_the_file_ends(string comment)
    {
        byte[] text = [.. comment.Select(letter => (byte)letter)];
        byte[] file = [.. Narrow, .. text];
        file[Narrow.Length - 2] = (byte)text.Length;
        Assert.Equal(Find(Narrow), Find(file));
        file[Narrow.Length - 2]--;
        RequireRefused(file, file.Length, "the zip directory at its end is missing");
    }

    [Fact]
    public void The_longest_comment_is_read_and_nothing_before_it()
    {
        byte[] file = [.. Narrow, .. new byte[ushort.MaxValue]];
        file[Narrow.Length - 2] = file[Narrow.Length - 1] = 0xFF;
        Assert.Equal(Find(Narrow), Find(file));
        RequireRefused([.. file, 0], file.Length + 1, "the zip directory at its end is missing");
    }

    [Theory]
    [InlineData(12)] // the length of the directory
    [InlineData(16)] // where it begins
    public void Zip64_records_that_are_announced_must_be_there(int field)
    {
        var end = Narrow[^EndLength..];
        end.AsSpan(field, 4).Fill(0xFF);
        RequireRefused(end, 0, "the zip64 records are missing");
        byte[] room = new byte[LocatorLength + Zip64Length];
        RequireRefused([.. room.AsSpan(1), .. end], room.Length - 1, "the zip64 records are missing");
        RequireRefused([.. room, .. end], 0, "the zip64 records are damaged");
    }

    [Fact]
    public void As_many_members_as_there_are_bits_for_do_not_announce_zip64_records()
    {
        var end = Narrow[^EndLength..];
        end.AsSpan(10, 2).Fill(0xFF);
        end.AsSpan(12, 8).Clear();
        Assert.Equal(new ZipEnd(0, ushort.MaxValue, 0, 0), Find(end));
        end[16] = LocatorLength;
        Assert.Equal(new ZipEnd(20, ushort.MaxValue, 20, 0), Find([.. new byte[LocatorLength], .. end]));
    }

    [Theory]
    [InlineData(0)] // the signature of the record
    [InlineData(Zip64Length)] // the signature of the locator
    [InlineData(Zip64Length + 8)] // where the locator says that the record is
    public void Zip64_records_that_are_damaged_are_refused(int at)
    {
        int records = Wide.Length - EndLength - LocatorLength - Zip64Length;
        byte[] file = [.. Wide];
        file[records + at]++;
        RequireRefused(file, records, "the zip64 records are damaged");
    }

    [Theory]
    [InlineData(16, 1, "it is one part of a zip archive that was split")]
    [InlineData(20, 1, "it is one part of a zip archive that was split")]
    [InlineData(40, 255, "the zip directory is not where the end of the archive says")]
    [InlineData(48, 255, "the zip directory is not where the end of the archive says")]
    [InlineData(47, 255, "the zip directory is not where the end of the archive says")]
    [InlineData(55, 255, "the zip directory is not where the end of the archive says")]
    public void Zip64_records_that_contradict_the_file_are_refused(int at, byte value, string why)
    {
        int records = Wide.Length - EndLength - LocatorLength - Zip64Length;
        byte[] file = [.. Wide];
        file[records + at] = value;
        RequireRefused(file, records, why);
    }

    [Theory]
    [InlineData(4, 1, "it is one part of a zip archive that was split")]
    [InlineData(6, 1, "it is one part of a zip archive that was split")]
    [InlineData(12, 1, "the zip directory is not where the end of the archive says")]
    [InlineData(16, 1, "the zip directory is not where the end of the archive says")]
    [InlineData(19, 1, "the zip directory is not where the end of the archive says")]
    public void An_end_that_contradicts_the_file_is_refused(int at, byte change, string why)
    {
        byte[] file = [.. Narrow];
        file[file.Length - EndLength + at] += change;
        RequireRefused(file, file.Length - EndLength, why);
    }

    [Fact]
    public void A_directory_has_at_most_64_MB()
    {
        RequireRefused(
            WithDirectoryOf(LargestDirectory + 1), LargestDirectory + 1,
            $"its directory claims {LargestDirectory + 1} bytes; {LargestDirectory} are allowed");
        var error = Assert.Throws<InvalidInputException>(
            () => ZipDirectory.Read(WithDirectoryOf(LargestDirectory), new FileLocation("a.npz")));
        Assert.Equal(("byte 0", "the zip directory is damaged"), (error.Where, error.Why));
    }

    /// <summary>An archive with a directory of zeros.</summary>
    private static ByteSource WithDirectoryOf(int length)
    {
        var end = Narrow[^EndLength..];
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), length);
        end.AsSpan(16, 4).Clear();
        return ByteSource.From(length + EndLength, (buffer, offset) =>
        {
            int zeros = (int)Math.Clamp(length - offset, 0, buffer.Length);
            buffer[..zeros].Clear();
            end.AsSpan((int)Math.Max(offset - length, 0), buffer.Length - zeros).CopyTo(buffer[zeros..]);
            return buffer.Length;
        });
    }

    private static ZipEnd Find(byte[] file) => ZipEnd.Find(ByteSource.From(file), new FileLocation("a.npz"));

    private static void RequireRefused(byte[] file, long at, string why) => RequireRefused(ByteSource.From(file), at, why);

    private static void RequireRefused(ByteSource source, long at, string why)
    {
        var error = Hostile.Refused(() => ZipDirectory.Read(source, new FileLocation("a.npz")));
        Assert.Equal(($"byte {at}", why), (error.Where, error.Why));
    }
}
