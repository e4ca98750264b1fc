using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>T, inside a proposal (RFC 2408 §3.6). RESERVED2 is sent as zero and not looked at (D-49).</summary>
/// <param name="Id">
/// A number of the proposal's protocol: <see cref="EspTransform"/>, <see cref="AhTransform"/> and so on.
/// </param>
public sealed record TransformPayload(byte Number, byte Id, ImmutableArray<DataAttribute> Attributes)
{
    /// <inheritdoc/>
    public bool Equals(TransformPayload? other)
        => other is not null && Number == other.Number && Id == other.Id && Attributes.SequenceEqual(other.Attributes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Id, Attributes.Length);

    /// <summary>With its attributes.</summary>
    public override string ToString()
        => $"{nameof(TransformPayload)} {{ Number = {Number}, Id = {Id}, "
            + $"Attributes = [{string.Join(", ", Attributes)}] }}";

    internal byte[] Encode(bool last)
    {
        byte[] body = [Number, Id, 0, 0, .. Attributes.SelectMany(a => a.Encode())];
        return [(byte)(last ? 0 : 3), 0, (byte)((body.Length + 4) >> 8), (byte)((body.Length + 4) & 0xff), .. body];
    }
}
