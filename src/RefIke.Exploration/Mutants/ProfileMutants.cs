using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Profiles;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Exploration.Worlds;
using RefIke.Wire;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>Fragments, dead peers, XAUTH and Mode Config.</summary>
internal static class ProfileMutants
{
    public static IEnumerable<Mutant> All => [.. Fragments, .. DeadPeers, .. RemoteAccesses];

    private static IEnumerable<Mutant> Fragments =>
    [
        Policy("M-21", "a message is cut for a peer that has not said that it gathers fragments", "2408-3.16-02", connection
            => connection.Fragmentation is { } policy ? connection with { Fragmentation = policy with { Force = true } } : connection),
        Before("M-131", "the last fragment a second time ends its message", "msikee-2.2-04", (state, _, input)
            => input is Input.DatagramArrived d && Fragment(d.Datagram) is { } part
                && state.Fragments.FirstOrDefault(s => s.Value.Id == part.Id && s.Value.Parts.ContainsKey(part.Number)) is { Value: not null } set
                ? state with { Fragments = state.Fragments.Remove(set.Key) } : state),
        Setup("M-156", "the messages that have come in part are not bounded", "msikee-2.2-04",
            setup => setup with { Limits = setup.Limits with { FragmentSets = int.MaxValue, FragmentSetsPerAddress = int.MaxValue } }),
        Taken("M-178", "a fragment with number 0 is the first", "msikee-2.2-04", (letter, _)
            => letter.With<FragmentPayload>(f => f.Number == 0 ? f with { Number = 1 } : f)),
        Setup("M-938", "the fragments of one message are not bounded", "msikee-2.2-04",
            setup => setup with { Limits = setup.Limits with { Fragments = int.MaxValue, FragmentedMessage = int.MaxValue } }),
        Setup("M-939", "what has come in part is kept for a day", "msikee-2.2-04",
            setup => setup with { Timing = setup.Timing with { Fragments = 86_400_000 } }),
        States("M-940", "a message that is sent again is cut under another number", "msikee-2.2-02", (_, after) => after with
        {
            Isakmp = after.Isakmp.ToImmutableSortedDictionary(e => e.Key, e => e.Value.Cut is [.., var last]
                ? e.Value with { Cut = [(Octets.Empty, last.Id)] } : e.Value),
        }),
    ];

    private static IEnumerable<Mutant> DeadPeers =>
    [
        States("M-170", "a peer is asked that has not said that it answers", "3706-5.1-01", (_, after) => after with
        {
            Isakmp = after.Isakmp.ToImmutableSortedDictionary(e => e.Key, e => e.Value.Established is null
                && !e.Value.Phase1.PeerVendorIds.Contains(VendorIds.DeadPeerDetection)
                ? e.Value with { Phase1 = e.Value.Phase1 with { PeerVendorIds = e.Value.Phase1.PeerVendorIds.Add(VendorIds.DeadPeerDetection) } }
                : e.Value),
        }),
        Arriving("M-171", "R-U-THERE and its answer are believed in clear", "3706-5.2-02", (d, state)
            => Letter.Open(d, [state], null) is { Under: null, Exchange: ExchangeType.Informational, Header.MessageId: not 0 } letter
                && Letter.Entry(state, letter.Header) is { Established: not null } entry
                && letter.Payloads is [NotificationPayload { NotifyType: NotifyType.RUThere or NotifyType.RUThereAck }]
                ? Letter.Informational(entry.Phase1, letter.Header.MessageId, letter.Payloads).Write() : d),
        Taken("M-172", "an answer with any number says that the peer lives", "3706-6.1-03", (letter, state)
            => Letter.Entry(state, letter.Header)?.Liveness?.Asked is { } asked ? letter.With<NotificationPayload>(
                n => n.NotifyType == NotifyType.RUThereAck ? n with { Data = Octets4(asked) } : n) : letter),
        Before("M-173", "the number of a question rises each time it is sent", "3706-6.2-01", (state, _, input)
            => input is Input.TimerFired { Timer: { Kind: TimerKind.PeerSilent, Own: var own } }
                && state.Isakmp.GetValueOrDefault(own.Value) is { Liveness: { Asked: { } asked } known } entry
                ? state with { Isakmp = state.Isakmp.SetItem(own.Value, entry with { Liveness = known with { Asked = asked + 1 } }) } : state),
        Sent("M-941", "an answer to R-U-THERE has the next number", "3706-6.1-01", (letter, _) => letter.With<NotificationPayload>(
            n => n is { NotifyType: NotifyType.RUThereAck, Data.Length: 4 }
                ? n with { Data = Octets4(BinaryPrimitives.ReadUInt32BigEndian(n.Data.Span) + 1) } : n)),
        Inputs("M-942", "the peer's traffic is no proof that it lives", "3706-5.4-01",
            (_, input) => input is Input.TrafficSeen ? null : input),
        States("M-943", "an old question is answered again and again", "3706-6.2-02", (_, after) => after with
        {
            Isakmp = after.Isakmp.ToImmutableSortedDictionary(e => e.Key, e => e.Value.Liveness is { } known
                ? e.Value with { Liveness = known with { PeerAsked = null, AnsweredAgain = 0 } } : e.Value),
        }),
    ];

