using System.Collections.Immutable;
using System.Formats.Asn1;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// What the CERT payloads of an exchange have brought, in whatever order, each once (RFC 4945 §3.3.10). Nothing in it
/// is trusted.
/// </summary>
public sealed record ReceivedCertificates(
    ImmutableArray<Certificate> Certificates, ImmutableArray<RevocationList> RevocationLists)
{
    private const string SignedData = "1.2.840.113549.1.7.2";

    /// <summary>Nothing yet.</summary>
    public static ReceivedCertificates None { get; } = new([], []);

    /// <summary>
    /// Takes in one CERT payload: X.509 certificates (4; 5 is the same in form), PKCS #7 with any number of them (1),
    /// CRLs and ARLs (7, 8). An attribute certificate (10) is read and set aside, for it holds no key. Anything else is
    /// refused; the exchange goes on without it (RFC 2408 §5.9).
    /// </summary>
    /// <param name="encoding">Certificate Encoding.</param>
    /// <param name="data">Certificate Data.</param>
    /// <param name="with">What there is now; unchanged where there is a fault.</param>
    /// <param name="fault">Why the payload is discarded, or null.</param>
    // clause 4945-3.3.4-01, clause 4945-3.3.10.1-01
    public bool TryAdd(byte encoding, ReadOnlyMemory<byte> data, out ReceivedCertificates with, out CryptoFault? fault)
    {
        fault = null;
        var read = encoding switch
        {
            CertificateEncoding.X509Signature or CertificateEncoding.X509KeyExchange
                => ReadCertificate(data, out fault),
            CertificateEncoding.Pkcs7 => ReadPkcs7(data, out fault),
            CertificateEncoding.Crl or CertificateEncoding.Arl => ReadRevocationList(data, out fault),
            CertificateEncoding.X509Attribute => ReadAttributes(data, out fault),
            _ => null,
        };
        with = read is null ? this : And(read);
        if (read is null)
        {
            fault ??= new CryptoFault.EncodingUnsupported(encoding);
        }
        else if (with.Certificates.Length + with.RevocationLists.Length > CertificatePath.MostSent)
        {
            var count = with.Certificates.Length + with.RevocationLists.Length;
            fault = new CryptoFault.CertificateTooLarge("certificates and CRLs sent", count, CertificatePath.MostSent);
            with = this;
        }

        return fault is null;
    }

    /// <inheritdoc/>
    public bool Equals(ReceivedCertificates? other) => other is not null
        && Certificates.AsSpan().SequenceEqual(other.Certificates.AsSpan())
        && RevocationLists.AsSpan().SequenceEqual(other.RevocationLists.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
        => HashCode.Combine(Certificates.Length, RevocationLists.Length, Certificates.FirstOrDefault());

    // clause 4945-3.3.10.4-01
    private ReceivedCertificates And(ReceivedCertificates more) => new(
        [.. Certificates.Concat(more.Certificates).Distinct()],
            [.. RevocationLists.Concat(more.RevocationLists).Distinct()]);

    private static ReceivedCertificates? ReadCertificate(ReadOnlyMemory<byte> data, out CryptoFault? fault)
        => Certificate.TryRead(data, out var certificate, out fault)
            ? new ReceivedCertificates([certificate], [])
            : null;

    private static ReceivedCertificates? ReadRevocationList(ReadOnlyMemory<byte> data, out CryptoFault? fault)
        => RevocationList.TryRead(data, out var list, out fault) ? new ReceivedCertificates([], [list]) : null;

    /// <summary>
    /// SignedData without content or signers, as certificates are wrapped (RFC 2315 §9.1), in BER. Certificates in it
    /// that cannot be read are passed over like strangers (RFC 4945 §3.3.10.5), but there must be one that can.
    /// </summary>
    private static ReceivedCertificates? ReadPkcs7(ReadOnlyMemory<byte> data, out CryptoFault? fault)
    {
        var (certificates, lists) = (new List<Certificate>(), new List<RevocationList>());
        fault = null;
        try
        {
            var bag = ReadSignedData(data);
            foreach (var encoded in ReadBag(bag, 0))
            {
                if (Certificate.TryRead(encoded, out var certificate, out fault))
                {
                    certificates.Add(certificate);
                }
            }

            foreach (var encoded in ReadBag(bag, 1))
            {
                if (RevocationList.TryRead(encoded, out var list, out _))
                {
                    lists.Add(list);
                }
            }
        }
        catch (AsnContentException)
        {
            fault = new CryptoFault.CertificateUnreadable("no PKCS #7 SignedData");
            return null;
        }

        if (certificates.Count == 0)
        {
            fault ??= new CryptoFault.CertificateUnreadable("PKCS #7 without a certificate");
            return null;
        }

        fault = null;
        return new ReceivedCertificates([.. certificates], [.. lists]);
    }

    /// <summary>The fields of SignedData that follow the content.</summary>
    private static AsnReader ReadSignedData(ReadOnlyMemory<byte> data)
    {
        var outer = new AsnReader(data, AsnEncodingRules.BER);
        var contentInfo = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (contentInfo.ReadObjectIdentifier() != SignedData)
        {
            throw new AsnContentException("no SignedData");
        }

        var signedData = contentInfo.ReadSequence(CertificateExtensions.Context(0)).ReadSequence();
        _ = signedData.ReadIntegerBytes();
        _ = signedData.ReadSetOf(skipSortOrderValidation: true);
        _ = signedData.ReadSequence();
        return signedData;
    }

    private static List<ReadOnlyMemory<byte>> ReadBag(AsnReader signedData, int number)
    {
        var bag = new List<ReadOnlyMemory<byte>>();
        if (signedData.HasData && signedData.PeekTag() == CertificateExtensions.Context(number))
        {
            var set = signedData.ReadSetOf(skipSortOrderValidation: true, CertificateExtensions.Context(number));
            while (set.HasData)
            {
                bag.Add(bag.Count < CertificatePath.MostSent
                    ? set.ReadEncodedValue()
                    : throw new AsnContentException("too many"));
            }
        }

        return bag;
    }

    /// <summary>AttributeCertificate (RFC 5755 §4.1) in outline.</summary>
    private static ReceivedCertificates? ReadAttributes(ReadOnlyMemory<byte> data, out CryptoFault? fault)
    {
        var signed = Der.Read(data, reader =>
        {
            var outer = reader.ReadSequence();
            var info = outer.PeekEncodedValue();
            _ = outer.ReadSequence();
            return SignedOctets.Read(info, outer);
        });
        fault = signed is null
            ? new CryptoFault.CertificateUnreadable("not the DER of an attribute certificate")
            : null;
        return signed is null ? null : None;
    }
}
