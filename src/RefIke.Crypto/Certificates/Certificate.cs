using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// An X.509 certificate that has been read to its last octet, extensions included, and whose key is a key (RFC 4945
/// §5.1, RFC 5280 §4.1). Nothing says yet that anybody vouches for it: that is <see cref="CertificatePath"/>.
/// </summary>
public sealed class Certificate : IEquatable<Certificate>
{
    /// <summary>Octets of the longest certificate that is read.</summary>
    public const int Longest = 16384;

    private readonly byte[] der;

    private Certificate(
        byte[] der, Parts parts, DistinguishedName issuer, DistinguishedName subject, PublicKey publicKey)
    {
        (this.der, Issuer, Subject, PublicKey) = (der, issuer, subject, publicKey);
        (Version, SerialNumber, NotBefore, NotAfter) = (
            parts.Version, parts.SerialNumber, parts.NotBefore, parts.NotAfter);
        (Signed, Extensions) = (parts.Signed, parts.Extensions);
    }

    /// <summary>The certificate as received: what HASH(1) hashes and CERT carries.</summary>
    public ReadOnlyMemory<byte> Der => der;

    /// <summary>1, 2 or 3.</summary>
    public int Version { get; }

    /// <summary>The octets of the INTEGER.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>Who signed it, by its own word.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>Whom it names; may be empty (RFC 4945 §5.1.2.1).</summary>
    // clause 4945-5.1.2.1-01
    public DistinguishedName Subject { get; }

    /// <summary>The subject's key.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>First valid second since 1970.</summary>
    public long NotBefore { get; }

    /// <summary>Last valid second since 1970.</summary>
    public long NotAfter { get; }

    /// <summary>The KeyUsage extension, null where it is absent.</summary>
    public KeyUsages? KeyUsages => Extensions.KeyUsages;

    /// <summary>The SubjectAltName extension.</summary>
    public IReadOnlyList<AlternativeName> AlternativeNames => Extensions.Names;

    /// <summary>Whether its BasicConstraints say that it is a CA's.</summary>
    public bool IsCa => Extensions.Constraints is { IsCa: true };

    /// <summary>
    /// Whether it is signed with MD5 or SHA-1: still accepted (RFC 4945 §5.3), today worth a warning.
    /// </summary>
    public bool HasWeakHash => SignatureScheme.Find(Signed.Algorithm) is { IsWeak: true };

    internal CertificateExtensions Extensions { get; }

    internal SignedOctets Signed { get; }

    /// <summary>Reads DER. The faults name INVALID-CERTIFICATE (RFC 2408 §5.9 step 2).</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> der, [NotNullWhen(true)] out Certificate? certificate,
        [NotNullWhen(false)] out CryptoFault? fault)
    {
        certificate = null;
        if (der.Length > Longest)
        {
            fault = new CryptoFault.CertificateTooLarge("octets of a certificate", der.Length, Longest);
            return false;
        }

        var octets = der.ToArray();
        if (Keys.Der.Read(octets, Read) is not { } parts
            || !DistinguishedName.TryRead(parts.Issuer, out var issuer)
            || !DistinguishedName.TryRead(parts.Subject, out var subject))
        {
            fault = new CryptoFault.CertificateUnreadable("not the DER of an X.509 certificate");
            return false;
        }

        if (!PublicKey.TryRead(parts.PublicKey, out var key, out var keyFault))
        {
            fault = new CryptoFault.CertificateUnreadable(keyFault.Reason);
            return false;
        }

        (certificate, fault) = (new Certificate(octets, parts, issuer, subject, key), null);
        return true;
    }

    /// <summary>Reads the first <c>CERTIFICATE</c> block of a text (RFC 4945 §6.1).</summary>
    public static bool TryReadPem(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out Certificate? certificate,
        [NotNullWhen(false)] out CryptoFault? fault)
    {
        if (Pem.TryRead(text, ["CERTIFICATE"], out var der, out _))
        {
            return TryRead(der, out certificate, out fault);
        }

        (certificate, fault) = (null, new CryptoFault.CertificateUnreadable("no CERTIFICATE block"));
        return false;
    }

    /// <summary>The certificate as a <c>CERTIFICATE</c> block.</summary>
    public string ToPem() => Pem.Write("CERTIFICATE", der);

    /// <inheritdoc/>
    public bool Equals(Certificate? other) => other is not null && der.AsSpan().SequenceEqual(other.der);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Certificate);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(der);
        return hash.ToHashCode();
    }

    /// <summary>Subject and key.</summary>
    public override string ToString() => $"{Subject} ({PublicKey})";

    /// <summary>Whether it may be another's issuer by name, and by key identifier where both say one.</summary>
    internal bool MayHaveIssued(Certificate other) => Subject.IsSameAs(other.Issuer)
        && (Extensions.SubjectKey is not { } mine || other.Extensions.AuthorityKey is not { } wanted
            || mine.Span.SequenceEqual(wanted.Span));

    private static Parts? Read(AsnReader reader)
    {
        var outer = reader.ReadSequence();
        var tbs = outer.PeekEncodedValue();
        var fields = outer.ReadSequence();
        var algorithm = outer.PeekEncodedValue();
        var signed = SignedOctets.Read(tbs, outer);

        var version = 1;
        if (fields.PeekTag() == CertificateExtensions.Context(0))
        {
            var holder = fields.ReadSequence(CertificateExtensions.Context(0));
            version = holder.TryReadInt32(out var number) ? number + 1 : 0;
            holder.ThrowIfNotEmpty();
        }

        var serialNumber = fields.ReadIntegerBytes();
        var isSameAlgorithm = fields.ReadEncodedValue().Span.SequenceEqual(algorithm.Span);
        var issuer = fields.ReadEncodedValue();
        var validity = fields.ReadSequence();
        var (notBefore, notAfter) = (CertificateTime.Read(validity), CertificateTime.Read(validity));
        validity.ThrowIfNotEmpty();
        var (subject, publicKey) = (fields.ReadEncodedValue(), fields.ReadEncodedValue());
        var extensions = ReadExtensions(fields);
        return isSameAlgorithm && version is >= 1 and <= 3
            ? new Parts(version, serialNumber, issuer, subject, publicKey, notBefore, notAfter, signed, extensions)
            : null;
    }

    /// <summary>The two unique identifiers are passed over; extensions come last (RFC 5280 §4.1).</summary>
    private static CertificateExtensions ReadExtensions(AsnReader fields)
    {
        for (var number = 1; number <= 2; number++)
        {
            var tag = new Asn1Tag(TagClass.ContextSpecific, number);
            if (fields.HasData && fields.PeekTag() == tag)
            {
                _ = fields.ReadBitString(out _, tag);
            }
        }

        if (!fields.HasData)
        {
            return new CertificateExtensions();
        }

        var holder = fields.ReadSequence(CertificateExtensions.Context(3));
        var extensions = CertificateExtensions.Read(holder.ReadSequence());
        holder.ThrowIfNotEmpty();
        fields.ThrowIfNotEmpty();
        return extensions;
    }

    private sealed record Parts(
        int Version, ReadOnlyMemory<byte> SerialNumber, ReadOnlyMemory<byte> Issuer, ReadOnlyMemory<byte> Subject,
        ReadOnlyMemory<byte> PublicKey, long NotBefore, long NotAfter, SignedOctets Signed,
        CertificateExtensions Extensions);
}
