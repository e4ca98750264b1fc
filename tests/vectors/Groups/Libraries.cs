using RefIke.Crypto;

namespace RefIke.Vectors.Tests.Groups;

/// <summary>The libraries that can exponentiate here.</summary>
internal static class Libraries
{
    public static IModularExponentiation BouncyCastle { get; } = new BouncyCastleExponentiation();

    /// <summary>Null where it does not load.</summary>
    public static IModularExponentiation? OpenSsl { get; } = OpenSslExponentiation.TryLoad();

    public static IModularExponentiation Fastest => OpenSsl ?? BouncyCastle;
}
