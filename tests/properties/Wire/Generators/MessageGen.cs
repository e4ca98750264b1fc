using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using RefIke.Wire;

namespace RefIke.Properties.Wire.Generators;

/// <summary>Well-formed headers, and clear messages of one to eight payloads.</summary>
internal static class MessageGen
{
    /// <summary>
    /// A header that a receiver takes: cookie not zero, version 1.0, no reserved flag (RFC 2408 §3.1).
    /// </summary>
    public static Gen<Header> Header =>
        from initiator in NumberGen.Long.Two().Where(halves => halves.Item1 != 0 || halves.Item2 != 0)
        from responder in Gen.OneOf(Gen.Constant((0u, 0u)), NumberGen.Long.Two().Select(h => (h.Item1, h.Item2)))
        from next in NumberGen.Of<PayloadType>()
        from type in NumberGen.Of<ExchangeType>()
        from flags in Gen.Choose(0, 7)
        from id in Gen.OneOf(Gen.Constant(0u), NumberGen.Long)
        select new Header(Cookie(initiator.Item1, initiator.Item2), Cookie(responder.Item1, responder.Item2), next,
            0x10, type, (HeaderFlags)flags, id, RefIke.Wire.Header.Size);

    public static Gen<Message> Clear =>
        from header in Header
        from count in Gen.Choose(1, 8)
        from payloads in PayloadGen.One.ArrayOf(count)
        select Of(header, [.. payloads]);

    /// <summary>A clear message whose header says what follows: first payload, length, no encryption.</summary>
    public static Message Of(Header header, ImmutableArray<Payload> payloads) => new(
        header with
        {
            Flags = header.Flags & ~HeaderFlags.Encryption,
            NextPayload = payloads[0].Type,
            Length = (uint)(RefIke.Wire.Header.Size + payloads.Sum(p => 4 + p.Body.Length)),
        },
        payloads);

    private static Cookie Cookie(uint high, uint low) => new(((ulong)high << 32) | low);
}
