using System.Formats.Asn1;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// Which of an issuer's certificates a CRL speaks of: its IssuingDistributionPoint extension, or all (RFC 5280 §5.2.5).
/// </summary>
internal sealed class IssuingScope
{
    private List<ReadOnlyMemory<byte>>? names;
    private bool hasOtherName;
    private bool onlyUsers;
    private bool onlyCas;
    private bool onlyAttributes;
    private bool onlySomeReasons;

    /// <summary>Whether it speaks of other issuers' certificates too.</summary>
    public bool IsIndirect { get; private set; }

    /// <summary>Reads IssuingDistributionPoint.</summary>
    public static IssuingScope Read(AsnReader value)
    {
        var (scope, sequence) = (new IssuingScope(), value.ReadSequence());
        value.ThrowIfNotEmpty();
        while (sequence.HasData)
        {
            var tag = sequence.PeekTag();
            // Of another class it is none of the fields, whatever its number.
            switch (tag.TagClass == TagClass.ContextSpecific ? tag.TagValue : -1)
            {
                case 0:
                    scope.names = CertificateExtensions.ReadDistributionPointName(sequence);
                    scope.hasOtherName = scope.names.Count == 0;
                    break;
                case 1:
                    scope.onlyUsers = sequence.ReadBoolean(tag);
                    break;
                case 2:
                    scope.onlyCas = sequence.ReadBoolean(tag);
                    break;
                case 3:
                    scope.onlySomeReasons = true;
                    _ = sequence.ReadBitString(out _, tag);
                    break;
                case 4:
                    scope.IsIndirect = sequence.ReadBoolean(tag);
                    break;
                case 5:
                    scope.onlyAttributes = sequence.ReadBoolean(tag);
                    break;
                default:
                    throw new AsnContentException("IssuingDistributionPoint");
            }
        }

        return scope;
    }

    /// <summary>Whether the certificate would be listed if it were revoked.</summary>
    public bool TakesIn(Certificate certificate) => !onlySomeReasons && !onlyAttributes && !hasOtherName
        && !(onlyUsers && certificate.IsCa) && !(onlyCas && !certificate.IsCa)
        && (names is null || names.Exists(name => IsPointOf(certificate, name)));

    private static bool IsPointOf(Certificate certificate, ReadOnlyMemory<byte> name)
        => certificate.Extensions.DistributionPoints.Any(point => point.Span.SequenceEqual(name.Span));
}
