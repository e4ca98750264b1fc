using Org.BouncyCastle.Math;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Signatures;

/// <summary>
/// The two numbers of a DSS or ECDSA signature as r followed by s, of fixed length (RFC 2409 §5.1, RFC 4754 §7).
/// </summary>
internal static class RsPair
{
    /// <summary>r and s with their leading zeros.</summary>
    public static byte[] Encode((BigInteger R, BigInteger S) pair, int length)
        => [.. Der.Octets(pair.R, length), .. Der.Octets(pair.S, length)];

    /// <summary>
    /// Null where both numbers lie between 0 and the order and verify (FIPS 186-2 §6, RFC 4754 §8; B-07, B-08).
    /// </summary>
    public static CryptoFault? Check(
        ReadOnlySpan<byte> SIG, int length, BigInteger order, string clause,
        Func<BigInteger, BigInteger, bool> verifies)
    {
        if (SIG.Length != 2 * length)
        {
            return new CryptoFault.SignatureLength(clause, SIG.Length, 2 * length);
        }

        var (r, s) = (new BigInteger(1, SIG[..length].ToArray()), new BigInteger(1, SIG[length..].ToArray()));
        return !IsInRange(r, order) ? new CryptoFault.SignatureRange(clause, "r")
            : !IsInRange(s, order) ? new CryptoFault.SignatureRange(clause, "s")
            : verifies(r, s) ? null
            : new CryptoFault.SignatureMismatch(clause);
    }

    private static bool IsInRange(BigInteger number, BigInteger order)
        => number.SignValue > 0 && number.CompareTo(order) < 0;
}
