using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Properties.Engine;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>Each cipher, hash and group once through Main Mode and Quick Mode, between two endpoints.</summary>
public sealed class AlgorithmExchangeTests
{
    public static TheoryData<string> Ciphers => [.. SuiteNames.CipherNames];

    public static TheoryData<string> Hashes => [.. SuiteNames.HashNames];

    public static TheoryData<string> EspCiphers => [.. EspAlgorithms.CipherNames];

    public static TheoryData<string> EspAuthentications => [.. EspAlgorithms.AuthenticationNames];

    public static TheoryData<string> Groups => [.. GroupList.All.Select(g => g.Name)];

    /// <summary>The ciphers of RFC 2409 App. A and its registry, with the popular key lengths.</summary>
    [Theory]
    [MemberData(nameof(Ciphers))]
    public void Phase1CipherProtectsTheExchanges(string cipher) => BothAgree($"{cipher}-sha256-modp1024", "aes128-sha1");

    /// <summary>The shortest and longest keys; 448 and 2040 bits are more than any prf gives at once.</summary>
    [Theory]
    [InlineData("blowfish40-md5")]
    [InlineData("blowfish448-md5")]
    [InlineData("rc5_40-tiger")]
    [InlineData("rc5_2040-tiger")]
    [InlineData("cast104-sha1")]
    [InlineData("camellia256-md5")]
    public void KeyOfAnyLengthProtectsTheExchanges(string suite) => BothAgree($"{suite}-modp768", "aes128-sha1");

    /// <summary>The hashes, and with each its HMAC as prf.</summary>
    [Theory]
    [MemberData(nameof(Hashes))]
    public void HashIsPrfAndIvOfTheExchanges(string hash) => BothAgree($"camellia192-{hash}-modp1024", "3des-md5");

    /// <summary>The groups, in both phases.</summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void GroupServesBothPhases(string group) => BothAgree($"aes256-sha512-{group}", $"aes256-sha512-{group}");

    /// <summary>ESP's ciphers: KEYMAT of their length.</summary>
    [Theory]
    [MemberData(nameof(EspCiphers))]
    public void EspCipherIsNegotiated(string cipher) => BothAgree("aes128-sha1-modp1024", $"{cipher}-sha256");

    /// <summary>ESP's authentication algorithms: KEYMAT of their length.</summary>
    [Theory]
    [MemberData(nameof(EspAuthentications))]
    public void EspAuthenticationIsNegotiated(string authentication)
        => BothAgree("aes128-sha1-modp1024", $"blowfish448-{authentication}");

    private static void BothAgree(string phase1, string esp)
    {
        var pair = new Pair(phase1, esp);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(phase1, pair.A.State.Isakmp.Values.Single().Phase1.Suite!.Name);
        var (a, b) = (Assert.Single(pair.A.Pairs), Assert.Single(pair.B.Pairs));
        Assert.Equal((esp, esp), (a.Suite.Name, b.Suite.Name));
        Assert.Equal((a.Inbound, a.Outbound), (b.Outbound, b.Inbound));
        Assert.NotEqual(a.Inbound, a.Outbound);
        Assert.Equal(SuiteNames.Esp(esp, 1)!.KeymatLength, a.Inbound.Length);
        Assert.Null(pair.TraceFault());
    }
}
