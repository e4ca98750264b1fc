using System.Formats.Asn1;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// A certification authority for tests, demonstrations and vectors (RFC 5280 §4, §5). It has neither clock nor
/// randomness: the same recipe and keys always give the same octets.
/// </summary>
public static class CertificateMaker
{
    /// <summary>A certificate that a key issues to itself: a trust anchor.</summary>
    public static Certificate SelfSigned(CertificateRecipe recipe, PrivateKey key)
    {
        var name = Name(recipe.Subject);
        return Make(recipe, name, key.PublicKey, name, key);
    }

    /// <summary>A certificate that another's key issues. Whether it may is not asked.</summary>
    public static Certificate Issue(
        CertificateRecipe recipe, PublicKey subjectKey, Certificate issuer, PrivateKey issuerKey)
        => Make(recipe, Name(recipe.Subject), subjectKey, issuer.Subject, issuerKey);

    /// <summary>A CRL of version 2 that revokes these certificates, as DER.</summary>
    /// <param name="issuer">Whose certificates they are.</param>
    /// <param name="issuerKey">The issuer's key.</param>
    /// <param name="revoked">What to list.</param>
    /// <param name="thisUpdate">Seconds since 1970.</param>
    /// <param name="nextUpdate">Seconds since 1970, or null to leave it out.</param>
    /// <param name="extensions">CRL extensions, their values as DER.</param>
    public static byte[] Revoke(
        Certificate issuer, PrivateKey issuerKey, IReadOnlyList<Certificate> revoked, long thisUpdate, long? nextUpdate,
        IReadOnlyList<(string Oid, bool Critical, byte[] Value)> extensions)
    {
        var scheme = SignatureScheme.For(issuerKey.PublicKey);
        return SignedOctets.Sign(Der.Write(writer =>
        {
            using var list = writer.PushSequence();
            writer.WriteInteger(1);
            scheme.WriteAlgorithm(writer);
            writer.WriteEncodedValue(issuer.Subject.Der.Span);
            CertificateTime.Write(writer, thisUpdate);
            if (nextUpdate is { } next)
            {
                CertificateTime.Write(writer, next);
            }

            WriteEntries(writer, revoked, thisUpdate);
            WriteExtensions(writer, 0, extensions);
        }), scheme, issuerKey);
    }

    private static Certificate Make(
        CertificateRecipe recipe, DistinguishedName subject, PublicKey subjectKey, DistinguishedName issuer,
        PrivateKey issuerKey)
    {
        var scheme = SignatureScheme.For(issuerKey.PublicKey);
        var der = SignedOctets.Sign(Der.Write(writer =>
        {
            using var fields = writer.PushSequence();
            WriteVersion(writer, recipe.Version);
            writer.WriteInteger(recipe.SerialNumber);
            scheme.WriteAlgorithm(writer);
            writer.WriteEncodedValue(issuer.Der.Span);
            using (writer.PushSequence())
            {
                CertificateTime.Write(writer, recipe.NotBefore);
                CertificateTime.Write(writer, recipe.NotAfter);
            }

            writer.WriteEncodedValue(subject.Der.Span);
            writer.WriteEncodedValue(subjectKey.SubjectPublicKeyInfo.Span);
            var extensions = recipe.Version == 3 ? Extensions(recipe, subject, subjectKey, issuerKey.PublicKey) : [];
            WriteExtensions(writer, 3, extensions);
        }), scheme, issuerKey);
        return Certificate.TryRead(der, out var certificate, out var fault)
            ? certificate
            : throw new ArgumentException(fault.Reason, nameof(recipe));
    }

    private static DistinguishedName Name(string text) => DistinguishedName.TryParse(text, out var name)
        ? name
        : throw new ArgumentException($"no distinguished name: {text}", nameof(text));

    private static void WriteVersion(AsnWriter writer, int version)
    {
        if (version > 1)
        {
            using (writer.PushSequence(CertificateExtensions.Context(0)))
            {
                writer.WriteInteger(version - 1);
            }
        }
    }

    private static void WriteEntries(AsnWriter writer, IReadOnlyList<Certificate> revoked, long since)
    {
        if (revoked.Count > 0)
        {
            using var entries = writer.PushSequence();
            foreach (var certificate in revoked)
            {
                using var entry = writer.PushSequence();
                writer.WriteInteger(certificate.SerialNumber.Span);
                CertificateTime.Write(writer, since);
            }
        }
    }

    private static void WriteExtensions(
        AsnWriter writer, int tag, IReadOnlyList<(string Oid, bool Critical, byte[] Value)> extensions)
    {
        if (extensions.Count > 0)
        {
            using var holder = writer.PushSequence(CertificateExtensions.Context(tag));
            using var list = writer.PushSequence();
            foreach (var (oid, critical, value) in extensions)
            {
                using var extension = writer.PushSequence();
                writer.WriteObjectIdentifier(oid);
                if (critical)
                {
                    writer.WriteBoolean(true);
                }

                writer.WriteOctetString(value);
            }
        }
    }

    private static List<(string Oid, bool Critical, byte[] Value)> Extensions(
        CertificateRecipe recipe, DistinguishedName subject, PublicKey subjectKey, PublicKey issuerKey)
    {
        var extensions = new List<(string, bool, byte[])>
        {
            (CertificateExtensions.SubjectKeyIdentifier, false,
                Der.Write(writer => writer.WriteOctetString(Identifier(subjectKey)))),
            (CertificateExtensions.AuthorityKeyIdentifier, false, Der.Write(writer =>
            {
                using var sequence = writer.PushSequence();
                writer.WriteOctetString(Identifier(issuerKey), new Asn1Tag(TagClass.ContextSpecific, 0));
            })),
        };
        if (recipe.IsCa || recipe.PathLength is not null)
        {
            var constraints = Der.Write(writer => WriteConstraints(writer, recipe));
            extensions.Add((CertificateExtensions.BasicConstraints, true, constraints));
        }

        if (recipe.KeyUsages is { } usages)
        {
            var bits = Der.Write(writer => writer.WriteNamedBitList(usages));
            extensions.Add((CertificateExtensions.KeyUsage, true, bits));
        }

        if (recipe.AlternativeNames.Count > 0)
        {
            extensions.Add((CertificateExtensions.SubjectAltName, subject.IsEmpty, Der.Write(writer =>
            {
                using var names = writer.PushSequence();
                foreach (var name in recipe.AlternativeNames)
                {
                    writer.WriteEncodedValue(name.Encoded.Span);
                }
            })));
        }

        if (recipe.ExtendedKeyUsage.Count > 0)
        {
            extensions.Add((CertificateExtensions.ExtendedKeyUsage, false, Der.Write(writer =>
            {
                using var purposes = writer.PushSequence();
                foreach (var purpose in recipe.ExtendedKeyUsage)
                {
                    writer.WriteObjectIdentifier(purpose);
                }
            })));
        }

        return [.. extensions, .. recipe.OtherExtensions];
    }

    private static void WriteConstraints(AsnWriter writer, CertificateRecipe recipe)
    {
        using var constraints = writer.PushSequence();
        if (recipe.IsCa)
        {
            writer.WriteBoolean(true);
        }

        if (recipe.PathLength is { } length)
        {
            writer.WriteInteger(length);
        }
    }

    /// <summary>Any octets that differ from key to key will do (RFC 5280 §4.2.1.2).</summary>
    private static byte[] Identifier(PublicKey key) => HashFunction.Sha1.Compute(key.SubjectPublicKeyInfo.Span);
}
