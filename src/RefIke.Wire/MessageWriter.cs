using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>
/// Messages into datagrams: lengths and next payloads are filled in, reserved fields are zero (RFC 2408 §3).
/// </summary>
public static class MessageWriter
{
    /// <summary>A clear message.</summary>
    [Clause("2408-2.5.2-01")]
    public static byte[] Write(Header header, ImmutableArray<Payload> payloads)
    {
        var chain = WritePayloads(payloads);
        return Join(header with { NextPayload = payloads is [var first, ..] ? first.Type : PayloadType.None }, chain);
    }

    /// <summary>An encrypted message: its first payload's type stays readable in the header (RFC 2408 §3.1).</summary>
    public static byte[] WriteEncrypted(Header header, PayloadType first, ReadOnlySpan<byte> ciphertext)
        => Join(header with { NextPayload = first }, ciphertext);

    /// <summary>A chain of payloads with their generic headers, without padding.</summary>
    public static byte[] WritePayloads(ImmutableArray<Payload> payloads)
    {
        var chain = new List<byte>();
        for (var i = 0; i < payloads.Length; i++)
        {
            var body = payloads[i].Body;
            chain.Add((byte)(i + 1 < payloads.Length ? payloads[i + 1].Type : PayloadType.None));
            chain.Add(0);
            chain.Add((byte)((body.Length + 4) >> 8));
            chain.Add((byte)((body.Length + 4) & 0xff));
            chain.AddRange(body.Span);
        }

        return [.. chain];
    }

    [Clause("2408-3.1-11")]
    private static byte[] Join(Header header, ReadOnlySpan<byte> rest)
    {
        var datagram = new byte[Header.Size + rest.Length];
        (header with { Length = (uint)datagram.Length }).Write(datagram);
        rest.CopyTo(datagram.AsSpan(Header.Size));
        return datagram;
    }
}
