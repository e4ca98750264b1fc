using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>A payload as octets: its number and its body, whatever they say.</summary>
internal sealed record RawPayload(byte Type, Octets Body)
{
    public static RawPayload Of(Payload payload) => new((byte)payload.Type, payload.Body);

    /// <summary>The same with another body.</summary>
    public RawPayload With(params byte[] body) => this with { Body = body };
}

/// <summary>A chain of payloads, read and written without asking what the bodies say.</summary>
internal static class Chain
{
    /// <summary>The payloads of a well-formed chain; what follows the last is left out.</summary>
    public static ImmutableArray<RawPayload> Read(byte first, ReadOnlyMemory<byte> octets)
    {
        var payloads = ImmutableArray.CreateBuilder<RawPayload>();
        for (var type = first; type != 0;)
        {
            var length = (octets.Span[2] << 8) | octets.Span[3];
            payloads.Add(new RawPayload(type, octets[4..length]));
            type = octets.Span[0];
            octets = octets[length..];
        }

        return payloads.ToImmutable();
    }

    public static byte[] Write(IReadOnlyList<RawPayload> payloads)
    {
        var octets = new List<byte>();
        for (var n = 0; n < payloads.Count; n++)
        {
            var length = payloads[n].Body.Length + 4;
            octets.AddRange([n + 1 < payloads.Count ? payloads[n + 1].Type : (byte)0, 0, .. Two(length)]);
            octets.AddRange(payloads[n].Body.Span);
        }

        return [.. octets];
    }

    /// <summary>A clear datagram with other payloads behind the same header.</summary>
    public static Octets Clear(Octets datagram, Func<ImmutableArray<RawPayload>, IEnumerable<RawPayload>> change)
    {
        ImmutableArray<RawPayload> payloads = [.. change(Of(datagram))];
        return Join(datagram, payloads is [var first, ..] ? first.Type : (byte)0, Write(payloads));
    }

    /// <summary>The payloads of a clear datagram.</summary>
    public static ImmutableArray<RawPayload> Of(Octets datagram)
        => Read(datagram.Span[16], datagram.Memory[Header.Size..]);

    /// <summary>
    /// A datagram with the header of another: Next Payload and Length as they are due for what follows.
    /// </summary>
    public static Octets Join(Octets header, byte first, ReadOnlySpan<byte> rest)
    {
        byte[] octets = [.. header.Span[..Header.Size], .. rest];
        octets[16] = first;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(octets.AsSpan(24), octets.Length);
        return octets;
    }

    /// <summary>A datagram with other octets from a place on.</summary>
    public static Octets Patched(Octets datagram, int at, params ReadOnlySpan<byte> octets)
    {
        var copy = datagram.ToArray();
        octets.CopyTo(copy.AsSpan(at));
        return copy;
    }

    /// <summary>A number in two octets.</summary>
    public static byte[] Two(int value) => [(byte)(value >> 8), (byte)(value & 0xff)];

    /// <summary>A number in four octets.</summary>
    public static byte[] Four(uint value) => [.. Two((int)(value >> 16)), .. Two((int)(value & 0xffff))];

    /// <summary>The SA payload with its proposals changed.</summary>
    public static RawPayload Sa(RawPayload payload, Func<SecurityAssociationPayload, SecurityAssociationPayload> change)
    {
        var bare = new Header(new Cookie(1), default, PayloadType.SecurityAssociation, 0x10, ExchangeType.MainMode, 0,
            0, 0);
        byte[] header = new byte[Header.Size];
        bare.Write(header);
        return MessageReader.TryRead(Join(header, 1, Write([payload])).Memory, out var message, out var malformed)
            ? RawPayload.Of(change((SecurityAssociationPayload)message!.Payloads[0]))
            : throw new InvalidOperationException(malformed!.Reason);
    }

    /// <summary>The offer with each of its transforms changed.</summary>
    public static RawPayload Transforms(RawPayload sa, Func<TransformPayload, TransformPayload> change)
        => Sa(sa, p => p with
        {
            Proposals = [.. p.Proposals.Select(o => o with { Transforms = [.. o.Transforms.Select(change)] })],
        });
}
