namespace RefIke.Wire;

/// <summary>ID (RFC 2408 §3.8, RFC 2407 §4.6.2).</summary>
/// <param name="ProtocolId">An IP protocol, 0 for any.</param>
/// <param name="Port">0 for any.</param>
public sealed record IdentificationPayload(IdentificationType IdType, byte ProtocolId, ushort Port, Octets Data)
    : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Identification;

    internal override byte[] Encode()
        => [(byte)IdType, ProtocolId, (byte)(Port >> 8), (byte)(Port & 0xff), .. Data.Span];

    /// <summary>Each type that names addresses has its one length (RFC 2407 §4.6.2.2 to §4.6.2.9).</summary>
    [Clause("2408-3.8-02")]
    [Clause("2407-4.6.2.2-01")]
    internal static IdentificationPayload? Read(Body body, out Malformed? malformed)
    {
        if (!body.Has(4, Defect.Identification, out malformed))
        {
            return null;
        }

        var type = (IdentificationType)body.U8(0);
        int? due = type switch
        {
            IdentificationType.Ipv4Address => 4,
            IdentificationType.Ipv4Subnet or IdentificationType.Ipv4Range => 8,
            IdentificationType.Ipv6Address => 16,
            IdentificationType.Ipv6Subnet or IdentificationType.Ipv6Range => 32,
            _ => null,
        };
        malformed = due is { } octets && octets != body.Length - 4
            ? body.Bad(Defect.IdentificationData, 4, $"{type} with {body.Length - 4} octets")
            : null;
        return malformed is null ? new IdentificationPayload(type, body.U8(1), body.U16(2), body.From(4)) : null;
    }
}
