using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>P, inside an SA (RFC 2408 §3.5).</summary>
/// <param name="Spi">The sender's SPI; empty in phase 1.</param>
public sealed record ProposalPayload(
    byte Number, Protocol Protocol, Octets Spi, ImmutableArray<TransformPayload> Transforms)
{
    /// <inheritdoc/>
    public bool Equals(ProposalPayload? other)
        => other is not null && Number == other.Number && Protocol == other.Protocol && Spi == other.Spi
            && Transforms.SequenceEqual(other.Transforms);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Protocol, Spi, Transforms.Length);

    /// <summary>With its transforms.</summary>
    public override string ToString()
        => $"{nameof(ProposalPayload)} {{ Number = {Number}, Protocol = {Protocol}, Spi = {Spi}, "
            + $"Transforms = [{string.Join(", ", Transforms)}] }}";

    internal byte[] Encode(bool last)
    {
        byte[] body =
        [
            Number, (byte)Protocol, checked((byte)Spi.Length), checked((byte)Transforms.Length), .. Spi.Span,
            .. Transforms.SelectMany((t, i) => t.Encode(i == Transforms.Length - 1)),
        ];
        return [(byte)(last ? 0 : 2), 0, (byte)((body.Length + 4) >> 8), (byte)((body.Length + 4) & 0xff), .. body];
    }
}
