using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Numerics;

namespace RefIke.Exploration.Monitors;

/// <summary>
/// Powers modulo the primes that a group's number names, by System.Numerics. Each prime is worked out of π as its document defines it:
/// 2^k - 2^(k-64) - 1 + 2^64 · ([2^(k-130) π] + c) (RFC 2409 §6.1, §6.2, RFC 3526 §2 to §7); the generator is 2.
/// </summary>
internal static class PlainModp
{
    private const int Bound = 10_000;
    private const int Guard = 32;

    private static readonly FrozenDictionary<int, Lazy<BigInteger>> Primes = new (int Group, int K, int C)[]
    {
        (1, 768, 149686), (2, 1024, 129093), (5, 1536, 741804), (14, 2048, 124476), (15, 3072, 1690314),
        (16, 4096, 240904), (17, 6144, 929484), (18, 8192, 4743158),
    }.ToFrozenDictionary(g => g.Group, g => new Lazy<BigInteger>(() => Prime(g.K, g.C)));

    // The same few powers come in every schedule.
    private static readonly ConcurrentDictionary<(int Group, BigInteger Y, BigInteger X), byte[]> Powers = [];

    /// <summary>Whether the group is one of these; of curves, groups with a small subgroup and private groups none is.</summary>
    public static bool Has(int group) => Primes.ContainsKey(group);

    /// <summary>g^x, as long as the prime, zeros in front (RFC 2409 §5).</summary>
    public static byte[] PublicValue(int group, byte[] x) => Power(group, [2], x);

    /// <summary>Whether a public value is one that a peer may send: neither 0, nor 1, nor p - 1, nor larger (RFC 2409 §5).</summary>
    public static bool IsInside(int group, byte[] y) => Number(y) is var value && value > 1 && value < Primes[group].Value - 1;

    /// <summary>y^x, likewise.</summary>
    public static byte[] Power(int group, byte[] y, byte[] x)
    {
        var key = (group, Number(y), Number(x));
        if (Powers.TryGetValue(key, out var known))
        {
            return known;
        }

        var p = Primes[group].Value;
        var octets = BigInteger.ModPow(key.Item2, key.Item3, p).ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] power = [.. new byte[p.GetByteCount(isUnsigned: true) - octets.Length], .. octets];
        if (Powers.Count >= Bound)
        {
            Powers.Clear();
        }

        return Powers[key] = power;
    }

    private static BigInteger Number(byte[] octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private static BigInteger Prime(int k, int c)
        => (BigInteger.One << k) - (BigInteger.One << (k - 64)) - 1 + ((FloorOfPi(k - 130) + c) << 64);

    /// <summary>[2^places · π] by Euler's formula: π/4 = arctan(1/2) + arctan(1/3).</summary>
    private static BigInteger FloorOfPi(int places)
    {
        var one = BigInteger.One << (places + Guard);
        return (4 * (ArcTangentOf1Over(2, one) + ArcTangentOf1Over(3, one))) >> Guard;
    }

    private static BigInteger ArcTangentOf1Over(int n, BigInteger one)
    {
        var (sum, power) = (BigInteger.Zero, one / n);
        for (var (divisor, sign) = (1, 1); !power.IsZero; (divisor, sign) = (divisor + 2, -sign))
        {
            sum += sign * (power / divisor);
            power /= n * n;
        }

        return sum;
    }
}
