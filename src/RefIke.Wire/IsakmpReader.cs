using System.Buffers.Binary;

namespace RefIke.Wire;

/// <summary>
/// Walks a chain of payloads over a span, one generic header at a time, without copying or allocating (RFC 2408 §3.2).
/// </summary>
public ref struct IsakmpReader
{
    /// <summary>More payloads than this are refused: a bound of ours, the RFC has none.</summary>
    public const int MaximumPayloads = 64;

    private readonly ReadOnlySpan<byte> octets;
    private readonly int offset;
    private PayloadType next;
    private int count;

    /// <summary>A chain that begins with a payload of type <paramref name="first"/>.</summary>
    /// <param name="offset">Where the chain stands in its datagram, for <see cref="Malformed.Offset"/>.</param>
    public IsakmpReader(PayloadType first, ReadOnlySpan<byte> octets, int offset)
    {
        next = first;
        this.octets = octets;
        this.offset = offset;
    }

    /// <summary>Octets read so far.</summary>
    public int Position { get; private set; }

    /// <summary>The payload just read.</summary>
    public PayloadType Type { get; private set; }

    /// <summary>Where its body begins in the chain.</summary>
    public int BodyStart { get; private set; }

    /// <summary>Its body, without the generic header.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>The next payload; false at the end of the chain or at a fault, which is then in <paramref name="malformed"/>.</summary>
    [Clause("2408-3.2-01")]
    [Clause("2408-5.3-01")]
    public bool TryNext(out Malformed? malformed)
    {
        malformed = null;
        if (next == PayloadType.None)
        {
            return false;
        }

        if (++count > MaximumPayloads)
        {
            malformed = Bad(next, "Next Payload", 0, "2408-5.1-01", "too many payloads");
            return false;
        }

        if (octets.Length - Position < 4)
        {
            malformed = Bad(next, "Payload Length", 2, "2408-3.2-01", "no room for a generic header");
            return false;
        }

        var header = octets[Position..];
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        if (header[1] != 0)
        {
            malformed = Bad(next, "RESERVED", 1, "2408-5.3-02", $"RESERVED is {header[1]:x2}");
            return false;
        }

        if (length < 4 || length > header.Length)
        {
            malformed = Bad(next, "Payload Length", 2, "2408-3.2-01", $"length {length} where {header.Length} octets are left");
            return false;
        }

        (Type, next) = (next, (PayloadType)header[0]);
        BodyStart = Position + 4;
        Body = header[4..length];
        Position += length;
        return true;
    }

    private readonly Malformed Bad(PayloadType type, string field, int at, string clause, string reason)
        => new(type, field, offset + Position + at, clause, NotifyType.PayloadMalformed, reason);
}
