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
internal static class CaptureReplay
{
    public static ImmutableArray<ReplayedMessage> Run(
        IEnumerable<CapturedDatagram> capture, IReadOnlyList<LoggedSecrets> log, Secret? preSharedKey)
    {
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

            var sa = sas.TryGetValue(header.InitiatorCookie, out var known)
                ? known
                : sas[header.InitiatorCookie] = new IsakmpReplay(log, preSharedKey);
            if (Fragment(datagram) is not { } fragment)
            {
                replayed.Add(sa.Take(datagram));
                continue;
            }

            var place = (header.InitiatorCookie, $"{datagram.From}", fragment.Id);
            var parts = fragments.TryGetValue(place, out var begun) ? begun : fragments[place] = [];
            parts[fragment.Number] = fragment;
            var last = parts.Values.LastOrDefault(p => p.IsLast);
            replayed.Add(last is not null && parts.Count == last.Number
                ? sa.Take(datagram with { Octets = (byte[])[.. parts.Values.SelectMany(p => p.Data.ToArray())] },
                    $" (of {parts.Count} fragments)")
                : new ReplayedMessage(datagram, header, $"FRAG {fragment.Number}", [], null, null));
        }

        return replayed.ToImmutable();
    }

    private static FragmentPayload? Fragment(CapturedDatagram datagram)
        => (PayloadType)datagram.Octets.Span[16] == PayloadType.Fragment
            && MessageReader.TryRead(datagram.Octets.Memory, out var message, out _)
            ? message!.Payloads.OfType<FragmentPayload>().FirstOrDefault()
            : null;
}
