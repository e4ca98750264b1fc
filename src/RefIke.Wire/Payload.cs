using System.Text;

namespace RefIke.Wire;

/// <summary>A payload (RFC 2408 §3). Two are equal when their fields are, however they were encoded.</summary>
public abstract record Payload
{
    /// <summary>A payload of our own making.</summary>
    protected Payload()
    {
    }

    /// <summary>
    /// A copy, for <c>with</c>: it is encoded anew, as the octets received belong to the original alone.
    /// </summary>
    protected Payload(Payload original)
    {
    }

    /// <summary>Its number.</summary>
    public abstract PayloadType Type { get; }

    /// <summary>
    /// The body without the generic header: as received where it was received, which is what HASH covers (RFC 2409 §5,
    /// D-47).
    /// </summary>
    public Octets Body => Received ?? Encode();

    internal Octets? Received { get; init; }

    /// <inheritdoc/>
    public virtual bool Equals(Payload? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Type;

    internal abstract byte[] Encode();

    /// <summary>The fields alone: the body would say them again.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}
