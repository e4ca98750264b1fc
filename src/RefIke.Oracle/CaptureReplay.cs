using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Oracle.Captures;
using RefIke.Oracle.KeyLogs;
using RefIke.Wire;

namespace RefIke.Oracle;

/// <summary>
/// A whole capture: its datagrams handed to the ISAKMP SA that their cookies name (RFC 2408 §3.1); fragments put
/// together first ([MS-IKEE] §2.2).
/// </summary>
/// <param name="Messages">One for each datagram.</param>
/// <param name="Sas">The ISAKMP SAs, in the order in which they begin.</param>
internal sealed record CaptureReplay(ImmutableArray<ReplayedMessage> Messages, ImmutableArray<IsakmpReplay> Sas)
{
    public static CaptureReplay Run(IEnumerable<CapturedDatagram> capture, KeyLog log, Secret? preSharedKey)
    {
        var begun = ImmutableArray.CreateBuilder<IsakmpReplay>();
        var sas = new Dictionary<Cookie, IsakmpReplay>();
        var fragments = new Dictionary<(Cookie, string, ushort), SortedDictionary<byte, FragmentPayload>>();
        var replayed = ImmutableArray.CreateBuilder<ReplayedMessage>();
        foreach (var datagram in capture)
        {
            if (!Header.TryRead(datagram.Octets.Span, out var header, out var malformed))
            {
                replayed.Add(new ReplayedMessage(datagram, null, "", [], malformed!.Reason, null));
                continue;
            }

            if (!sas.TryGetValue(header.InitiatorCookie, out var sa))
            {
                sas[header.InitiatorCookie] = sa = new IsakmpReplay(log, preSharedKey);
                begun.Add(sa);
            }

            if (Fragment(datagram) is not { } fragment)
            {
                replayed.Add(sa.Take(datagram));
                continue;
            }

            var place = (header.InitiatorCookie, $"{datagram.From}", fragment.Id);
            var parts = fragments.TryGetValue(place, out var some) ? some : fragments[place] = [];
            parts[fragment.Number] = fragment;
            var last = parts.Values.LastOrDefault(p => p.IsLast);
            replayed.Add(last is not null && parts.Count == last.Number
                ? sa.Take(datagram with { Octets = (byte[])[.. parts.Values.SelectMany(p => p.Data.ToArray())] },
                    $" (of {parts.Count} fragments)")
                : new ReplayedMessage(datagram, header, $"FRAG {fragment.Number}", [], null, null));
        }

        return new CaptureReplay(replayed.ToImmutable(), begun.ToImmutable());
    }

    private static FragmentPayload? Fragment(CapturedDatagram datagram)
        => (PayloadType)datagram.Octets.Span[16] == PayloadType.Fragment
            && MessageReader.TryRead(datagram.Octets.Memory, out var message, out _)
            ? message!.Payloads.OfType<FragmentPayload>().FirstOrDefault()
            : null;
}
