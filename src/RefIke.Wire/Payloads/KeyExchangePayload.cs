namespace RefIke.Wire;

/// <summary>KE: a Diffie-Hellman public value (RFC 2408 §3.7).</summary>
public sealed record KeyExchangePayload(Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.KeyExchange;

    internal override byte[] Encode() => Data.ToArray();
}
