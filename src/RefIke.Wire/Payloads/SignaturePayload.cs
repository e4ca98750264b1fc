namespace RefIke.Wire;

/// <summary>SIG (RFC 2408 §3.12).</summary>
public sealed record SignaturePayload(Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Signature;

    internal override byte[] Encode() => Data.ToArray();
}
