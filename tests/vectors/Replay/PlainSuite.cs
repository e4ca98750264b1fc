using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using RefIke.Vectors.Tests.Formulas;
using RefIke.Vectors.Tests.Groups;
using RefIke.Vectors.Tests.Primitives;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>A suite's name, read without RefIke: block and key lengths, its formulas, its cipher.</summary>
internal sealed record PlainSuite(string Name)
{
    private readonly string[] parts = Name.Split('-');

    public Transcription Formulas => new(parts[1]);

    public PlainCipher Cipher => new(parts[0]);

    public string? Group => parts.Length > 2 ? parts[2] : null;

    /// <summary>Octets of KEYMAT that a suite takes: the cipher's key, then the authentication key; none for IPCOMP.</summary>
    public int KeymatLength => parts[0] switch
    {
        "ipcomp" => 0,
        "ah" => AuthenticationLength,
        _ => Cipher.KeyLength + AuthenticationLength,
    };

    private int AuthenticationLength => parts[1] switch
    {
        "md5" or "aesxcbc" => 16,
        "sha1" => 20,
        "sha256" => 32,
        "sha384" => 48,
        "sha512" => 64,
        "desmac" => 8,
        _ => throw new InvalidDataException(Name),
    };

    /// <summary>RFC 2409 App. B, for the ISAKMP SA's cipher; SKEYID_e, or in RFC 2409 §5.3 what stands for it.</summary>
    public byte[] Ka(byte[] SKEYID_e) => parts[0] == "des"
        ? Formulas.DesKa(SKEYID_e, k => DES.IsWeakKey(k) || DES.IsSemiWeakKey(k))
        : Formulas.Ka(SKEYID_e, Cipher.KeyLength);
}

/// <summary>A cipher by its name: its key's length, and CBC by .NET, or by BouncyCastle where .NET has it not.</summary>
internal sealed record PlainCipher(string Name)
{
    private string Family => Name.StartsWith("rc5_", StringComparison.Ordinal) ? "rc5"
        : Name is "3des" ? Name : Name.TrimEnd([.. "0123456789"]);

    public int Block => Family is "aes" or "camellia" ? 16 : 8;

    public int KeyLength => Name switch
    {
        "null" => 0,
        "des" or "desiv32" or "desiv64" => 8,
        "3des" => 24,
        "idea" => 16,
        _ => int.Parse(Name.Replace("rc5_", "", StringComparison.Ordinal)[(Family == "rc5" ? 0 : Family.Length)..],
            CultureInfo.InvariantCulture) / 8,
    };

    public byte[] Encrypt(byte[] key, byte[] iv, byte[] clear) => Run(true, key, iv, clear);

    public byte[] Decrypt(byte[] key, byte[] iv, byte[] ciphertext) => Run(false, key, iv, ciphertext);

    private byte[] Run(bool encrypts, byte[] key, byte[] iv, byte[] octets)
    {
        if (Family is "aes" or "des" or "3des")
        {
            return encrypts
                ? Transcription.Encrypt(key, Block, iv, octets)
                : Transcription.Decrypt(key, Block, iv, octets);
        }

        var cipher = new Org.BouncyCastle.Crypto.Modes.CbcBlockCipher(Family switch
        {
            "idea" => new Org.BouncyCastle.Crypto.Engines.IdeaEngine(),
            "blowfish" => new Org.BouncyCastle.Crypto.Engines.BlowfishEngine(),
            "rc5" => new Org.BouncyCastle.Crypto.Engines.RC532Engine(),
            "cast" => new Org.BouncyCastle.Crypto.Engines.Cast5Engine(),
            "camellia" => (Org.BouncyCastle.Crypto.IBlockCipher)new Org.BouncyCastle.Crypto.Engines.CamelliaEngine(),
            _ => throw new InvalidDataException(Name),
        });
        cipher.Init(encrypts, new Org.BouncyCastle.Crypto.Parameters.ParametersWithIV(Family == "rc5"
            ? new Org.BouncyCastle.Crypto.Parameters.RC5Parameters(key, 16)
            : new Org.BouncyCastle.Crypto.Parameters.KeyParameter(key), iv));
        var result = new byte[octets.Length];
        for (var at = 0; at < octets.Length; at += Block)
        {
            cipher.ProcessBlock(octets, at, result, at);
        }

        return result;
    }
}

/// <summary>A group by its name: g^x and g^xy on the wire's terms, by plain arithmetic or by .NET.</summary>
internal static class PlainGroup
{
    /// <summary>g^x, or the peer's value to the power of x.</summary>
    public static byte[] Power(string group, byte[] x, byte[]? peer = null)
        => group.StartsWith("ecp", StringComparison.Ordinal) ? Ecp(group, x, peer)
            : group.StartsWith("ec2n", StringComparison.Ordinal) ? Ec2n(group, x, peer)
            : group.StartsWith("brainpool", StringComparison.Ordinal) ? Brainpool(group, x, peer)
            : Modp(group, x, peer);

    private static byte[] Ecp(string group, byte[] x, byte[]? peer)
    {
        var c = Curve.Of(group switch { "ecp256" => 19, "ecp384" => 20, "ecp521" => 21, "ecp192" => 25, _ => 26 });
        var point = c.Multiply(Numbers.Number(x), peer is null ? c.G : c.PointOf(peer))!;
        return peer is null ? c.Octets(point) : point.X.Octets(c.Field);
    }

    private static byte[] Ec2n(string group, byte[] x, byte[]? peer)
    {
        var c = group == "ec2n155" ? TextbookCurve.Group3 : TextbookCurve.Group4;
        return c.Encode(c.Multiply(Numbers.Number(x), peer is null ? c.Generator : c.Lift(Numbers.Number(peer)))!.Value.X);
    }

    private static byte[] Brainpool(string group, byte[] x, byte[]? peer)
    {
        var curve = ECCurve.CreateFromFriendlyName($"brainpoolP{group["brainpool".Length..]}r1");
        using var own = ECDiffieHellman.Create(new ECParameters { Curve = curve, D = x });
        if (peer is null)
        {
            var q = own.ExportParameters(false).Q;
            return [.. q.X!, .. q.Y!];
        }

        var field = peer.Length / 2;
        using var other = ECDiffieHellman.Create(new ECParameters
        {
            Curve = curve,
            Q = new ECPoint { X = peer[..field], Y = peer[field..] },
        });
        return own.DeriveRawSecretAgreement(other.PublicKey);
    }

    private static byte[] Modp(string group, byte[] x, byte[]? peer)
    {
        var (p, g) = Modulus(group);
        var length = (int)((p.GetBitLength() + 7) / 8);
        return BigInteger.ModPow(peer is null ? g : Numbers.Number(peer), Numbers.Number(x), p).Octets(length);
    }

    private static (BigInteger P, BigInteger G) Modulus(string group)
    {
        if (group.Contains('s', StringComparison.Ordinal))
        {
            var number = group switch { "modp1024s160" => 22, "modp2048s224" => 23, _ => 24 };
            var c = KnownAnswers<GroupCase>.Read("groups-rfc5114.json").Cases.First(c => c.Group == number);
            return (Numbers.Number(c.p!.Value.Span), Numbers.Number(c.g!.Value.Span));
        }

        return (ModpPrime.All.Single(m => $"modp{m.Bits}" == group).Value, 2);
    }
}
