using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace RefIke.Crypto.Keys;

/// <summary>
/// A public key that has been checked: there is no value of this type that is not a key (RFC 2409 §5.1 to §5.3).
/// </summary>
public abstract class PublicKey : IEquatable<PublicKey>
{
    private readonly byte[] subjectPublicKeyInfo;

    private protected PublicKey(string name, byte[] subjectPublicKeyInfo)
        => (Name, this.subjectPublicKeyInfo) = (name, subjectPublicKeyInfo);

    /// <summary>Algorithm and size, as in <c>RSA 2048</c>, <c>DSA 1024</c>, <c>ECDSA P-256</c>.</summary>
    public string Name { get; }

    /// <summary>The key as DER SubjectPublicKeyInfo, the form of a raw key in RFC 4945 §6.3.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => subjectPublicKeyInfo;

    /// <summary>Reads a DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> der, [NotNullWhen(true)] out PublicKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        CryptoFault? why = null;
        key = Der.Read(der, reader =>
        {
            var sequence = reader.ReadSequence();
            var (algorithm, parameters) = Der.Algorithm(sequence);
            var bits = Der.Bits(sequence);
            sequence.ThrowIfNotEmpty();
            return Read(algorithm, parameters, bits, out why);
        });
        fault = key is null ? why ?? new CryptoFault.KeyUnreadable("no SubjectPublicKeyInfo") : null;
        return key is not null;
    }

    /// <summary>
    /// Reads a raw key from text: <c>PUBLIC KEY</c> (RFC 4945 §6.3) or <c>RSA PUBLIC KEY</c> (RFC 8017 §A.1.1).
    /// </summary>
    public static bool TryReadPem(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out PublicKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        key = null;
        if (!Pem.TryRead(text, ["PUBLIC KEY", "RSA PUBLIC KEY"], out var der, out var label))
        {
            fault = new CryptoFault.KeyUnreadable("no PUBLIC KEY block");
            return false;
        }

        if (label == "PUBLIC KEY")
        {
            return TryRead(der, out key, out fault);
        }

        var read = RsaPublicKey.TryReadPkcs1(der, out var rsa, out fault);
        key = rsa;
        return read;
    }

    /// <summary>The key as a <c>PUBLIC KEY</c> block.</summary>
    public string ToPem() => Pem.Write("PUBLIC KEY", subjectPublicKeyInfo);

    /// <inheritdoc/>
    public bool Equals(PublicKey? other)
        => other is not null && subjectPublicKeyInfo.AsSpan().SequenceEqual(other.subjectPublicKeyInfo);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(subjectPublicKeyInfo);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected static byte[] Info(Action<AsnWriter> algorithm, ReadOnlySpan<byte> bits)
    {
        var octets = bits.ToArray();
        return Der.Write(writer =>
        {
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    algorithm(writer);
                }

                writer.WriteBitString(octets);
            }
        });
    }

    private static PublicKey? Read(
        string algorithm, ReadOnlyMemory<byte>? parameters, byte[] bits, out CryptoFault? fault)
    {
        switch (algorithm)
        {
            case Oids.Rsa:
                _ = RsaPublicKey.TryReadPkcs1(bits, out var rsa, out fault);
                return rsa;
            case Oids.Dsa:
                _ = DsaPublicKey.TryRead(parameters, bits, out var dsa, out fault);
                return dsa;
            case Oids.EllipticCurve:
                _ = EcPublicKey.TryRead(parameters, bits, out var ec, out fault);
                return ec;
            default:
                fault = new CryptoFault.KeyUnsupported($"algorithm {algorithm}");
                return null;
        }
    }
}
