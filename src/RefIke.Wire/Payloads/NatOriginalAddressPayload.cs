namespace RefIke.Wire;

/// <summary>NAT-OA: an original address (RFC 3947 §5.2), with the RFC's number or its drafts'.</summary>
public sealed record NatOriginalAddressPayload(PayloadType Kind, IdentificationType AddressType, Octets Address)
    : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => Kind;

    internal override byte[] Encode() => [(byte)AddressType, 0, 0, 0, .. Address.Span];

    [Clause("3947-5.2-03")]
    internal static NatOriginalAddressPayload? Read(Body body, out Malformed? malformed)
    {
        if (!body.Has(4, Defect.NatOriginalAddress, out malformed))
        {
            return null;
        }

        var type = (IdentificationType)body.U8(0);
        var fits = (type, body.Length - 4)
            is (IdentificationType.Ipv4Address, 4) or (IdentificationType.Ipv6Address, 16);
        malformed = fits ? null : body.Bad(Defect.NatOriginalAddressType, 0, $"{type} with {body.Length - 4} octets");
        return fits ? new NatOriginalAddressPayload(body.Type, type, body.From(4)) : null;
    }
}
