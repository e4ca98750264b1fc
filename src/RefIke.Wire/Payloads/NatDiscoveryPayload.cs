namespace RefIke.Wire;

/// <summary>
/// NAT-D: a hash over cookies, address and port (RFC 3947 §3.2), with the RFC's number or its drafts'.
/// </summary>
public sealed record NatDiscoveryPayload(PayloadType Kind, Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => Kind;

    internal override byte[] Encode() => Data.ToArray();
}
