using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// Keys that must not be used, and secrets that must not stay (RFC 2409 §4, §5.5, §10, App. A, App. B).
/// </summary>
[JudgesFaults]
public sealed class KeyTests
{
    /// <summary>
    /// RFC 2409 App. A, App. B: a weak DES key is passed over, whatever its parity bits; the next eight octets are
    /// taken.
    /// </summary>
    [Theory]
    [InlineData("0101010101010101")]
    [InlineData("fefefefefefefefe")]
    [InlineData("1f1f1f1fe0e0e0e0")]
    [InlineData("01fe01fe01fe01fe")]
    [InlineData("fe01fe01fe01fe01")]
    [InlineData("0000000000000000")]
    [Clause("2409-4-10")]
    [Clause("2409-B-10")]
    public void WeakDesKeyIsPassedOver(string weak)
    {
        byte[] next = [1, 2, 3, 4, 5, 6, 7, 8];
        var SKEYID_e = Secret.Of([.. Convert.FromHexString(weak), .. next]);
        Assert.True(WeakKeys.IsWeak(Convert.FromHexString(weak)));
        Assert.Equal(Secret.Of(next), KeySchedule.Rfc2409.Ka(Prf.HmacMd5, SKEYID_e, Cipher.Des));
        Assert.Equal(Secret.Of(next), KeySchedule.Rfc2409.Ka(Prf.HmacMd5, Secret.Of([.. next, .. next]), Cipher.Des));
    }

    /// <summary>
    /// RFC 2409 §5.5, §10: private values, the policy's key and KEYMAT under negotiation go when they have been used.
    /// </summary>
    [Fact]
    [Clause("2409-10-05")]
    [Clause("2409-5.5-18")]
    [Clause("2409-5.5-05")]
    public void PrivateValuesLeaveTheStateOnceUsed()
    {
        var pair = PlaceOfMessagesTests.Sent(4);
        Assert.NotNull(pair.A.State.Isakmp.Values.Single().Phase1.X);
        pair = new Pair(esp: "aes128-sha1-modp1024");
        pair.Connect(pair.A);
        pair.Settle();
        Assert.All(new[] { pair.A, pair.B }, side =>
        {
            var phase1 = side.State.Isakmp.Values.Single().Phase1;
            Assert.Equal((null, null), (phase1.X, phase1.Terms));
            var quickMode = side.State.QuickModes.Values.Single().State;
            Assert.Equal((null, null), (quickMode.X, quickMode.Pair));
            Assert.Equal(128, side.Pairs.Single().Suite.PfsGroup!.PublicLength);
        });
    }
}
