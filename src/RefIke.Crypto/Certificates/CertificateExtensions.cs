using System.Formats.Asn1;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// The extensions of a certificate that are processed here (RFC 4945 §5.1.3), and the critical ones that are not.
/// </summary>
internal sealed class CertificateExtensions
{
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string PrivateKeyUsagePeriod = "2.5.29.16";
    public const string SubjectAltName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string NameConstraints = "2.5.29.30";
    public const string CrlDistributionPoints = "2.5.29.31";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";

    /// <summary>
    /// More names than this make a certificate unreadable: comparing and constraining them is work for strangers.
    /// </summary>
    private const int MostNames = 256;

    public KeyUsages? KeyUsages { get; private set; }

    public (bool IsCa, int? PathLength)? Constraints { get; private set; }

    public IReadOnlyList<string>? Purposes { get; private set; }

    public IReadOnlyList<AlternativeName> Names { get; private set; } = [];

    public ReadOnlyMemory<byte>? SubjectKey { get; private set; }

    public ReadOnlyMemory<byte>? AuthorityKey { get; private set; }

    /// <summary>NameConstraints as encoded.</summary>
    public ReadOnlyMemory<byte>? Permitted { get; private set; }

    /// <summary>The full names of all CRLDistributionPoints, as encoded GeneralNames.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> DistributionPoints { get; private set; } = [];

    public IReadOnlyList<string> UnknownCritical { get; private set; } = [];

    /// <summary>
    /// Reads SEQUENCE OF Extension; an extension that stands twice is no certificate's (RFC 5280 §4.2).
    /// </summary>
    public static CertificateExtensions Read(AsnReader extensions)
    {
        var (result, seen, unknown) = (new CertificateExtensions(), new HashSet<string>(), new List<string>());
        while (extensions.HasData)
        {
            var (oid, critical, value) = ReadOne(extensions);
            if (!seen.Add(oid))
            {
                throw new AsnContentException($"extension {oid} stands twice");
            }

            var reader = new AsnReader(value, AsnEncodingRules.DER);
            if (result.Take(oid, reader))
            {
                reader.ThrowIfNotEmpty();
            }
            else if (critical)
            {
                unknown.Add(oid);
            }
        }

        result.UnknownCritical = unknown;
        return result;
    }

    /// <summary>One Extension: its OID, whether it is critical, its value.</summary>
    public static (string Oid, bool Critical, ReadOnlyMemory<byte> Value) ReadOne(AsnReader extensions)
    {
        var sequence = extensions.ReadSequence();
        var oid = sequence.ReadObjectIdentifier();
        var critical = sequence.PeekTag() == Asn1Tag.Boolean && sequence.ReadBoolean();
        ReadOnlyMemory<byte> value = sequence.ReadOctetString();
        sequence.ThrowIfNotEmpty();
        return (oid, critical, value);
    }

    /// <summary>
    /// DistributionPointName's full name as encoded GeneralNames; none for a name relative to the issuer.
    /// </summary>
    public static List<ReadOnlyMemory<byte>> ReadDistributionPointName(AsnReader holder)
    {
        var names = new List<ReadOnlyMemory<byte>>();
        var choice = holder.ReadSequence(Context(0));
        if (choice.PeekTag() == Context(0))
        {
            var full = choice.ReadSequence(Context(0));
            while (full.HasData)
            {
                names.Add(full.ReadEncodedValue());
            }
        }

        return names;
    }

    public static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, true);

    private bool Take(string oid, AsnReader value)
    {
        switch (oid)
        {
            case KeyUsage:
                KeyUsages = value.ReadNamedBitListValue<KeyUsages>();
                return true;
            case BasicConstraints:
                Constraints = ReadConstraints(value);
                return true;
            case ExtendedKeyUsage:
                Purposes = ReadList(value, reader => reader.ReadObjectIdentifier());
                return true;
            case SubjectAltName:
                Names = ReadList(value, AlternativeName.Read);
                return true;
            case SubjectKeyIdentifier:
                SubjectKey = value.ReadOctetString();
                return true;
            case AuthorityKeyIdentifier:
                AuthorityKey = ReadAuthorityKey(value);
                return true;
            case NameConstraints:
                Permitted = value.ReadEncodedValue();
                return true;
            case CrlDistributionPoints:
                DistributionPoints = [.. ReadList(value, ReadDistributionPoint).SelectMany(names => names)];
                return true;
            // clause 4945-5.1.3.3-01
            case PrivateKeyUsagePeriod:
                // Ignored, whether critical or not (RFC 4945 §5.1.3.3).
                _ = value.ReadEncodedValue();
                return true;
            default:
                return false;
        }
    }

    private static List<T> ReadList<T>(AsnReader value, Func<AsnReader, T> read)
    {
        var (list, sequence) = (new List<T>(), value.ReadSequence());
        while (sequence.HasData)
        {
            list.Add(list.Count < MostNames
                ? read(sequence)
                : throw new AsnContentException("a list of too many names"));
        }

        return list;
    }

    private static (bool IsCa, int? PathLength) ReadConstraints(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var isCa = sequence.HasData && sequence.PeekTag() == Asn1Tag.Boolean && sequence.ReadBoolean();
        int? pathLength = null;
        if (sequence.HasData)
        {
            pathLength = sequence.TryReadInt32(out var length) && length >= 0
                ? length
                : throw new AsnContentException("pathLenConstraint");
        }

        sequence.ThrowIfNotEmpty();
        return (isCa, pathLength);
    }

    private static ReadOnlyMemory<byte>? ReadAuthorityKey(AsnReader value)
    {
        var (sequence, keyIdentifier) = (value.ReadSequence(), new Asn1Tag(TagClass.ContextSpecific, 0));
        return sequence.HasData && sequence.PeekTag() == keyIdentifier
            ? new ReadOnlyMemory<byte>?(sequence.ReadOctetString(keyIdentifier))
            : null;
    }

    private static List<ReadOnlyMemory<byte>> ReadDistributionPoint(AsnReader points)
    {
        var point = points.ReadSequence();
        return point.HasData && point.PeekTag() == Context(0) ? ReadDistributionPointName(point) : [];
    }
}
