namespace Nabla.Kernels.Tests;

public class PhiloxTests
{
    // Known answers published with Salmon et al.'s Random123, philox4x32 10.
    [Theory]
    [InlineData(0ul, 0ul, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x299f31d0_a4093822ul, 0x85a308d3_243f6a88ul, 0x03707344_13198a2eul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void A_block_is_the_known_answer(
        ulong key, ulong counterLow, ulong counterHigh, uint word0, uint word1, uint word2, uint word3) =>
        Assert.Equal((word0, word1, word2, word3), Philox.Block(key, counterLow, counterHigh));

    [Fact]
    public void Each_bit_of_key_and_counter_changes_the_block()
    {
        var blocks = new HashSet<(uint, uint, uint, uint)> { Philox.Block(0, 0, 0) };
        for (int bit = 0; bit < 64; bit++)
        {
            Assert.True(blocks.Add(Philox.Block(1ul << bit, 0, 0)));
            Assert.True(blocks.Add(Philox.Block(0, 1ul << bit, 0)));
            Assert.True(blocks.Add(Philox.Block(0, 0, 1ul << bit)));
        }
    }
}
