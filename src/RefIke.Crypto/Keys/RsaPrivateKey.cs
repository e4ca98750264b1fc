using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Keys;

/// <summary>
/// An RSA private key whose parts belong together: n = pq, ed = 1 mod p-1 and q-1, and a trial exponentiation comes
/// back. It does not print itself.
/// </summary>
public sealed class RsaPrivateKey : PrivateKey
{
    private readonly BigInteger p;
    private readonly BigInteger q;
    private readonly BigInteger qInverse;
    private readonly byte[] d;
    private readonly byte[] dP;
    private readonly byte[] dQ;

    private RsaPrivateKey(RsaPublicKey publicKey, BigInteger d, BigInteger p, BigInteger q)
        : base(publicKey)
    {
        (PublicKey, this.p, this.q, this.d) = (publicKey, p, q, d.ToByteArrayUnsigned());
        dP = d.Mod(p.Subtract(BigInteger.One)).ToByteArrayUnsigned();
        dQ = d.Mod(q.Subtract(BigInteger.One)).ToByteArrayUnsigned();
        qInverse = q.ModInverse(p);
        Derived = Secret.Of(Prf.HmacSha256.Compute(this.d, "RefIke: secret derived from an RSA key"u8));
    }

    /// <inheritdoc/>
    public override RsaPublicKey PublicKey { get; }

    /// <summary>32 octets that nobody without the key can know: seed of blinding and of implicit rejection.</summary>
    internal Secret Derived { get; }

    internal static bool TryCreate(BigInteger n, BigInteger e, BigInteger d, BigInteger p, BigInteger q,
    [NotNullWhen(true)] out RsaPrivateKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        key = null;
        if (!RsaPublicKey.TryCreate(n, e, out var publicKey, out fault))
        {
            return false;
        }

        if (!BelongTogether(n, e, d, p, q))
        {
            fault = new CryptoFault.KeyInvalid("the numbers of the RSA private key do not belong together");
            return false;
        }

        key = new RsaPrivateKey(publicKey, d, p, q);
        var trial = Der.Octets(BigInteger.Two, publicKey.Length);
        if (!publicKey.Power(key.Root(trial)).AsSpan().SequenceEqual(trial))
        {
            (key, fault) = (null, new CryptoFault.KeyInvalid("a factor of the RSA modulus is not prime"));
        }

        return key is not null;
    }

    /// <summary>
    /// input^d mod n (RFC 8017 §5.1.2, §5.2.1), blinded by a number drawn from the key and the input. The result is
    /// raised to e again and compared, so that a fault in the arithmetic cannot give a factor away.
    /// </summary>
    /// <param name="input">k octets, a number below n.</param>
    internal byte[] Power(ReadOnlySpan<byte> input)
    {
        var n = PublicKey.Modulus;
        var blind = new OctetStream(Derived.Reveal(), input).Below(n);
        var blinded = new BigInteger(1, input.ToArray()).Multiply(blind.ModPow(PublicKey.Exponent, n)).Mod(n);
        var root = new BigInteger(1, Root(Der.Octets(blinded, PublicKey.Length)));
        var result = Der.Octets(root.Multiply(blind.ModInverse(n)).Mod(n), PublicKey.Length);
        return ConstantTime.Equal(PublicKey.Power(result), input)
            ? result
            : throw new InvalidOperationException("the RSA private operation went wrong");
    }

    /// <inheritdoc/>
    private protected override byte[] Pkcs8()
        => Info(w => { w.WriteObjectIdentifier(Oids.Rsa); w.WriteNull(); }, Der.Write(writer =>
    {
        var (exponentP, exponentQ) = (new BigInteger(1, dP), new BigInteger(1, dQ));
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            foreach (var number in (BigInteger[])
                [PublicKey.Modulus, PublicKey.Exponent, new BigInteger(1, d), p, q, exponentP, exponentQ, qInverse])
            {
                writer.WriteNumber(number);
            }
        }
    }));

    private static bool BelongTogether(BigInteger n, BigInteger e, BigInteger d, BigInteger p, BigInteger q)
    {
        var one = BigInteger.One;
        return d.SignValue > 0 && p.CompareTo(one) > 0 && q.CompareTo(one) > 0 && !p.Equals(q)
            && d.CompareTo(n) < 0 && p.Multiply(q).Equals(n)
            && e.Multiply(d).Mod(p.Subtract(one)).Equals(one) && e.Multiply(d).Mod(q.Subtract(one)).Equals(one)
            && p.Gcd(q).Equals(one);
    }

    /// <summary>By the Chinese remainder theorem (RFC 8017 §5.1.2 step 2b).</summary>
    private byte[] Root(ReadOnlySpan<byte> input)
    {
        var m = new BigInteger(1, input.ToArray());
        var (atP, atQ) = (Power(m, dP, p), Power(m, dQ, q));
        var h = qInverse.Multiply(atP.Subtract(atQ)).Mod(p);
        return Der.Octets(atQ.Add(h.Multiply(q)), PublicKey.Length);
    }

    private static BigInteger Power(BigInteger number, byte[] exponent, BigInteger prime) => new(1,
        RsaPrimitive.Exponentiation.Power(
            number.Mod(prime).ToByteArrayUnsigned(), exponent, prime.ToByteArrayUnsigned()));
}
