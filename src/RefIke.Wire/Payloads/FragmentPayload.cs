namespace RefIke.Wire;

/// <summary>A fragment of a message (private payload 132, [MS-IKEE] §2.2).</summary>
/// <param name="Id">The same in all fragments of a message.</param>
/// <param name="Number">From 1 up.</param>
/// <param name="Flags">Bit 0 marks the last fragment; the others are kept.</param>
public sealed record FragmentPayload(ushort Id, byte Number, byte Flags, Octets Data) : Payload
{
    /// <summary>Whether it is the last one.</summary>
    public bool IsLast => (Flags & 1) != 0;

    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Fragment;

    internal override byte[] Encode() => [(byte)(Id >> 8), (byte)(Id & 0xff), Number, Flags, .. Data.Span];

    [Clause("msikee-2.2-01")]
    internal static FragmentPayload? Read(Body body, out Malformed? malformed)
        => body.Has(4, Defect.Fragment, out malformed)
            ? new FragmentPayload(body.U16(0), body.U8(2), body.U8(3), body.From(4))
            : null;
}
