using System.Buffers.Binary;

namespace RefIke.Properties.Fuzzing;

/// <summary>One field of a message: where it stands and how wide it is, in octets.</summary>
internal readonly record struct Field(string Name, int At, int Width);

/// <summary>
/// Where the fields of a well-formed message stand (RFC 2408 §3). A reader of its own, so that it shares no fault with
/// the library's.
/// </summary>
internal static class Fields
{
    /// <summary>The header's fields (RFC 2408 §3.1).</summary>
    public static IReadOnlyList<Field> OfHeader { get; } =
    [
        new("CKY-I", 0, 8), new("CKY-R", 8, 8), new("Next Payload", 16, 1), new("Version", 17, 1),
        new("Exchange Type", 18, 1), new("Flags", 19, 1), new("Message ID", 20, 4), new("Length", 24, 4),
    ];

    /// <summary>The fields of a chain of payloads that begins at an offset with a payload of this type.</summary>
    public static List<Field> OfChain(byte type, ReadOnlySpan<byte> octets, int at)
    {
        var fields = new List<Field>();
        while (type != 0 && Generic(fields, octets, at, octets.Length) is { } end)
        {
            Body(fields, type, octets[..end], at + 4);
            (type, at) = (octets[at], end);
        }

        return fields;
    }

    /// <summary>A generic header (RFC 2408 §3.2); where its payload ends, or null where it does not fit.</summary>
    private static int? Generic(List<Field> fields, ReadOnlySpan<byte> octets, int at, int limit)
    {
        if (at + 4 > limit || U16(octets, at + 2) is var length && (length < 4 || at + length > limit))
        {
            return null;
        }

        fields.AddRange([new("Next Payload", at, 1), new("RESERVED", at + 1, 1), new("Payload Length", at + 2, 2)]);
        return at + U16(octets, at + 2);
    }

    private static void Body(List<Field> fields, byte type, ReadOnlySpan<byte> octets, int at)
    {
        int[] widths = type switch
        {
            1 => [4, 4],            // DOI, situation
            5 => [1, 1, 2, 4],      // ID type, protocol, port, data
            11 => [4, 1, 1, 2],     // DOI, protocol, SPI size, notify type
            12 => [4, 1, 1, 2, 4],  // DOI, protocol, SPI size, number of SPIs, the first
            _ => [2, 2],
        };
        var start = at;
        foreach (var width in widths)
        {
            if (at + width <= octets.Length)
            {
                fields.Add(new($"body of {type}", at, width));
            }

            at += width;
        }

        if (type == 1)
        {
            Proposals(fields, octets, start + 8);
        }
    }

    private static void Proposals(List<Field> fields, ReadOnlySpan<byte> octets, int at)
    {
        while (at + 8 <= octets.Length && Generic(fields, octets, at, octets.Length) is { } end)
        {
            fields.AddRange([new("Proposal #", at + 4, 1), new("Protocol-ID", at + 5, 1), new("SPI Size", at + 6, 1),
                new("# of Transforms", at + 7, 1)]);
            var transform = at + 8 + octets[at + 6];
            while (transform + 8 <= end && Generic(fields, octets, transform, end) is { } stop)
            {
                fields.AddRange([new("Transform #", transform + 4, 1), new("Transform-ID", transform + 5, 1),
                    new("RESERVED2", transform + 6, 2)]);
                Attributes(fields, octets[..stop], transform + 8);
                transform = stop;
            }

            at = end;
        }
    }

    private static void Attributes(List<Field> fields, ReadOnlySpan<byte> octets, int at)
    {
        while (at + 4 <= octets.Length)
        {
            fields.AddRange([new("Attribute Type", at, 2), new("Attribute Value", at + 2, 2)]);
            at += (octets[at] & 0x80) != 0 ? 4 : 4 + U16(octets, at + 2);
        }
    }

    private static int U16(ReadOnlySpan<byte> octets, int at) => BinaryPrimitives.ReadUInt16BigEndian(octets[at..]);
}
