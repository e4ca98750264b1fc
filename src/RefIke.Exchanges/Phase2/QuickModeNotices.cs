using System.Collections.Immutable;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase2;

/// <summary>
/// The status notifies that go in a Quick Mode's messages, where HASH(1), HASH(2) or HASH(4) covers them and they are
/// sent again with it (RFC 2407 §4.6.3).
/// </summary>
public static class QuickModeNotices
{
    /// <summary>
    /// INITIAL-CONTACT, for message 1: the sender has no other SA with the peer. It names the ISAKMP SA by its cookies
    /// (RFC 2407 §4.6.3.3).
    /// </summary>
    [Clause("2407-4.6.3.3-01")]
    public static NotificationPayload InitialContact(Phase1State phase1)
        => new(Doi.Ipsec, Protocol.Isakmp, phase1.Spi, NotifyType.InitialContact, Octets.Empty);

    /// <summary>CONNECTED, for message 4: the responder's SAs are up (RFC 2408 §3.14.1).</summary>
    internal static NotificationPayload Connected(AgreedPair pair) => new(Doi.Ipsec, pair.Main.Suite.Protocol,
        OwnSpis.Field(pair.Main.Suite.Protocol, pair.Main.OwnSpi), NotifyType.Connected, Octets.Empty);

    /// <summary>
    /// RESPONDER-LIFETIME, for message 2: for each protocol whose life ends here before the offered one, the lives that
    /// count, named by our inbound SPI (RFC 2407 §4.5.4, §4.6.3.1; D-127).
    /// </summary>
    [Clause("2407-4.5.4-02")]
    [Clause("2407-4.6.3.1-01")]
    internal static IEnumerable<NotificationPayload> ResponderLifetimes(
        Chosen chosen, OwnSpis own, KnownGroups groups)
        => from p in chosen.Protocols
           let offered = ProtocolSuite.Read(p.Suite.Protocol, p.Offered, out _, groups)
           where offered is not null && offered != p.Suite
           select new NotificationPayload(Doi.Ipsec, p.Suite.Protocol, own.For(p.Suite.Protocol),
               NotifyType.ResponderLifetime, DataAttribute.WriteAll(Attributes.Life((ushort)IpsecAttribute.LifeType,
                   (ushort)IpsecAttribute.LifeDuration, p.Suite.LifeSeconds, p.Suite.LifeKilobytes)));

    /// <summary>
    /// The initiator's choice with the lives that the responder has told; none grows by it, and what cannot be read or
    /// names another SA changes nothing (D-127).
    /// </summary>
    [Clause("2407-4.6.3.1-01")]
    internal static Chosen Obey(Chosen chosen, IEnumerable<NotificationPayload> heard)
        => heard.Where(n => n.NotifyType == NotifyType.ResponderLifetime).Aggregate(chosen, (all, notify) => all with
        {
            Protocols =
                [.. all.Protocols.Select(p => Names(notify, p) ? p with { Suite = Shortened(p.Suite, notify) } : p)],
        });

    /// <summary>REPLAY-STATUS, for message 2: whether the responder detects replays (RFC 2407 §4.6.3.2).</summary>
    [Clause("2407-4.6.3.2-01")]
    internal static IEnumerable<NotificationPayload> ReplayStatus(Chosen chosen, OwnSpis own, bool? detects)
        => detects is { } yes
            ? chosen.Protocols.Where(p => p.Suite is not IpcompSuite).Select(p => new NotificationPayload(
                Doi.Ipsec, p.Suite.Protocol, own.For(p.Suite.Protocol), NotifyType.ReplayStatus,
                new byte[] { 0, 0, 0, (byte)(yes ? 1 : 0) }))
            : [];

    private static bool Names(NotificationPayload notify, ChosenProtocol p)
        => notify.Protocol == p.Suite.Protocol && notify.Spi == OwnSpis.Field(p.Suite.Protocol, p.PeerSpi);

    private static ProtocolSuite Shortened(ProtocolSuite suite, NotificationPayload notify)
        => DataAttribute.TryReadAll(notify.Data, out var list) && Attributes.TryReadIpsec(list, out var lives, out _)
            ? suite.NoLongerThan(lives.Seconds, lives.Kilobytes)
            : suite;
}
