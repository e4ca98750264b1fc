using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RefIke.Crypto;
using Xunit;

namespace RefIke.Vectors.Tests.Formulas;

/// <summary>DES keys that must not be used (RFC 2409 §4, App. A), and how Ka steps over them (App. B).</summary>
public sealed class WeakKeyTests
{
    private static readonly byte[] Block = [1, 2, 3, 4, 5, 6, 7, 8];

    /// <summary>
    /// The four keys under which DES is its own inverse; the second and third are printed otherwise in the RFC (D-25).
    /// </summary>
    public static TheoryData<string> Weak
        => ["0101010101010101", "1f1f1f1f0e0e0e0e", "e0e0e0e0f1f1f1f1", "fefefefefefefefe"];

    /// <summary>The six pairs under which DES undoes itself.</summary>
    public static TheoryData<string, string> SemiWeak => new()
    {
        { "01fe01fe01fe01fe", "fe01fe01fe01fe01" },
        { "1fe01fe00ef10ef1", "e01fe01ff10ef10e" },
        { "01e001e001f101f1", "e001e001f101f101" },
        { "1ffe1ffe0efe0efe", "fe1ffe1ffe0efe0e" },
        { "011f011f010e010e", "1f011f010e010e01" },
        { "e0fee0fef1fef1fe", "fee0fee0fef1fef1" },
    };

    /// <summary>What App. A prints as second and third weak key.</summary>
    public static TheoryData<string> PrintedOtherwise => ["1f1f1f1fe0e0e0e0", "e0e0e0e01f1f1f1f"];

    /// <summary>A weak key by its definition, E(E(m)) = m, is refused, with any parity bits.</summary>
    [Theory]
    [MemberData(nameof(Weak))]
    public void WeakKeyIsRefused(string hex)
    {
        var key = Convert.FromHexString(hex);
        Assert.Equal(Block, Des(key, Des(key, Block)));
        Assert.True(DES.IsWeakKey(key));
        AssertRefusedWithAnyParity(key);
    }

    /// <summary>A semi-weak pair by its definition, E2(E1(m)) = m, is refused, both of it.</summary>
    [Theory]
    [MemberData(nameof(SemiWeak))]
    public void SemiWeakKeysAreRefused(string first, string second)
    {
        byte[] a = Convert.FromHexString(first), b = Convert.FromHexString(second);
        Assert.Equal(Block, Des(b, Des(a, Block)));
        Assert.True(DES.IsSemiWeakKey(a) && DES.IsSemiWeakKey(b));
        AssertRefusedWithAnyParity(a);
        AssertRefusedWithAnyParity(b);
    }

    /// <summary>
    /// The two keys as printed are refused as well, since a peer that reads the RFC literally skips them; they are not
    /// weak, which shows that the RFC's list has a slip (D-25).
    /// </summary>
    [Theory]
    [MemberData(nameof(PrintedOtherwise))]
    public void KeyOfThePrintedListIsRefusedThoughItIsNotWeak(string hex)
    {
        var key = Convert.FromHexString(hex);
        Assert.NotEqual(Block, Des(key, Des(key, Block)));
        AssertRefusedWithAnyParity(key);
    }

    /// <summary>
    /// No other key is refused: 18 are, and for keys at random and near misses .NET's own list and the printed one
    /// agree.
    /// </summary>
    [Property(MaxTest = 2000)]
    public Property NoOtherKeyIsRefused() => Prop.ForAll(Arb.From(
        from near in Gen.Elements(Listed.ToArray())
        from key in Gen.OneOf(Some.Octets(8), from at in Gen.Choose(0, 63) select Flipped(near, at))
        select key), key => Assert.Equal(IsListed(key), WeakKeys.IsWeak(key)));

    /// <summary>
    /// App. B: Ka for DES is the first window of eight octets that is not refused, whatever stands before it.
    /// </summary>
    [Property]
    public Property KaStepsOverWeakKeys() => Prop.ForAll(Arb.From(
        from hash in Gen.Elements(Algorithms.Hashes)
        from windows in Gen.Choose(0, hash.Length / 8)
        from weak in Gen.Elements(Listed.ToArray()).ArrayOf(windows)
        from tail in Some.Octets(hash.Length - (8 * windows))
        select (hash, SKEYID_e: (byte[])[.. weak.SelectMany(k => k), .. tail])), v =>
    {
        var Ka = KeySchedule.Rfc2409.Ka(Prf.Of(v.hash), Secret.Of(v.SKEYID_e), Cipher.Des);
        Assert.Equal(Convert.ToHexStringLower(new Transcription(v.hash.Name).DesKa(v.SKEYID_e, IsListed)),
            Convert.ToHexStringLower(Ka.Reveal()));
    });

    private static IEnumerable<byte[]> Listed
        => Weak.Select(r => r.Data).Concat(PrintedOtherwise.Select(r => r.Data))
            .Concat(SemiWeak.SelectMany(r => new[] { r.Data.Item1, r.Data.Item2 }))
            .Select(Convert.FromHexString);

    private static bool IsListed(byte[] key) => Listed.Any(k => WithOddParity(k).SequenceEqual(WithOddParity(key)));

    private static void AssertRefusedWithAnyParity(byte[] key)
    {
        foreach (var parity in new byte[] { 0, 1 })
        {
            Assert.True(WeakKeys.IsWeak([.. key.Select(k => (byte)((k & 0xfe) | parity))]));
        }

        Assert.True(WeakKeys.IsWeak(key));
        Assert.False(WeakKeys.IsWeak(Flipped(key, 1)));
    }

    private static byte[] Flipped(byte[] key, int bit)
    {
        var copy = (byte[])key.Clone();
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    private static byte[] WithOddParity(byte[] key)
        => [.. key.Select(k => (byte)(int.IsOddInteger(int.PopCount(k >> 1)) ? k & 0xfe : k | 1))];

    private static byte[] Des(byte[] key, byte[] block) => Cipher.Des.Encrypt(Secret.Of(key), new byte[8], block);
}
