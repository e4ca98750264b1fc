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

    /// <summary>
    /// A defect of a field that stands <paramref name="at"/> octets into the body, or before it in the generic header.
    /// </summary>
    public Malformed Bad(Defect defect, int at, string reason) => new(defect, Type, Offset + at, reason);

    /// <summary>A defect of this payload's own Payload Length, the last two octets of its generic header.</summary>
    public Malformed BadLength(Defect defect, string reason) => Bad(defect, -2, reason);

    /// <summary>Whether at least so many octets are there.</summary>
    public bool Has(int octets, Defect defect, out Malformed? malformed)
    {
        malformed = Length >= octets ? null : BadLength(defect, $"{Length} octets where {octets} are the least");
        return malformed is null;
    }
}
