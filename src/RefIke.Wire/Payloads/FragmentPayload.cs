namespace RefIke.Wire;

/// <summary>A fragment of a message: id, number from 1 up, and whether it is the last (private payload 132, [MS-IKEE] §2.2).</summary>
public sealed record FragmentPayload(ushort Id, byte Number, bool IsLast, Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Fragment;

    internal override byte[] Encode() => [(byte)(Id >> 8), (byte)(Id & 0xff), Number, (byte)(IsLast ? 1 : 0), .. Data.Span];

    internal static FragmentPayload? Read(Body body, out Malformed? malformed)
        => body.Has(4, "2408-3.1-01", out malformed)
            ? new FragmentPayload(body.U16(0), body.U8(2), (body.U8(3) & 1) != 0, body.From(4))
            : null;
}
