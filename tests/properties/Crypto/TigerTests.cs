using System.Text;
using FsCheck.Xunit;
using RefIke.Crypto;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>Tiger and its HMAC (RFC 2409 App. A, RFC 2104).</summary>
public sealed class TigerTests
{
    /// <summary>Answers of the authors, R. Anderson and E. Biham, for the hash as first published.</summary>
    [Theory]
    [InlineData("", "3293AC630C13F0245F92BBB1766E16167A4E58492DDE73F3")]
    [InlineData("abc", "2AAB1484E8C158F2BFB8C5FF41B57A525129131C957B5F93")]
    [InlineData("Tiger", "DD00230799F5009FEC6DEBC838BB6A27DF2B9D6F110C7937")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-", "F71C8583902AFB879EDFE610F82C0D4786A3A534504486B5")]
    public void TigerHashesAsPublished(string text, string hash)
        => Assert.Equal(hash, Convert.ToHexString(HashFunction.Tiger.Compute(Encoding.ASCII.GetBytes(text))));

    /// <summary>BouncyCastle's own answer, for the key and text of RFC 2202's first case.</summary>
    [Fact]
    public void HmacTigerHasTheLibrarysAnswer()
        => Assert.Equal("1D7A658C75F8F004916E7B07E2A2E10AEC7DE2AE124D3647",
            Convert.ToHexString(Prf.HmacTiger.Compute([.. Enumerable.Repeat((byte)0x0b, 20)], "Hi There"u8)));

    /// <summary>
    /// RFC 2104 §2 written out over the hash, with its block of 64 octets, for keys shorter and longer than a block.
    /// </summary>
    [Property]
    public void HmacTigerIsHmacOverTiger(byte[] half, byte[] data, bool isLong)
    {
        byte[] key = isLong ? [.. half, .. new byte[65]] : half.Length > 64 ? half[..64] : half;
        byte[] K = [.. key.Length > 64 ? HashFunction.Tiger.Compute(key) : key];
        Array.Resize(ref K, 64);
        byte[] Pad(byte with) => [.. K.Select(k => (byte)(k ^ with))];
        var inner = HashFunction.Tiger.Compute([.. Pad(0x36), .. data]);
        Assert.Equal(HashFunction.Tiger.Compute([.. Pad(0x5c), .. inner]), Prf.Of(HashFunction.Tiger).Compute(key, data));
        Assert.Equal(24, Prf.Of(HashFunction.Tiger).Length);
    }
}