    private static IEnumerable<Mutant> RemoteAccesses =>
    [
        Before("M-174", "Quick Mode is spoken while XAUTH is open", "xauth-6-01", (state, now, input)
            => input is Input.DatagramArrived d && Header.TryRead(d.Datagram.Span, out var header, out _)
                && header.ExchangeType == ExchangeType.QuickMode && Letter.Entry(state, header) is { Established: not null, Access: { } access } entry
                ? state with { Isakmp = state.Isakmp.SetItem(entry.Own.Value, entry with { Access = access with { Step = AccessStep.Open } }) }
                : state),
        Steps("M-175", "a verdict that the host sends is believed", "xauth-6-02", (before, _, input, after, effects)
            => input is Input.DatagramArrived d && Letter.Open(d.Datagram, [before], null) is { Exchange: ExchangeType.Transaction } letter
                && letter.Payloads.OfType<AttributesPayload>().Any(a => XauthAttributes.StatusIn(a.List) == true)
                && Letter.Entry(after, letter.Header) is { Access: { Step: AccessStep.Xauth } access } entry
                ? (after with { Isakmp = after.Isakmp.SetItem(entry.Own.Value, entry with { Access = access with { Step = AccessStep.Open } }) }, effects)
                : (after, effects)),
        Steps("M-176", "an address that nobody asked for is taken", "modecfg-5.1-02", (before, _, input, after, effects)
            => input is Input.DatagramArrived d && Letter.Open(d.Datagram, [before], null) is { Exchange: ExchangeType.Transaction } letter
                && letter.Payloads.OfType<AttributesPayload>().FirstOrDefault(a => a.MessageType == ConfigurationMessage.Set) is { } set
                && AssignedConfiguration.Read(set.List) is { Address: not null } assigned
                && Letter.Entry(after, letter.Header) is { Access: { } access } entry
                ? (after with { Isakmp = after.Isakmp.SetItem(entry.Own.Value, entry with { Access = access with { Assigned = assigned } }) }, effects)
                : (after, effects)),
        Taken("M-944", "the identifier of an answer is not compared with that of the question", "modecfg-3.2-02", (letter, state)
            => Letter.Entry(state, letter.Header) is { } entry
                && state.Transactions.GetValueOrDefault((entry.Own.Value, letter.Header.MessageId))?.State is { Role: Role.Initiator, Identifier: var id }
                ? letter.With<AttributesPayload>(a => a.Identifier == id ? a : a with { Identifier = id }) : letter),
        Setup("M-945", "the steps of XAUTH and Mode Config may take a day", "xauth-6-02",
            setup => setup with { Timing = setup.Timing with { AccessStep = 86_400_000 } }),
        Policy("M-946", "any password lets a user in", "xauth-6.1-03", connection => connection.Xauth is XauthPolicy.EdgeDevice edge
            ? connection with { Xauth = edge with { Users = new Everybody() } } : connection),
        Taken("M-947", "a REPLY of another type than that of the REQUEST is taken", "xauth-6.2-03", (letter, _)
            => letter.With<AttributesPayload>(a => a.MessageType == ConfigurationMessage.Reply
                && a.List.Any(x => x.Type == (ushort)ConfigurationAttribute.XauthType)
                ? a with { List = [.. a.List.Where(x => x.Type != (ushort)ConfigurationAttribute.XauthType)] } : a)),
    ];

    private static FragmentPayload? Fragment(Octets datagram)
        => Letter.Open(datagram, [], null) is { Payloads: [FragmentPayload part] } ? part : null;

    private static Octets Octets4(uint number)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        return octets;
    }

    private sealed class Everybody : IUserVerifier
    {
        public bool Verify(XauthCredentials credentials) => true;
    }
}
