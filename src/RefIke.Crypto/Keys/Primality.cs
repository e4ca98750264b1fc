using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Keys;

/// <summary>
/// Tests of primes whose bases are drawn from the number itself, so that the same number always gets the same answer.
/// </summary>
internal static class Primality
{
    private static readonly uint[] OddPrimesBelow1000 =
        [.. Enumerable.Range(3, 997).Where(n => Enumerable.Range(2, 30).All(d => d >= n || n % d != 0))
            .Select(n => (uint)n)];

    /// <summary>Whether an odd prime below 1000 divides a larger number.</summary>
    public static bool HasSmallFactor(BigInteger number)
    {
        var octets = number.ToByteArrayUnsigned();
        return Array.Exists(OddPrimesBelow1000, prime => Remainder(octets, prime) == 0);
    }

    /// <summary>
    /// Miller and Rabin's test with so many bases (FIPS 186-4 §C.3.1): a composite passes one of them with a chance of
    /// at most 1 in 4.
    /// </summary>
    public static bool IsProbablePrime(BigInteger number, int rounds)
    {
        if (number.BitLength < 16 || !number.TestBit(0) || HasSmallFactor(number))
        {
            return false;
        }

        var minusOne = number.Subtract(BigInteger.One);
        var twos = minusOne.GetLowestSetBit();
        var (octets, odd) = (number.ToByteArrayUnsigned(), minusOne.ShiftRight(twos).ToByteArrayUnsigned());
        var bases = new OctetStream(octets, "RefIke: bases of the primality test"u8);
        for (var round = 0; round < rounds; round++)
        {
            var power = RsaPrimitive.Exponentiation.Power(bases.Below(number).ToByteArrayUnsigned(), odd, octets);
            if (!Passes(new BigInteger(1, power), number, minusOne, twos))
            {
                return false;
            }
        }

        return true;
    }

    private static uint Remainder(byte[] octets, uint divisor)
    {
        uint remainder = 0;
        foreach (var octet in octets)
        {
            remainder = ((remainder << 8) | octet) % divisor;
        }

        return remainder;
    }

    private static bool Passes(BigInteger power, BigInteger number, BigInteger minusOne, int twos)
    {
        if (power.Equals(BigInteger.One))
        {
            return true;
        }

        for (var squarings = 0; squarings < twos; squarings++)
        {
            if (power.Equals(minusOne))
            {
                return true;
            }

            power = power.Multiply(power).Mod(number);
        }

        return false;
    }
}
