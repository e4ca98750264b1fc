namespace RefIke.Wire;

/// <summary>HASH (RFC 2408 §3.11).</summary>
public sealed record HashPayload(Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Hash;

    internal override byte[] Encode() => Data.ToArray();
}
