using Org.BouncyCastle.Math;

namespace RefIke.Crypto;

/// <summary>Modular exponentiation, the costly part of MODP groups.</summary>
public interface IModularExponentiation
{
    /// <summary>The library and its version.</summary>
    string Name { get; }

    /// <summary>b^e mod m, big-endian, as long as m.</summary>
    byte[] Power(ReadOnlySpan<byte> b, ReadOnlySpan<byte> e, ReadOnlySpan<byte> m);
}

/// <summary>BouncyCastle's exponentiation. It makes no claim of constant time.</summary>
public sealed class BouncyCastleExponentiation : IModularExponentiation
{
    /// <inheritdoc/>
    public string Name => $"BouncyCastle {typeof(BigInteger).Assembly.GetName().Version?.ToString(3)}";

    /// <inheritdoc/>
    public byte[] Power(ReadOnlySpan<byte> b, ReadOnlySpan<byte> e, ReadOnlySpan<byte> m)
    {
        var power = new BigInteger(1, b.ToArray()).ModPow(new BigInteger(1, e.ToArray()), new BigInteger(1, m.ToArray()));
        var octets = power.ToByteArrayUnsigned();
        var result = new byte[m.Length];
        octets.CopyTo(result, result.Length - octets.Length);
        return result;
    }
}
