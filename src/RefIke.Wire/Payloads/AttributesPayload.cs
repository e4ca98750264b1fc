using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>The attribute payload of Mode Config and XAUTH (draft-dukes-ike-mode-cfg-02 §3.2).</summary>
public sealed record AttributesPayload(
    ConfigurationMessage MessageType, ushort Identifier, ImmutableArray<DataAttribute> List) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Attributes;

    /// <inheritdoc/>
    public bool Equals(AttributesPayload? other)
        => other is not null && MessageType == other.MessageType && Identifier == other.Identifier
            && List.SequenceEqual(other.List);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageType, Identifier, List.Length);

    /// <summary>With its attributes.</summary>
    public override string ToString()
        => $"{nameof(AttributesPayload)} {{ MessageType = {MessageType}, Identifier = {Identifier}, "
            + $"List = [{string.Join(", ", List)}] }}";

    internal override byte[] Encode()
        => [(byte)MessageType, 0, (byte)(Identifier >> 8), (byte)(Identifier & 0xff),
            .. List.SelectMany(a => a.Encode())];

    [Clause("modecfg-3.2-01")]
    internal static AttributesPayload? Read(Body body, out Malformed? malformed)
        => body.Has(4, Defect.Attributes, out malformed)
            && DataAttribute.TryReadAll(body, 4, body.Length, out var list, out malformed)
            ? new AttributesPayload((ConfigurationMessage)body.U8(0), body.U16(2), list)
            : null;
}
