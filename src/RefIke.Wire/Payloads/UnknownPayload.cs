namespace RefIke.Wire;

/// <summary>
/// A payload whose number this library does not know; it survives a round trip (RFC 2408 §3.1, private use).
/// </summary>
public sealed record UnknownPayload(PayloadType Number, Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => Number;

    internal override byte[] Encode() => Data.ToArray();
}
