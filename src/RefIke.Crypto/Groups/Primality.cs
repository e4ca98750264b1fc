using System.Buffers.Binary;
using System.Security.Cryptography;
using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Groups;

/// <summary>
/// Miller-Rabin with bases that are a hash of the number itself: the core has no randomness, and who wants a composite
/// to pass has to find one whose own bases all lie, at 4^rounds tries or more.
/// </summary>
internal sealed class Primality(IModularExponentiation power)
{
    /// <summary>32 rounds, 16 for numbers above 2048 bits, where each try costs the liar as much more.</summary>
    private static int Rounds(BigInteger n) => n.BitLength <= 2048 ? 32 : 16;

    /// <summary>Whether an odd number above 3 is prime.</summary>
    public bool IsPrime(BigInteger n)
    {
        if (n.CompareTo(BigInteger.Three) <= 0 || !n.TestBit(0) || Primes.HasAnySmallFactors(n))
        {
            return false;
        }

        var minusOne = n.Subtract(BigInteger.One);
        var twos = minusOne.GetLowestSetBit();
        var odd = minusOne.ShiftRight(twos);
        for (var round = 0; round < Rounds(n); round++)
        {
            if (!Passes(Base(n, round), odd, twos, n, minusOne))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether 2^(p-1) = 1 modulo p: one exponentiation, which all primes above 2 pass and most composites fail.
    /// </summary>
    public bool IsFermat(BigInteger p) => Power(BigInteger.Two, p.Subtract(BigInteger.One), p).Equals(BigInteger.One);

    /// <summary>b^e modulo an odd m.</summary>
    public BigInteger Power(BigInteger b, BigInteger e, BigInteger m)
        => new(1, power.Power(b.ToByteArrayUnsigned(), e.ToByteArrayUnsigned(), m.ToByteArrayUnsigned()));

    private bool Passes(BigInteger b, BigInteger odd, int twos, BigInteger n, BigInteger minusOne)
    {
        var x = Power(b, odd, n);
        if (x.Equals(BigInteger.One) || x.Equals(minusOne))
        {
            return true;
        }

        for (var i = 1; i < twos; i++)
        {
            x = x.Square().Mod(n);
            if (x.Equals(minusOne))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>2 to n-2, from SHA-512 of n, the round and a count, as many times as n is long.</summary>
    private static BigInteger Base(BigInteger n, int round)
    {
        var number = n.ToByteArrayUnsigned();
        var octets = new List<byte>();
        for (var count = 0; octets.Count <= number.Length; count++)
        {
            var tail = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(tail, round);
            BinaryPrimitives.WriteInt32BigEndian(tail.AsSpan(4), count);
            octets.AddRange(SHA512.HashData([.. number, .. tail]));
        }

        return new BigInteger(1, octets.ToArray()).Mod(n.Subtract(BigInteger.Three)).Add(BigInteger.Two);
    }
}
