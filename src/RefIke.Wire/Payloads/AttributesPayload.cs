using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>The attribute payload of Mode Config and XAUTH (draft-dukes-ike-mode-cfg-02 §3.2).</summary>
/// <param name="MessageType">1 REQUEST, 2 REPLY, 3 SET, 4 ACK.</param>
public sealed record AttributesPayload(byte MessageType, ushort Identifier, ImmutableArray<DataAttribute> List) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Attributes;

    /// <inheritdoc/>
    public bool Equals(AttributesPayload? other)
        => other is not null && MessageType == other.MessageType && Identifier == other.Identifier && List.SequenceEqual(other.List);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageType, Identifier, List.Length);

    internal override byte[] Encode()
        => [MessageType, 0, (byte)(Identifier >> 8), (byte)(Identifier & 0xff), .. List.SelectMany(a => a.Encode())];

    internal static AttributesPayload? Read(Body body, out Malformed? malformed)
        => body.Has(4, "2408-3.3-01", out malformed) && DataAttribute.TryReadAll(body, 4, body.Length, out var list, out malformed)
            ? new AttributesPayload(body.U8(0), body.U16(2), list)
            : null;
}
