namespace RefIke.Wire;

/// <summary>VID (RFC 2408 §3.16).</summary>
public sealed record VendorIdPayload(Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.VendorId;

    internal override byte[] Encode() => Data.ToArray();
}
