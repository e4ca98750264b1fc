namespace RefIke.Wire;

/// <summary>CR (RFC 2408 §3.10).</summary>
public sealed record CertificateRequestPayload(CertificateEncoding Encoding, Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.CertificateRequest;

    internal override byte[] Encode() => [(byte)Encoding, .. Data.Span];

    [Clause("2408-3.10-04")]
    internal static CertificateRequestPayload? Read(Body body, out Malformed? malformed)
        => body.Has(1, Defect.CertificateRequest, out malformed)
            ? new CertificateRequestPayload((CertificateEncoding)body.U8(0), body.From(1))
            : null;
}
