namespace RefIke.Wire;

/// <summary>A nonce, 8 to 256 octets (RFC 2408 §3.13, RFC 2409 §5, D-53).</summary>
public sealed record NoncePayload(Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Nonce;

    internal override byte[] Encode() => Data.ToArray();

    [Clause("2409-5-06")]
    internal static NoncePayload? Read(Body body, out Malformed? malformed)
    {
        malformed = body.Length is >= 8 and <= 256 ? null
            : body.Bad(Defect.NonceData, 0, $"a nonce of {body.Length} octets");
        return malformed is null ? new NoncePayload(body.From(0)) : null;
    }
}
