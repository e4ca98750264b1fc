using System.Buffers.Binary;
using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>
/// A data attribute: a type of 15 bits, and two octets (basic, AF = 1) or a length and octets (RFC 2408 §3.3).
/// </summary>
public readonly record struct DataAttribute(ushort Type, bool IsBasic, Octets Value)
{
    /// <summary>In the short form.</summary>
    [Clause("2409-A-03")]
    public static DataAttribute Basic(ushort type, ushort value)
        => new(type, true, new byte[] { (byte)(value >> 8), (byte)(value & 0xff) });

    /// <summary>In the long form.</summary>
    public static DataAttribute Variable(ushort type, Octets value) => new(type, false, value);

    /// <summary>A number, short where it fits (RFC 2409 App. A), else in four or eight octets.</summary>
    [Clause("2409-A-02")]
    public static DataAttribute Number(ushort type, ulong value)
    {
        if (value <= ushort.MaxValue)
        {
            return Basic(type, (ushort)value);
        }

        var octets = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(octets, value);
        return Variable(type, value <= uint.MaxValue ? octets[4..] : octets);
    }

    /// <summary>The value as a number, where it has one to eight octets.</summary>
    [Clause("2409-A-02")]
    public bool TryGetNumber(out ulong value)
    {
        value = 0;
        if (Value.Length is < 1 or > 8)
        {
            return false;
        }

        foreach (var octet in Value.Span)
        {
            value = (value << 8) | octet;
        }

        return true;
    }

    /// <summary>A list of attributes as octets, as in the data of RESPONDER-LIFETIME (RFC 2407 §4.6.3.1).</summary>
    public static Octets WriteAll(IEnumerable<DataAttribute> list) => list.SelectMany(a => a.Encode()).ToArray();

    /// <summary>Octets that are a list of attributes and nothing else.</summary>
    public static bool TryReadAll(Octets octets, out ImmutableArray<DataAttribute> list)
        => TryReadAll(new Body(PayloadType.Notification, octets.Memory, 0), 0, octets.Length, out list, out _);

    internal byte[] Encode()
    {
        var type = (ushort)(IsBasic ? Type | 0x8000 : Type);
        byte[] head = [(byte)(type >> 8), (byte)(type & 0xff)];
        return IsBasic
            ? [.. head, .. Value.Span]
            : [.. head, (byte)(Value.Length >> 8), (byte)(Value.Length & 0xff), .. Value.Span];
    }

    /// <summary>
    /// Attributes from one offset of a body to another: of a transform in an SA, else of an attribute payload.
    /// </summary>
    [Clause("2408-3.3-01")]
    [Clause("modecfg-3.2-01")]
    internal static bool TryReadAll(
        Body body, int at, int end, out ImmutableArray<DataAttribute> list, out Malformed? malformed)
    {
        var inTransform = body.Type == PayloadType.SecurityAssociation;
        var read = ImmutableArray.CreateBuilder<DataAttribute>();
        (list, malformed) = ([], null);
        while (at < end)
        {
            if (end - at < 4)
            {
                malformed = body.Bad(
                    inTransform ? Defect.TransformAttribute : Defect.ConfigurationAttribute, at,
                    $"{end - at} octets are no attribute");
                return false;
            }

            int type = body.U16(at), value = body.U16(at + 2);
            if ((type & 0x8000) != 0)
            {
                read.Add(new DataAttribute((ushort)(type & 0x7fff), true, body.Part(at + 2, 2)));
                at += 4;
                continue;
            }

            if (value > end - at - 4)
            {
                malformed = body.Bad(
                    inTransform ? Defect.TransformAttributeLength : Defect.ConfigurationAttributeLength, at + 2,
                    $"length {value} where {end - at - 4} octets are left");
                return false;
            }

            read.Add(new DataAttribute((ushort)type, false, body.Part(at + 4, value)));
            at += 4 + value;
        }

        list = read.ToImmutable();
        return true;
    }
}
