namespace RefIke.Crypto.Keys;

/// <summary>What every RSA operation stands on.</summary>
internal static class RsaPrimitive
{
    /// <summary>
    /// The system's OpenSSL where it loads, constant in time in the exponent; else BouncyCastle. Both give the same
    /// numbers.
    /// </summary>
    public static IModularExponentiation Exponentiation { get; } =
        (IModularExponentiation?)OpenSslExponentiation.TryLoad() ?? new BouncyCastleExponentiation();
}
