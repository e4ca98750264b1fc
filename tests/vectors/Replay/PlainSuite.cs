using System.Numerics;
using System.Security.Cryptography;
using RefIke.Vectors.Tests.Formulas;
using RefIke.Vectors.Tests.Groups;
using RefIke.Vectors.Tests.Primitives;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>A suite's name, read without RefIke: block and key lengths, its formulas, its group's arithmetic.</summary>
internal sealed record PlainSuite(string Name)
{
    private readonly string[] parts = Name.Split('-');

    public Transcription Formulas => new(parts[1]);

    public int Block => parts[0].StartsWith("aes", StringComparison.Ordinal) ? 16 : 8;

    public string? Group => parts.Length > 2 ? parts[2] : null;

    /// <summary>Octets of KEYMAT that an ESP suite takes: the cipher's key, then the authentication key.</summary>
    public int KeymatLength => KeyLength + parts[1] switch
    {
        "md5" => 16,
        "sha1" => 20,
        "sha256" => 32,
        "sha384" => 48,
        "sha512" => 64,
        _ => throw new InvalidDataException(Name),
    };

    private int KeyLength => parts[0] switch
    {
        "null" => 0,
        "des" => 8,
        "3des" or "aes192" => 24,
        "aes128" => 16,
        "aes256" => 32,
        _ => throw new InvalidDataException(Name),
    };

    public byte[] Ka(byte[] SKEYID_e) => parts[0] == "des"
        ? Formulas.DesKa(SKEYID_e, k => DES.IsWeakKey(k) || DES.IsSemiWeakKey(k))
        : Formulas.Ka(SKEYID_e, KeyLength);

    /// <summary>g^x, or the peer's value to the power of x, on the wire's terms.</summary>
    public byte[] Power(byte[] x, byte[]? peer = null)
    {
        if (Group!.StartsWith("ecp", StringComparison.Ordinal))
        {
            var c = Curve.Of(Group switch { "ecp256" => 19, "ecp384" => 20, "ecp521" => 21, "ecp192" => 25, _ => 26 });
            var point = c.Multiply(Numbers.Number(x), peer is null ? c.G : c.PointOf(peer))!;
            return peer is null ? c.Octets(point) : point.X.Octets(c.Field);
        }

        var (p, g) = Modp();
        var length = (int)((p.GetBitLength() + 7) / 8);
        return BigInteger.ModPow(peer is null ? g : Numbers.Number(peer), Numbers.Number(x), p).Octets(length);
    }

    private (BigInteger P, BigInteger G) Modp()
    {
        if (Group!.Contains('s', StringComparison.Ordinal))
        {
            var number = Group switch { "modp1024s160" => 22, "modp2048s224" => 23, _ => 24 };
            var c = KnownAnswers<GroupCase>.Read("groups-rfc5114.json").Cases.Single(c => c.Group == number);
            return (Numbers.Number(c.p!.Value.Span), Numbers.Number(c.g!.Value.Span));
        }

        return (ModpPrime.All.Single(m => $"modp{m.Bits}" == Group).Value, 2);
    }
}
