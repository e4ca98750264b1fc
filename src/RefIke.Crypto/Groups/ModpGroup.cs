using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Groups;

/// <summary>Exponentiation modulo a prime (RFC 2409 §6.1, RFC 3526, RFC 5114).</summary>
internal sealed class ModpGroup : Group
{
    private readonly byte[] p;
    private readonly byte[] g;
    private readonly byte[]? q;
    private readonly BigInteger prime;

    public ModpGroup(int number, string name, string p, string g, string? q, int privateLength)
        : this(number, name, Octets(p), Octets(g), q is null ? null : Octets(q), privateLength)
    {
    }

    public ModpGroup(int number, string name, byte[] p, byte[] g, byte[]? q, int privateLength)
        : base(number, name, p.Length, p.Length, privateLength)
        => (this.p, this.g, this.q, prime) = (p, g, q, new BigInteger(1, p));

    public override GroupParameters Parameters => new GroupParameters.Modp(
        Number(p), Number(g), q is null ? null : Number(q));

    /// <summary>The octets as a number, taken as it is; only 0 and 1 are moved up by 2, so that g^x is never 1 or g.</summary>
    public override Secret PrivateValue(Secret octets)
    {
        var x = octets.Reveal().ToArray();
        if (x.AsSpan()[..^1].IndexOfAnyExcept((byte)0) < 0 && x[^1] < 2)
        {
            x[^1] |= 2;
        }

        return Secret.Of(x);
    }

    internal override byte[] PublicValue(IModularExponentiation power, Secret x) => power.Power(g, PrivateValue(x).Reveal(), p);

    /// <summary>1 &lt; y &lt; p-1, and y^q = 1 where q is known (RFC 6989 §2.1, §2.2).</summary>
    internal override PublicValueFault Check(IModularExponentiation power, ReadOnlySpan<byte> publicValue)
    {
        if (publicValue.Length != PublicLength)
        {
            return PublicValueFault.WrongLength;
        }

        var y = new BigInteger(1, publicValue.ToArray());
        if (y.CompareTo(BigInteger.One) <= 0 || y.CompareTo(prime.Subtract(BigInteger.One)) >= 0)
        {
            return PublicValueFault.OutOfRange;
        }

        return q is null || new BigInteger(1, power.Power(publicValue, q, p)).Equals(BigInteger.One)
            ? PublicValueFault.None
            : PublicValueFault.NotInSubgroup;
    }

    internal override Secret SharedSecret(IModularExponentiation power, Secret x, ReadOnlySpan<byte> peer)
        => Secret.Of(power.Power(peer, PrivateValue(x).Reveal(), p));

    private static new System.Numerics.BigInteger Number(byte[] octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.ReplaceLineEndings(""));
}
