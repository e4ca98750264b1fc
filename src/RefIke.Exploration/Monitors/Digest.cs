using System.Security.Cryptography;

namespace RefIke.Exploration.Monitors;

/// <summary>The first sixteen octets of SHA-256, in hexadecimal: by them octets are told apart, and no secret is kept.</summary>
internal static class Digest
{
    public static string Of(ReadOnlySpan<byte> octets) => Convert.ToHexString(SHA256.HashData(octets).AsSpan(0, 16));
}
