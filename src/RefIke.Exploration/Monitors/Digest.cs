using System.Globalization;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Monitors;

/// <summary>The first sixteen octets of SHA-256, in hexadecimal: by them octets are told apart, and no secret is kept.</summary>
internal static class Digest
{
    public static string Of(ReadOnlySpan<byte> octets) => Canonical.Digest(octets).ToString("X32", CultureInfo.InvariantCulture);
}
