using System.Numerics;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>
/// The primes of groups 1, 2, 5 and 14 to 18 as their documents define them, not as they print them:
/// 2^k - 2^(k-64) - 1 + 2^64 · ([2^(k-130) π] + c) (RFC 2409 §6.1, §6.2, RFC 3526 §2 to §7).
/// </summary>
internal sealed record ModpPrime(int Group, int Bits, int C)
{
    public static ModpPrime[] All { get; } =
    [
        new(1, 768, 149686), new(2, 1024, 129093), new(5, 1536, 741804), new(14, 2048, 124476), new(15, 3072, 1690314),
        new(16, 4096, 240904), new(17, 6144, 929484), new(18, 8192, 4743158),
    ];

    public BigInteger Value { get; } = (BigInteger.One << Bits) - (BigInteger.One << (Bits - 64)) - 1
        + ((Pi.Floor(Bits - 130) + C) << 64);

    public static ModpPrime Of(int group) => All.Single(p => p.Group == group);

    public override string ToString() => $"group {Group}";
}
