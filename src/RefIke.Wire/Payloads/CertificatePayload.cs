namespace RefIke.Wire;

/// <summary>CERT (RFC 2408 §3.9).</summary>
public sealed record CertificatePayload(CertificateEncoding Encoding, Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Certificate;

    internal override byte[] Encode() => [(byte)Encoding, .. Data.Span];

    [Clause("2408-3.9-02")]
    internal static CertificatePayload? Read(Body body, out Malformed? malformed)
        => body.Has(1, Defect.Certificate, out malformed)
            ? new CertificatePayload((CertificateEncoding)body.U8(0), body.From(1))
            : null;
}
