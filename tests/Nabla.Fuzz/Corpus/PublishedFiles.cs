using static Nabla.Fuzz.BadFile;

namespace Nabla.Fuzz;

/// <summary>Files that were published as faults of other readers, made again from their descriptions.</summary>
internal static class PublishedFiles
{
    public static IEnumerable<BadFile> All()
    {
        // rogersce/cnpy 106: the header of an array in an archive claims 65535 bytes, and the member has ten.
        yield return new("npz", "cnpy 106, a header of 65535 bytes in a member of 10", ZipMaker.Archive(
            [new ZipPart("x.npy", [0x93, .. "NUMPY"u8, 1, 0, 0xFF, 0xFF], compress: true)]));
        // The array claims more than the member has: the difference wraps around.
        yield return new("npz", "cnpy 106, an array larger than its member", ZipMaker.Archive(
            [new ZipPart("x.npy", ArrayMaker.Npy(ArrayMaker.NpyHeader("<f8", "(1000000,)"), new byte[8]), compress: true)]));
        yield return new("npz", "cnpy 106, sizes whose product wraps around", ZipMaker.Archive(
            [new ZipPart("x.npy", ArrayMaker.Npy(ArrayMaker.NpyHeader("<f8", "(2305843009213693952, 2)"), new byte[8]), compress: true)]));
        // llohse/libnpy 44 and ml-explore/mlx 3365: twelve bytes claim a header of 4 GB.
        foreach (uint length in new[] { 0xFFFFFFF0, uint.MaxValue, 1u << 31, 65537u, 65536u })
            yield return new("npy", $"libnpy 44 and mlx 3365, a header of {length} bytes", ArrayMaker.Npy("", [], version: 2,
                claimed: length));
        yield return new("npy", "libnpy 44, sizes whose product is 2^64", ArrayMaker.Npy(
            ArrayMaker.NpyHeader("<f4", "(4294967296, 4294967296)"), []));
        yield return new("npy", "libnpy 44, sizes whose product is 2^64 + 4", ArrayMaker.Npy(
            ArrayMaker.NpyHeader("|u1", "(4, 4611686018427387905)"), new byte[4]));
        // llohse/libnpy 37: a locale puts separators into numbers.
        yield return new("npy", "libnpy 37, digits in groups", ArrayMaker.Npy(ArrayMaker.NpyHeader("<f4", "(2,621, 401)"), new byte[40]));
        // ClickHouse 99585: a negative size.
        yield return new("npy", "ClickHouse 99585, a negative size", ArrayMaker.Npy(ArrayMaker.NpyHeader("<i8", "(-1,)"), new byte[8]));
        // ml-explore/mlx 3363 and 3409: offsets that fit neither the shape nor the file.
        yield return Tensor("mlx 3363, offsets of 4 bytes for a megabyte of floats",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[1000,1000],\"data_offsets\":[0,4]}}", 4);
        yield return Tensor("mlx 3409, 4 MB of which the file has 4 bytes",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[1000,1000],\"data_offsets\":[0,4000000]}}", 4);
        // safetensors/safetensors 401: a name twice.
        yield return Tensor(
            "safetensors 401, a name twice",
            "{\"key00\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"key00\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8);
        // safetensors/safetensors 586: two names for the same bytes.
        yield return Tensor(
            "safetensors 586, two names for the same bytes",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4);
        // kekzl/imp 1603: an unknown type must not switch off the check of offsets.
        yield return Tensor("imp 1603, an unknown type with offsets beyond the file",
            "{\"t\":{\"dtype\":\"Q4\",\"shape\":[1],\"data_offsets\":[9,400]}}", 4);
    }

    private static BadFile Tensor(string name, string header, int data) =>
        new("safetensors", name, ArrayMaker.Safetensors(Utf8(header), new byte[data]));
}
