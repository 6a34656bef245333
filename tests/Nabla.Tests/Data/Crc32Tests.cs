using CsCheck;

namespace Nabla.Tests;

public class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_standard_is_met() => Assert.Equal(0xCBF43926u, Crc32.Update(0, "123456789"u8));

    [Fact]
    public void Eight_bytes_at_a_step_give_what_one_bit_at_a_step_does() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 60]).Sample((bytes, cut) =>
        {
            uint state = uint.MaxValue;
            foreach (byte b in bytes)
            {
                state ^= b;
                for (int bit = 0; bit < 8; bit++)
                    state = (state & 1) != 0 ? (state >> 1) ^ 0xEDB88320 : state >> 1;
            }
            int first = Math.Min(cut, bytes.Length);
            Assert.Equal(~state, Crc32.Update(Crc32.Update(0, bytes.AsSpan(0, first)), bytes.AsSpan(first)));
        }, iter: 1000, threads: 1);
}
