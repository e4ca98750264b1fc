using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Keys;

/// <summary>
/// A private key that has been checked. It refuses to print itself; who needs the octets says <see cref="Reveal"/>.
/// </summary>
public abstract class PrivateKey
{
    private static readonly string[] Labels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"];

    private const string Unreadable = "neither PKCS #8, PKCS #1, SEC 1 nor OpenSSL's DSA form";

    private protected PrivateKey(PublicKey publicKey) => Name = publicKey.Name;

    /// <summary>Algorithm and size, as in <c>RSA 2048</c>.</summary>
    public string Name { get; }

    /// <summary>The public half.</summary>
    public abstract PublicKey PublicKey { get; }

    /// <summary>
    /// Reads DER in any of the forms in which keys are kept: PKCS #8 PrivateKeyInfo, PKCS #1 RSAPrivateKey, SEC 1
    /// ECPrivateKey with its curve, OpenSSL's DSA form. Encrypted keys are not read.
    /// </summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> der, [NotNullWhen(true)] out PrivateKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        CryptoFault? why = null;
        key = Der.Read(der, reader => Read(reader, out why));
        fault = key is null ? why ?? new CryptoFault.KeyUnreadable(Unreadable) : null;
        return key is not null;
    }

    /// <summary>Reads the first private key block of a text.</summary>
    public static bool TryReadPem(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out PrivateKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        if (Pem.TryRead(text, Labels, out var der, out _))
        {
            return TryRead(der, out key, out fault);
        }

        (key, fault) = (null, new CryptoFault.KeyUnreadable("no PRIVATE KEY block"));
        return false;
    }

    /// <summary>The key as PKCS #8 PrivateKeyInfo, for who must store it.</summary>
    public Secret Reveal() => Secret.Of(Pkcs8());

    /// <summary>Says what it is and no more.</summary>
    public sealed override string ToString() => $"[{Name} private key]";

    private protected abstract byte[] Pkcs8();

    private protected static byte[] Info(Action<AsnWriter> algorithm, byte[] key) => Der.Write(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                algorithm(writer);
            }

            writer.WriteOctetString(key);
        }
    });

    private static PrivateKey? Read(AsnReader reader, out CryptoFault? fault)
    {
        var sequence = reader.ReadSequence();
        _ = Der.Number(sequence);
        var tag = sequence.PeekTag();
        return tag == Asn1Tag.Sequence ? ReadPkcs8(sequence, out fault)
            : tag == Asn1Tag.PrimitiveOctetString ? ReadSec1(sequence, null, out fault)
            : ReadNumbers(sequence, out fault);
    }

    private static PrivateKey? ReadPkcs8(AsnReader sequence, out CryptoFault? fault)
    {
        var (algorithm, parameters) = Der.Algorithm(sequence);
        var inner = new AsnReader(sequence.ReadOctetString(), AsnEncodingRules.DER);
        switch (algorithm)
        {
            case Oids.Rsa or Oids.EllipticCurve:
                var body = inner.ReadSequence();
                inner.ThrowIfNotEmpty();
                _ = Der.Number(body);
                return algorithm == Oids.Rsa ? ReadNumbers(body, out fault) : ReadSec1(body, parameters, out fault);
            case Oids.Dsa when parameters is { } encoded:
                var domain = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
                var (p, q, g, x) = (Der.Number(domain), Der.Number(domain), Der.Number(domain), Der.Number(inner));
                _ = DsaPrivateKey.TryCreate(p, q, g, x, out var dsa, out fault);
                return dsa;
            default:
                fault = new CryptoFault.KeyUnsupported($"algorithm {algorithm}");
                return null;
        }
    }

    private static EcPrivateKey? ReadSec1(AsnReader sequence, ReadOnlyMemory<byte>? parameters, out CryptoFault? fault)
    {
        var d = sequence.ReadOctetString();
        var named = new Asn1Tag(TagClass.ContextSpecific, 0, true);
        if (sequence.HasData && sequence.PeekTag() == named)
        {
            parameters ??= sequence.ReadSequence(named).ReadEncodedValue();
        }

        _ = EcPrivateKey.TryCreate(parameters, d, out var ec, out fault);
        return ec;
    }

    /// <summary>What follows the version: n, e, d, p, q and three more for RSA, or p, q, g, y, x for DSA.</summary>
    private static PrivateKey? ReadNumbers(AsnReader sequence, out CryptoFault? fault)
    {
        var numbers = new List<BigInteger>();
        while (sequence.HasData && numbers.Count <= 8)
        {
            numbers.Add(Der.Number(sequence));
        }

        switch (numbers)
        {
            case [var n, var e, var d, var p, var q, _, _, _]:
                _ = RsaPrivateKey.TryCreate(n, e, d, p, q, out var rsa, out fault);
                return rsa;
            case [var p, var q, var g, _, var x]:
                _ = DsaPrivateKey.TryCreate(p, q, g, x, out var dsa, out fault);
                return dsa;
            default:
                fault = new CryptoFault.KeyUnreadable(Unreadable);
                return null;
        }
    }
}
