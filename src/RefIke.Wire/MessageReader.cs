using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>
/// Datagrams into messages. Nothing here throws on what a peer sent; bodies are views of the datagram.
/// </summary>
public static class MessageReader
{
    /// <summary>Reads a clear message. Up to three zero octets after the chain are alignment (D-22).</summary>
    [Clause("2408-5.1-02")]
    public static bool TryRead(ReadOnlyMemory<byte> datagram, out Message? message, out Malformed? malformed)
        => TryRead(datagram, [], out message, out malformed);

    /// <summary>The same where payloads of some types have an encrypted body, and can be read only later (RFC 2409 §5.2, §5.3).</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> datagram, ReadOnlySpan<PayloadType> encryptedBodies, out Message? message, out Malformed? malformed)
    {
        message = null;
        if (!Header.TryRead(datagram.Span, out var header, out malformed))
        {
            return false;
        }

        var chain = datagram[Header.Size..(int)header.Length];
        if (!TryReadPayloads(header.NextPayload, chain, Header.Size, encryptedBodies, out var payloads, out var consumed, out malformed))
        {
            return false;
        }

        var rest = chain.Span[consumed..];
        if (rest.Length > 3 || rest.IndexOfAnyExcept((byte)0) >= 0)
        {
            malformed = new Malformed(Defect.OctetsAfterPayloads, PayloadType.None, 24,
                $"{rest.Length} octets after the last payload");
            return false;
        }

        message = new Message(header, payloads);
        return true;
    }

    /// <summary>
    /// Reads a chain of payloads; what stands after <paramref name="consumed"/> octets is padding. Bodies stay as
    /// received.
    /// </summary>
    [Clause("2409-3.2-03")]
    public static bool TryReadPayloads(PayloadType first, ReadOnlyMemory<byte> octets, int offset,
        out ImmutableArray<Payload> payloads, out int consumed, out Malformed? malformed)
        => TryReadPayloads(first, octets, offset, [], out payloads, out consumed, out malformed);

    private static bool TryReadPayloads(PayloadType first, ReadOnlyMemory<byte> octets, int offset,
        ReadOnlySpan<PayloadType> encryptedBodies, out ImmutableArray<Payload> payloads, out int consumed,
        out Malformed? malformed)
    {
        (payloads, consumed) = ([], 0);
        var read = ImmutableArray.CreateBuilder<Payload>();
        var reader = new IsakmpReader(first, octets.Span, offset);
        while (reader.TryNext(out malformed))
        {
            var body = new Body(reader.Type, octets.Slice(reader.BodyStart, reader.Body.Length),
                offset + reader.BodyStart);
            if ((encryptedBodies.Contains(reader.Type) ? new EncryptedBodyPayload(reader.Type, body.Octets)
                : PayloadReader.Read(body, out malformed)) is not { } payload)
            {
                return false;
            }

            read.Add(payload with { Received = body.Octets });
        }

        if (malformed is null && read.Count == 0)
        {
            malformed = new Malformed(Defect.NoPayload, PayloadType.None, 16, "no payload at all");
        }

        if (malformed is not null)
        {
            return false;
        }

        (payloads, consumed) = (read.ToImmutable(), reader.Position);
        return true;
    }
}
