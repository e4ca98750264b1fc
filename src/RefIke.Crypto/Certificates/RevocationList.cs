using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// A complete CRL of one issuer (RFC 5280 §5, RFC 4945 §5.2). Delta CRLs, indirect ones and those with critical
/// extensions that are not processed here are refused when they are read (RFC 4945 §5.2.2.4). Its signature is checked
/// where it is used.
/// </summary>
public sealed class RevocationList : IEquatable<RevocationList>
{
    private const string IssuingDistributionPoint = "2.5.29.28";

    /// <summary>Octets of the longest CRL that is read.</summary>
    public const int Longest = 1 << 22;

    private readonly byte[] der;

    private RevocationList(byte[] der, Parts parts, DistinguishedName issuer)
    {
        (this.der, Issuer) = (der, issuer);
        (ThisUpdate, NextUpdate, Serials, Signed, Scope) = (
            parts.ThisUpdate, parts.NextUpdate, parts.Serials, parts.Signed, parts.Scope);
    }

    /// <summary>Whose certificates it speaks of.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>Seconds since 1970 of its issue.</summary>
    public long ThisUpdate { get; }

    /// <summary>Seconds since 1970 when the next one is due; null where it does not say.</summary>
    public long? NextUpdate { get; }

    /// <summary>How many certificates it revokes.</summary>
    public int Count => Serials.Count;

    internal SignedOctets Signed { get; }

    private HashSet<string> Serials { get; }

    private IssuingScope Scope { get; }

    /// <summary>Reads DER; encodings 7 and 8 of RFC 2408 §3.9 carry it.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> der, [NotNullWhen(true)] out RevocationList? list,
        [NotNullWhen(false)] out CryptoFault? fault)
    {
        (list, fault) = (null, null);
        var octets = der.ToArray();
        if (der.Length > Longest)
        {
            fault = new CryptoFault.CertificateTooLarge("octets of a CRL", der.Length, Longest);
        }
        else if (Der.Read(octets, Read) is not { } parts || !DistinguishedName.TryRead(parts.Issuer, out var issuer))
        {
            fault = new CryptoFault.CrlUnusable("not the DER of a CRL");
        }
        else if (parts.Unprocessed is { } oid)
        {
            fault = new CryptoFault.CrlUnusable($"critical extension {oid}");
        }
        else
        {
            list = new RevocationList(octets, parts, issuer);
        }

        return list is not null;
    }

    /// <summary>Reads every <c>CRL</c> (RFC 4945 §6.2) and <c>X509 CRL</c> (RFC 7468 §6) block of a text.</summary>
    public static IReadOnlyList<RevocationList> ReadPem(ReadOnlySpan<char> text)
    {
        var lists = new List<RevocationList>();
        foreach (var der in Pem.ReadAll(text, "CRL").Concat(Pem.ReadAll(text, "X509 CRL")))
        {
            if (TryRead(der, out var list, out _))
            {
                lists.Add(list);
            }
        }

        return lists;
    }

    /// <inheritdoc/>
    public bool Equals(RevocationList? other) => other is not null && der.AsSpan().SequenceEqual(other.der);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RevocationList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(der);
        return hash.ToHashCode();
    }

    /// <summary>Whether it lists a certificate of its issuer.</summary>
    internal bool Lists(Certificate certificate)
        => Serials.Contains(Convert.ToHexString(certificate.SerialNumber.Span));

    /// <summary>
    /// Whether not being listed means anything at this instant: it is current, and its scope takes the certificate in.
    /// The names of its distribution point must be among the certificate's, or a good CRL could stand in for another
    /// (RFC 4945 §5.1.3.13, §5.2.2.5).
    /// </summary>
    internal bool Covers(Certificate certificate, long now)
        => ThisUpdate <= now && NextUpdate is { } next && now <= next && Scope.TakesIn(certificate);

    private static Parts? Read(AsnReader reader)
    {
        var outer = reader.ReadSequence();
        var tbs = outer.PeekEncodedValue();
        var fields = outer.ReadSequence();
        var algorithm = outer.PeekEncodedValue();
        var signed = SignedOctets.Read(tbs, outer);
        if (fields.PeekTag() == Asn1Tag.Integer)
        {
            _ = fields.ReadIntegerBytes();
        }

        var isSameAlgorithm = fields.ReadEncodedValue().Span.SequenceEqual(algorithm.Span);
        var issuer = fields.ReadEncodedValue();
        var thisUpdate = CertificateTime.Read(fields);
        long? nextUpdate = CertificateTime.IsNext(fields) ? CertificateTime.Read(fields) : null;
        var (serials, scope) = (new HashSet<string>(), new IssuingScope());
        string? unprocessed = null;
        if (fields.HasData && fields.PeekTag() == Asn1Tag.Sequence)
        {
            unprocessed = ReadEntries(fields.ReadSequence(), serials);
        }

        if (fields.HasData)
        {
            var holder = fields.ReadSequence(CertificateExtensions.Context(0));
            unprocessed = ReadExtensions(holder.ReadSequence(), ref scope) ?? unprocessed;
            holder.ThrowIfNotEmpty();
        }

        fields.ThrowIfNotEmpty();
        return isSameAlgorithm ? new Parts(issuer, thisUpdate, nextUpdate, serials, signed, scope, unprocessed) : null;
    }

    /// <summary>Takes the serial numbers in and names a critical entry extension, if there is one.</summary>
    private static string? ReadEntries(AsnReader entries, HashSet<string> serials)
    {
        string? unprocessed = null;
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            serials.Add(Convert.ToHexString(entry.ReadIntegerBytes().Span));
            _ = CertificateTime.Read(entry);
            if (entry.HasData)
            {
                var extensions = entry.ReadSequence();
                while (extensions.HasData)
                {
                    var (oid, critical, _) = CertificateExtensions.ReadOne(extensions);
                    unprocessed = critical ? oid : unprocessed;
                }
            }

            entry.ThrowIfNotEmpty();
        }

        return unprocessed;
    }

    private static string? ReadExtensions(AsnReader extensions, ref IssuingScope scope)
    {
        string? unprocessed = null;
        while (extensions.HasData)
        {
            var (oid, critical, value) = CertificateExtensions.ReadOne(extensions);
            if (oid == IssuingDistributionPoint)
            {
                scope = IssuingScope.Read(new AsnReader(value, AsnEncodingRules.DER));
                unprocessed = scope.IsIndirect ? oid : unprocessed;
            }
            else if (critical && oid != CertificateExtensions.AuthorityKeyIdentifier)
            {
                unprocessed = oid;
            }
        }

        return unprocessed;
    }

    private sealed record Parts(ReadOnlyMemory<byte> Issuer, long ThisUpdate, long? NextUpdate, HashSet<string> Serials,
        SignedOctets Signed, IssuingScope Scope, string? Unprocessed);
}
