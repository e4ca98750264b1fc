namespace RefIke.Wire;

/// <summary>
/// A payload whose body alone is encrypted while its generic header is clear (RFC 2409 §5.2, §5.3): the octets cannot be read as
/// what their type says before they are decrypted.
/// </summary>
/// <param name="Data">The encrypted body.</param>
public sealed record EncryptedBodyPayload(PayloadType Number, Octets Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => Number;

    /// <summary>The payload of a type with this decrypted body; null where it breaks that payload's format.</summary>
    public static Payload? Open(PayloadType type, ReadOnlyMemory<byte> body)
    {
        var read = PayloadReader.Read(new Body(type, body, 0), out _);
        return read is null ? null : read with { Received = (Octets)body };
    }

    internal override byte[] Encode() => Data.ToArray();
}
