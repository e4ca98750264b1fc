using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>Suites by name and as transforms (RFC 2409 §4, App. A; RFC 2407 §4.4, §4.5).</summary>
public sealed class SuiteTests
{
    private const AuthenticationMethod Psk = AuthenticationMethod.PreSharedKey;

    private static IEnumerable<Cipher> Ciphers => CipherFamily.All.SelectMany(f => f.KeyBits.Select(b => f.With(b)!));

    /// <summary>
    /// Each cipher with keys of each length, each hash and each group has a name that reads back to it.
    /// </summary>
    [Fact]
    public void EverySuiteNameReadsBack()
    {
        var hashes = SuiteNames.HashNames.ToArray();
        var groups = GroupList.All;
        var names = Ciphers.Select(
            (c, i) => $"{SuiteNames.Of(c)}-{hashes[i % hashes.Length]}-{groups[i % groups.Count].Name}").ToArray();
        Assert.Equal(52 + 251 + 12 + 3 + 3 + 3, names.Length);
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, n => Assert.Equal(n, SuiteNames.Phase1(n, 100)!.Name));
        Assert.All(EspAlgorithms.Ciphers.SelectMany(c => EspAlgorithms.Authentications.Select(a => $"{c.Name}-{a.Name}")),
            n => Assert.Equal(n, SuiteNames.Esp(n, 100)!.Name));
        Assert.All(SuiteNames.CipherNames, n => Assert.NotNull(SuiteNames.Phase1($"{n}-tiger-ec2n155", 100)));
        Assert.All(EspAlgorithms.CipherNames, n => Assert.NotNull(SuiteNames.Esp($"{n}-aesxcbc-brainpool512", 100)));
    }

    /// <summary>No part of a name is guessed at.</summary>
    [Theory]
    [InlineData("blowfish-sha1-modp1024")]
    [InlineData("blowfish449-sha1-modp1024")]
    [InlineData("blowfish41-sha1-modp1024")]
    [InlineData("rc5_32-sha1-modp1024")]
    [InlineData("des64-sha1-modp1024")]
    [InlineData("idea128-sha1-modp1024")]
    [InlineData("aes128-tiger2-modp1024")]
    [InlineData("aes128-sha1-private32768")]
    [InlineData("aes128-sha1")]
    public void UnknownNameIsNoSuite(string name) => Assert.Null(SuiteNames.Phase1(name, 100));

    /// <summary>
    /// RFC 2409 App. A: each phase 1 suite's transform reads back to the suite, all attributes basic but a long life;
    /// Key Length is there exactly where the cipher's keys vary.
    /// </summary>
    [Fact]
    public void EveryPhase1TransformReadsBack()
    {
        var suites = Ciphers.Select(c => new Phase1Suite(c, HashFunction.Sha1, GroupList.Get(2), Psk, 86400))
            .Concat(SuiteNames.HashNames.Select(h => SuiteNames.Phase1($"aes128-{h}-modp1024", 3600)!))
            .Concat(GroupList.All.Select(
                g => new Phase1Suite(Cipher.Aes128, HashFunction.Tiger, g, Psk, 3600) { LifeKilobytes = 100_000 }));
        Assert.All(suites, suite =>
        {
            var transform = suite.ToTransform(1);
            Assert.True(Phase1Suite.TryRead(transform, out var read, out _));
            Assert.Equal(suite, read);
            var bits = transform.Attributes.Where(a => a.Type == (ushort)Phase1Attribute.KeyLength).ToArray();
            Assert.Equal(suite.Cipher.Family.IsVariable ? 1 : 0, bits.Length);
            Assert.All(bits, b => Assert.True(b.IsBasic && b.TryGetNumber(out var n) && n == 8 * (ulong)suite.Cipher.KeyLength));
        });
    }

    /// <summary>
    /// RFC 2407 §4.4.4, §4.5: the same for ESP; and KEYMAT is the cipher's key with the authentication key behind it.
    /// </summary>
    [Fact]
    public void EveryEspTransformReadsBack()
    {
        var suites = EspAlgorithms.Ciphers.SelectMany(c => EspAlgorithms.Authentications.Select(
            a => new EspSuite(c, a, null, EncapsulationMode.Transport, 3600)))
            .Concat(GroupList.All.Select(
                g => SuiteNames.Esp($"camellia256-aesxcbc-{g.Name}", 100_000)! with { LifeKilobytes = 4608000 }));
        Assert.All(suites, suite =>
        {
            var transform = suite.ToTransform(1);
            Assert.True(EspSuite.TryRead(transform, out var read, out _));
            Assert.Equal(suite, read);
            Assert.Equal(suite.Cipher.KeyBits is not null, transform.Attributes.Any(a => a.Type == (ushort)IpsecAttribute.KeyLength));
            Assert.Equal(suite.Cipher.KeyOctets + suite.Authentication.KeyOctets, suite.KeymatLength);
        });
    }

    /// <summary>
    /// Octets of KEYMAT: RFC 2405 §4, RFC 2451 §2.2, RFC 3602, RFC 4312; RFC 2403, 2404, 4868, 3566; DES-MAC has a DES
    /// key.
    /// </summary>
    [Theory]
    [InlineData("desiv64-md5", 8 + 16, 1, 1)]
    [InlineData("des-sha1", 8 + 20, 2, 2)]
    [InlineData("3des-desmac", 24 + 8, 3, 3)]
    [InlineData("rc5_128-sha256", 16 + 32, 4, 5)]
    [InlineData("idea-sha384", 16 + 48, 5, 6)]
    [InlineData("cast80-sha512", 10 + 64, 6, 7)]
    [InlineData("blowfish448-aesxcbc", 56 + 16, 7, 9)]
    [InlineData("desiv32-md5", 8 + 16, 9, 1)]
    [InlineData("null-sha1", 20, 11, 2)]
    [InlineData("aes192-sha1", 24 + 20, 12, 2)]
    [InlineData("camellia256-sha256", 32 + 32, 22, 5)]
    public void KeymatLengthsAndNumbersAreThoseOfTheRfcs(string name, int octets, byte transform, ushort authentication)
    {
        var suite = SuiteNames.Esp(name, 3600)!;
        Assert.Equal(octets, suite.KeymatLength);
        Assert.Equal(transform, suite.ToTransform(1).Id);
        Assert.Equal(authentication, (ushort)suite.Authentication.Algorithm);
    }

    /// <summary>
    /// D-27: in phase 1 Blowfish, RC5 and CAST without a Key Length have the defaults of App. B; AES and Camellia are
    /// refused.
    /// </summary>
    [Theory]
    [InlineData(EncryptionAlgorithm.BlowfishCbc, "blowfish448")]
    [InlineData(EncryptionAlgorithm.Rc5R16B64Cbc, "rc5_128")]
    [InlineData(EncryptionAlgorithm.CastCbc, "cast128")]
    [InlineData(EncryptionAlgorithm.AesCbc, null)]
    [InlineData(EncryptionAlgorithm.CamelliaCbc, null)]
    public void MissingPhase1KeyLengthIsTheDefault(EncryptionAlgorithm algorithm, string? name)
    {
        Phase1Suite.TryRead(Phase1(Basic(1, (ushort)algorithm)), out var suite, out var why);
        Assert.Equal(name, suite is null ? null : SuiteNames.Of(suite.Cipher));
        Assert.Equal(name is null, why.Length > 0);
    }

    /// <summary>
    /// M-14, M-43, M-45, B-71: Key Length on a fixed cipher, of no legal number, twice, in the long form, and of more
    /// than 16 bits.
    /// </summary>
    [Fact]
    public void BadPhase1KeyLengthIsRefused()
    {
        var aes = Basic(1, (ushort)EncryptionAlgorithm.AesCbc);
        AssertRefused(Basic(1, (ushort)EncryptionAlgorithm.DesCbc), Basic(14, 64));
        AssertRefused(Basic(1, (ushort)EncryptionAlgorithm.TripleDesCbc), Basic(14, 192));
        AssertRefused(Basic(1, (ushort)EncryptionAlgorithm.IdeaCbc), Basic(14, 128));
        AssertRefused(Basic(1, (ushort)EncryptionAlgorithm.BlowfishCbc), Basic(14, 32));
        AssertRefused(Basic(1, (ushort)EncryptionAlgorithm.CastCbc), Basic(14, 136));
        AssertRefused(Basic(1, (ushort)EncryptionAlgorithm.Rc5R16B64Cbc), Basic(14, 2048));
        AssertRefused(aes, Basic(14, 0));
        AssertRefused(aes, Basic(14, 1));
        AssertRefused(aes, Basic(14, 65535));
        AssertRefused(aes, Basic(14, 128), Basic(14, 128));
        AssertRefused(aes, DataAttribute.Variable(14, new byte[] { 0, 128 }));
        AssertRefused(aes, DataAttribute.Variable(14, new byte[] { 0, 1, 0, 128 }));
    }

    /// <summary>
    /// D-71: no basic class comes in the long form, and a value that sixteen bits do not hold is refused, not cut and
    /// not thrown at: each class of phase 1 and phase 2 with eight octets of FF.
    /// </summary>
    [Fact]
    [Clause("2409-A-01")]
    [Clause("2407-4.5-01")]
    public void BasicAttributeInTheLongFormIsRefused()
    {
        byte[][] values = [[255, 255, 255, 255, 255, 255, 255, 255], [0, 1], [0, 0, 0, 1]];
        foreach (var value in values)
        {
            foreach (var type in Enum.GetValues<Phase1Attribute>().Where(t => t is not Phase1Attribute.LifeDuration))
            {
                var good = Phase1(Basic(1, 5)).Attributes.RemoveAll(a => a.Type == (ushort)type);
                var transform = new TransformPayload(1, 1, good.Insert(0, DataAttribute.Variable((ushort)type, value)));
                Assert.False(Phase1Suite.TryRead(transform, out _, out var why));
                Assert.NotEmpty(why);
            }

            foreach (var type in Enum.GetValues<IpsecAttribute>().Where(t => t is not IpsecAttribute.LifeDuration))
            {
                var good = Esp("aes128-sha1").Attributes.RemoveAll(a => a.Type == (ushort)type);
                var transform = new TransformPayload(1, 12, good.Insert(0, DataAttribute.Variable((ushort)type, value)));
                Assert.False(EspSuite.TryRead(transform, out _, out var why));
                Assert.NotEmpty(why);
            }
        }
    }

    /// <summary>
    /// RFC 2407 §4.4.4, §4.5: what no RFC gives a key length is refused by its name, and so is a key length out of
    /// place.
    /// </summary>
    [Theory]
    [InlineData(8, null, 2, "ESP_3IDEA")]
    [InlineData(10, null, 2, "ESP_RC4")]
    [InlineData(255, null, 2, "255 is not spoken")]
    [InlineData(2, 64, 2, "des has a fixed key")]
    [InlineData(5, 128, 2, "idea has a fixed key")]
    [InlineData(11, 128, 2, "null has a fixed key")]
    [InlineData(7, null, 2, "no default")]
    [InlineData(12, null, 2, "no default")]
    [InlineData(4, 32, 2, "no keys of 32 bits")]
    [InlineData(22, 512, 2, "no keys of 512 bits")]
    [InlineData(3, null, 4, "KPDK")]
    [InlineData(3, null, 8, "authentication algorithm 8")]
    [InlineData(3, null, null, "D-119")]
    [InlineData(11, null, null, "D-119")]
    public void EspTransformWithoutAKeyLengthIsRefusedByName(byte transform, int? keyBits, int? authentication, string reason)
    {
        var attributes = Esp("3des-sha1").Attributes.RemoveAll(a => a.Type == (ushort)IpsecAttribute.AuthenticationAlgorithm);
        if (keyBits is { } bits)
        {
            attributes = attributes.Add(Basic((ushort)IpsecAttribute.KeyLength, (ushort)bits));
        }

        if (authentication is { } number)
        {
            attributes = attributes.Add(Basic((ushort)IpsecAttribute.AuthenticationAlgorithm, (ushort)number));
        }

        Assert.False(EspSuite.TryRead(new TransformPayload(1, transform, attributes), out var suite, out var why));
        Assert.Null(suite);
        Assert.Contains(reason, why, StringComparison.Ordinal);
    }

    /// <summary>
    /// RFC 2451 §2.5: RC5 has 16 rounds; Key Rounds that say so are taken, any other number, or any with another
    /// cipher, refused.
    /// </summary>
    [Theory]
    [InlineData("rc5_128-sha1", 16, true)]
    [InlineData("rc5_128-sha1", 12, false)]
    [InlineData("blowfish128-sha1", 16, false)]
    public void KeyRoundsAreSixteenForRc5Alone(string name, ushort rounds, bool taken)
    {
        var transform = Esp(name);
        var with = new TransformPayload(
            1, transform.Id, transform.Attributes.Add(Basic((ushort)IpsecAttribute.KeyRounds, rounds)));
        Assert.Equal(taken, EspSuite.TryRead(with, out var suite, out _));
        Assert.Equal(taken ? name : null, suite?.Name);
    }

    /// <summary>
    /// D-118, RFC 2407 §4.4.3: AH's transform and authentication algorithm name one thing; every other pair is
    /// undefined.
    /// </summary>
    [Fact]
    public void AhPairsAreTheDefinedOnesAlone()
    {
        Assert.Equal(
            [(2, 1, 16), (3, 2, 20), (4, 3, 8), (5, 5, 32), (6, 6, 48), (7, 7, 64), (9, 9, 16)],
            AhAlgorithms.All.Select(x => ((int)x.Transform, (int)x.Algorithm, x.KeyOctets)));
        for (var transform = 0; transform < 256; transform++)
        {
            for (ulong algorithm = 0; algorithm < 20; algorithm++)
            {
                var defined = AhAlgorithms.All.FirstOrDefault(
                    x => ((int)x.Transform, (ulong)x.Algorithm) == (transform, algorithm));
                Assert.Equal(defined, AhAlgorithms.Find((byte)transform, algorithm, out var why));
                Assert.Equal(defined is null, why.Length > 0);
            }
        }

        Assert.Null(AhAlgorithms.Find(2, null, out _));
        AhAlgorithms.Find(2, 4, out var kpdk);
        Assert.Contains("KPDK", kpdk, StringComparison.Ordinal);
    }

    /// <summary>
    /// RFC 2407 §4.5.2: lives of both types; the shorter of each is taken, an answer may lower and not raise them
    /// (D-66).
    /// </summary>
    [Fact]
    public void KilobyteLivesAreOfferedReadAndCompared()
    {
        var own = SuiteNames.Phase1("aes128-sha1-modp1024", 3600)! with { LifeKilobytes = 1000 };
        var (longer, unlimited) = (own with { LifeKilobytes = 5000, LifeSeconds = 1800 }, own with { LifeKilobytes = null });
        Assert.Equal((1800UL, 1000UL), Chosen(longer, own));
        Assert.Equal((1800UL, 5000UL), Chosen(longer, unlimited));
        Assert.Equal((3600UL, 1000UL), Chosen(unlimited, own));
        Assert.Equal(1000UL, Answered(own, longer with { LifeSeconds = 3600 }));
        Assert.Equal(1000UL, Answered(own, unlimited));
        Assert.Null(Answered(own, own with { LifeKilobytes = 999 }));
        Assert.Null(Answered(unlimited, own));

        var esp = SuiteNames.Esp("aes128-sha1", 3600)! with { LifeKilobytes = 1000 };
        var (offer, more) = (Phase2Negotiation.Offer([esp], 300), Phase2Negotiation.Offer([esp with { LifeKilobytes = 1001 }], 300));
        Assert.Equal(1000UL, Phase2Negotiation.Choose(more, [esp], null, out _)!.Main.Suite.LifeKilobytes);
        Assert.Null(Phase2Negotiation.Check(more, [esp], 301, out _));
        Assert.NotNull(Phase2Negotiation.Check(offer, [esp], 301, out _));

        static (ulong, ulong?) Chosen(Phase1Suite offered, Phase1Suite own)
            => Phase1Negotiation.Choose(Phase1Negotiation.Offer([offered]), [own], out _)!.Value.Suite is var suite
                ? (suite.LifeSeconds, suite.LifeKilobytes) : default;

        static ulong? Answered(Phase1Suite answer, Phase1Suite offered)
            => Phase1Negotiation.Check(Phase1Negotiation.Offer([answer]), [offered], out _)?.LifeKilobytes;
    }

    private static void AssertRefused(params DataAttribute[] cipher)
    {
        Assert.False(Phase1Suite.TryRead(Phase1(cipher), out var suite, out var why));
        Assert.Null(suite);
        Assert.NotEmpty(why);
    }

    /// <summary>A good transform with the cipher left open.</summary>
    private static TransformPayload Phase1(params DataAttribute[] cipher)
        => new(1, (byte)IsakmpTransform.KeyIke, [.. cipher, Basic(2, 2), Basic(3, 1), Basic(4, 2), Basic(11, 1), Basic(12, 3600)]);

    private static TransformPayload Esp(string name) => SuiteNames.Esp(name, 3600)!.ToTransform(1);

    private static DataAttribute Basic(ushort type, ushort value) => DataAttribute.Basic(type, value);
}
