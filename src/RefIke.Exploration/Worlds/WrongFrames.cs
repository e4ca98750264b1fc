using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>Headers and frames of payloads that RFC 2408 §5.1 to §5.3 tells to refuse.</summary>
internal static class WrongFrames
{
    private const int Version = 17;
    private const int Flags = 19;
    private const int MessageId = 20;

    public static ImmutableArray<Offence> All { get; } =
    [
        Offence.InOctets("a Length beyond the datagram", "2408-5.1-01", o => With(o, x => Raw.SetMessageLength(x, x.Length + 4))),
        Offence.InOctets("version 2.0", "2408-3.1-02", o => With(o, x => x[Version] = 0x20)),
        Offence.InOctets("a flag that does not exist", "2408-5.2-02", o => With(o, x => x[Flags] |= 0x80)),
        Offence.InOctets("a message id in phase 1", "2408-2.4-02", o => o.AsSpan(MessageId, 4).IndexOfAnyExcept((byte)0) < 0 ? With(o, x => x[MessageId] = 1) : null),
        Offence.InOctets("no whole number of blocks", "2409-10-03", o => (o[Flags] & 1) == 0 ? null : With(o[..^1], x => Raw.SetMessageLength(x, x.Length))),
        Offence.InClear("RESERVED is not zero", "2408-5.3-01", o => With(o, x => x[Header.Size + 1] = 1)),
        Offence.InClear("a payload shorter than its header", "2408-3.2-01", o => With(o, x => (x[Header.Size + 2], x[Header.Size + 3]) = (0, 3))),
        Offence.InClear("a last payload shorter than its header", "2408-3.2-01", o => With([.. o, 0, 0, 0, 3], x =>
        {
            x[Raw.Payloads(o).Last().At] = (byte)PayloadType.VendorId;
            Raw.SetMessageLength(x, x.Length);
        })),
        Offence.InClear("a payload beyond the message", "2408-3.2-01", o => With(o, x =>
        {
            var last = Raw.Payloads(x).Last().At;
            x[last + 2] = 0x40;
        })),
        Offence.InClear("a payload of a type that has no meaning", "2408-5.3-02", o => With([.. o, 0, 0, 0, 4], x =>
        {
            x[Raw.Payloads(o).Last().At] = 99;
            Raw.SetMessageLength(x, x.Length);
        })),
        Offence.InClear("a proposal follows that is none", "2408-3.5-01", o => Raw.Proposals(o).Any() ? With(o, x => x[Raw.Proposals(x).Last().At] = 5) : null),
        Offence.InClear("more transforms are counted than follow", "2408-3.5-03", o => Raw.Proposals(o).Any() ? With(o, x => x[Raw.Proposals(x).First().At + 7]++) : null),
        Offence.InWords("what must be encrypted in clear", "2409-5.5-01", letter => letter.Under is null || letter.Exchange == ExchangeType.Aggressive ? null
            : letter with { Under = null, Header = letter.Header with { Flags = letter.Header.Flags & ~HeaderFlags.Encryption } }),
    ];

    private static byte[] With(byte[] octets, Action<byte[]> change)
    {
        byte[] copy = [.. octets];
        change(copy);
        return copy;
    }
}
