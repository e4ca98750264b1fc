using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Properties.Fuzzing;

/// <summary>Ways to spoil a message: octet by octet, one field, one payload.</summary>
internal static class Mutation
{
    private static readonly byte[] PayloadTypes =
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20, 21, 33, 128, 130, 131, 132, 200, 255];

    /// <summary>Some octets changed, taken out or put in, the end cut off or another message's end put there.</summary>
    public static byte[] Octets(Random random, byte[] octets, byte[] other)
    {
        var list = octets.ToList();
        for (var n = random.Next(1, 5); n > 0 && list.Count > 0; n--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(8))
            {
                case 0:
                    list.RemoveAt(at);
                    break;
                case 1:
                    list.Insert(at, (byte)random.Next(256));
                    break;
                case 2 when random.Next(3) == 0:
                    list.RemoveRange(at, list.Count - at);
                    break;
                case 3 when random.Next(3) == 0:
                    list.RemoveRange(at, list.Count - at);
                    list.AddRange(other.Skip(at));
                    break;
                case 4:
                    list[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    list[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. list];
    }

    /// <summary>One field given a value that it should not have, or an unusual one.</summary>
    public static void Change(Random random, byte[] octets, IReadOnlyList<Field> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        var field = fields[random.Next(fields.Count)];
        var place = octets.AsSpan(field.At, field.Width);
        ulong old = 0;
        foreach (var octet in place)
        {
            old = (old << 8) | octet;
        }

        var value = unchecked(random.Next(9) switch
        {
            0 => 0UL,
            1 => ulong.MaxValue,
            2 => old + 1,
            3 => old - 1,
            4 => old ^ (1UL << random.Next(8 * field.Width)),
            5 => (ulong)random.Next(40),
            6 => PayloadTypes[random.Next(PayloadTypes.Length)],
            7 => old * 2,
            _ => (ulong)random.NextInt64(),
        });
        for (var i = field.Width - 1; i >= 0; i--)
        {
            place[i] = (byte)(value & 0xff);
            value >>= 8;
        }
    }

    /// <summary>
    /// One field or one payload of a chain spoiled; lengths and next payloads fit again where a payload was.
    /// </summary>
    public static (byte First, byte[] Chain) Chain(Random random, byte first, byte[] chain)
    {
        if (random.Next(2) == 0)
        {
            var changed = (byte[])chain.Clone();
            Change(random, changed, Fields.OfChain(first, chain, 0));
            return (first, changed);
        }

        var parts = Parts(first, chain);
        if (parts.Count == 0)
        {
            return (first, chain);
        }

        var at = random.Next(parts.Count);
        var (type, body) = parts[at];
        switch (random.Next(11))
        {
            case 0:
                parts.RemoveAt(at);
                break;
            case 1:
                parts.Insert(random.Next(parts.Count + 1), parts[at]);
                break;
            case 2:
                (parts[at], parts[0]) = (parts[0], parts[at]);
                break;
            case 3:
                parts[at] = (type, body[..random.Next(body.Length + 1)]);
                break;
            case 4:
                parts[at] = (type, [.. body, .. Some(random, random.Next(1, 300))]);
                break;
            case 5:
                parts[at] = (PayloadTypes[random.Next(PayloadTypes.Length)], body);
                break;
            case 6 when random.Next(10) == 0:
                parts.AddRange(Enumerable.Repeat(parts[at], 64));
                break;
            case 7 when parts.FindIndex(p => p.Type == 1) is var sa and >= 0:
                parts[sa] = (1, Negotiated(random, parts[sa].Body));
                break;
            default:
                parts.Insert(random.Next(parts.Count + 1), Payload(random));
                break;
        }

        return Join(parts);
    }

    /// <summary>Random octets.</summary>
    public static byte[] Some(Random random, int length)
    {
        var octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }

    /// <summary>A payload of any type, its body often near what that type demands.</summary>
    private static (byte Type, byte[] Body) Payload(Random random)
    {
        var type = PayloadTypes[random.Next(PayloadTypes.Length)];
        byte U8(int below) => (byte)random.Next(below);
        byte[] body = random.Next(3) == 0 ? Some(random, random.Next(2) * random.Next(40)) : type switch
        {
            5 => [U8(12), U8(18), 0, 0, .. Some(random, new[] { 4, 8, 16, 32 }[random.Next(4)])],
            10 => Some(random, random.Next(300)),
            11 => [0, 0, 0, 1, U8(5), U8(20), U8(2), U8(40), .. Some(random, random.Next(24))],
            12 => [0, 0, 0, 1, U8(5), 4, 0, U8(3), .. Some(random, 4 * random.Next(3))],
            14 => [U8(5), 0, 0, 1, .. Attribute(random), .. Attribute(random)],
            21 or 131 => [U8(6), 0, 0, 0, .. Some(random, random.Next(2) == 0 ? 4 : 16)],
            _ => Some(random, random.Next(40)),
        };
        return (type, body);
    }

    private static byte[] Attribute(Random random)
    =>
    [
        (byte)(random.Next(2) * 0x80), (byte)random.Next(20), 0, (byte)random.Next(12),
        .. Some(random, random.Next(12)),
    ];

    /// <summary>
    /// An SA whose syntax is right and whose proposals, transforms or attributes are not what they were.
    /// </summary>
    private static byte[] Negotiated(Random random, byte[] body)
    {
        byte[] whole = [0, 0, (byte)((body.Length + 4) >> 8), (byte)((body.Length + 4) & 0xff), .. body];
        if (!MessageReader.TryReadPayloads(PayloadType.SecurityAssociation, whole, 0, out var read, out _, out _)
            || read is not [SecurityAssociationPayload { Proposals: [_, ..] } sa])
        {
            return body;
        }

        var proposals = sa.Proposals.ToBuilder();
        var at = random.Next(proposals.Count);
        var p = proposals[at];
        var transforms = p.Transforms.ToBuilder();
        var t = random.Next(transforms.Count);
        switch (random.Next(8))
        {
            case 0:
                proposals.Insert(at, p with { Number = unchecked((byte)(p.Number + random.Next(2))) });
                break;
            case 1:
                proposals[at] = p with { Spi = Some(random, random.Next(20)) };
                break;
            case 2:
                proposals[at] = p with { Protocol = (Protocol)random.Next(5) };
                break;
            case 3:
                transforms.Insert(t, transforms[t] with { Id = (byte)random.Next(16) });
                proposals[at] = p with { Transforms = transforms.ToImmutable() };
                break;
            default:
                transforms[t] = transforms[t] with { Attributes = Attributes(random, transforms[t].Attributes) };
                proposals[at] = p with { Transforms = transforms.ToImmutable() };
                break;
        }

        return new SecurityAssociationPayload(sa.Doi, sa.Situation, sa.Labels, proposals.ToImmutable()).Body.ToArray();
    }

    /// <summary>
    /// One attribute gone, twice, of another class, or with another value in either form and of any length.
    /// </summary>
    private static ImmutableArray<DataAttribute> Attributes(Random random, ImmutableArray<DataAttribute> list)
    {
        var attributes = list.ToBuilder();
        if (attributes.Count == 0)
        {
            return [DataAttribute.Basic((ushort)random.Next(20), 1)];
        }

        var at = random.Next(attributes.Count);
        var (type, _, value) = attributes[at];
        switch (random.Next(7))
        {
            case 0:
                attributes.RemoveAt(at);
                break;
            case 1:
                attributes.Insert(random.Next(attributes.Count), attributes[at]);
                break;
            case 2:
                attributes[at] = attributes[at] with { Type = (ushort)random.Next(20) };
                break;
            case 3:
                attributes[at] = DataAttribute.Variable(type, value);
                break;
            case 4:
                attributes[at] = DataAttribute.Variable(type, Some(random, random.Next(12)));
                break;
            case 5:
                attributes[at] = DataAttribute.Number(type, (ulong)random.NextInt64());
                break;
            default:
                attributes[at] = DataAttribute.Basic(type, (ushort)random.Next(20));
                break;
        }

        return attributes.ToImmutable();
    }

    private static List<(byte Type, byte[] Body)> Parts(byte first, byte[] chain)
    {
        var parts = new List<(byte, byte[])>();
        var reader = new IsakmpReader((PayloadType)first, chain, 0);
        while (reader.TryNext(out _))
        {
            parts.Add(((byte)reader.Type, reader.Body.ToArray()));
        }

        return parts;
    }

    private static (byte First, byte[] Chain) Join(List<(byte Type, byte[] Body)> parts)
    {
        var chain = new List<byte>();
        for (var i = 0; i < parts.Count; i++)
        {
            var length = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(parts[i].Body.Length + 4));
            chain.AddRange([i + 1 < parts.Count ? parts[i + 1].Type : (byte)0, 0, .. length, .. parts[i].Body]);
        }

        return (parts.Count > 0 ? parts[0].Type : (byte)0, [.. chain]);
    }
}
