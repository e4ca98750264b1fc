namespace RefIke.Wire;

/// <summary>CR (RFC 2408 §3.10).</summary>
public sealed record CertificateRequestPayload(CertificateEncoding Encoding, Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.CertificateRequest;

    internal override byte[] Encode() => [(byte)Encoding, .. Data.Span];
}
