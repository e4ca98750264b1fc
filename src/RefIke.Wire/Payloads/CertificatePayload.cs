namespace RefIke.Wire;

/// <summary>CERT (RFC 2408 §3.9).</summary>
public sealed record CertificatePayload(CertificateEncoding Encoding, Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Certificate;

    internal override byte[] Encode() => [(byte)Encoding, .. Data.Span];
}
