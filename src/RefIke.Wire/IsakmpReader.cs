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
    private int namedAt = 16;
    private int count;

    /// <summary>A chain that begins with a payload of type <paramref name="first"/>, which the header named.</summary>
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

    /// <summary>
    /// The next payload; false at the end of the chain or at a fault, which is then in <paramref name="malformed"/>.
    /// </summary>
    public bool TryNext(out Malformed? malformed)
    {
        malformed = null;
        if (next == PayloadType.None)
        {
            return false;
        }

        var rest = octets[Position..];
        malformed = Check(rest);
        if (malformed is not null)
        {
            return false;
        }

        namedAt = offset + Position;
        BodyStart = Position + 4;
        Position += BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        Body = octets[BodyStart..Position];
        (Type, next) = (next, (PayloadType)rest[0]);
        count++;
        return true;
    }

    [Clause("2408-3.2-01")]
    [Clause("2408-5.3-01")]
    [Clause("2408-2.5.2-02")]
    private readonly Malformed? Check(ReadOnlySpan<byte> rest)
    {
        if (count == MaximumPayloads)
        {
            return new(Defect.PayloadCount, next, namedAt, $"more than {MaximumPayloads} payloads");
        }

        if (next is PayloadType.Proposal or PayloadType.Transform)
        {
            return new(Defect.NestedPayload, next, namedAt, $"{next} outside an SA");
        }

        if (!IsTaken(next))
        {
            return new(Defect.PayloadNumber, next, namedAt, $"payload type {(byte)next}");
        }

        if (rest.Length < 4)
        {
            return Bad(Defect.GenericHeader, Math.Min(2, rest.Length), $"{rest.Length} octets are no generic header");
        }

        if (rest[1] != 0)
        {
            return Bad(Defect.Reserved, 1, $"RESERVED is {rest[1]:x2}");
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        return length < 4 || length > rest.Length
            ? Bad(Defect.PayloadLength, 2, $"length {length} where {rest.Length} octets are left")
            : null;
    }

    /// <summary>
    /// Private numbers are kept and passed over; reserved ones make the message invalid, unless a document took them
    /// (D-42).
    /// </summary>
    [Clause("2408-5.3-02")]
    private static bool IsTaken(PayloadType type) => type is <= PayloadType.Attributes
        or PayloadType.NatDiscovery or PayloadType.NatOriginalAddress or >= (PayloadType)128;

    private readonly Malformed Bad(Defect defect, int at, string reason)
        => new(defect, next, offset + Position + at, reason);
}
