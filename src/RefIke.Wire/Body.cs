using System.Buffers.Binary;

namespace RefIke.Wire;

/// <summary>A payload's body while it is read: its octets, and where they stand in the datagram.</summary>
internal readonly record struct Body(PayloadType Type, ReadOnlyMemory<byte> Octets, int Offset)
{
    public int Length => Octets.Length;

    public byte U8(int at) => Octets.Span[at];

    public ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(Octets.Span[at..]);

    public uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(Octets.Span[at..]);

    public Octets From(int at) => Octets[at..];

    public Octets Part(int at, int length) => Octets.Slice(at, length);

    public Malformed Bad(string field, int at, string clause, string reason, NotifyType notify = NotifyType.PayloadMalformed)
        => new(Type, field, Offset + at, clause, notify, reason);

    /// <summary>Whether at least so many octets are there.</summary>
    public bool Has(int octets, string clause, out Malformed? malformed)
    {
        malformed = Length >= octets ? null : Bad("Payload Length", 0, clause, $"{Length} octets where {octets} are the least");
        return malformed is null;
    }
}
