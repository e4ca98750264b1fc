using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>A clear ISAKMP message: header and payloads (RFC 2408 §3).</summary>
public sealed record Message(Header Header, ImmutableArray<Payload> Payloads)
{
    /// <inheritdoc/>
    public bool Equals(Message? other)
        => other is not null && Header == other.Header && Payloads.SequenceEqual(other.Payloads);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Header, Payloads.Length);

    /// <summary>The header, then a payload a line.</summary>
    public override string ToString()
        => string.Join("\n  ", Payloads.Select(p => p.ToString()).Prepend(Header.ToString()));
}
