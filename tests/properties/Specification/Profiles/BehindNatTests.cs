using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Profiles;
using RefIke.Exchanges.Profiles.NatTraversal;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification.Profiles;

/// <summary>
/// RFC 3947 and RFC 3948 after phase 1: keepalives, a NAT that changes its mind, renewals, a NAT that is only claimed.
/// </summary>
[JudgesFaults]
public sealed class BehindNatTests
{
    /// <summary>
    /// RFC 3948 §4: only the side behind the NAT sends keepalives, every 20 s in which nothing else went, from and to
    /// the ports of UDP encapsulation.
    /// </summary>
    [Fact]
    [Clause("3948-4-01")]
    [Clause("3948-2.3-01")]
    public void OnlyTheSideBehindTheNatSendsKeepalives()
    {
        var nat = new Nat();
        nat.Run(19_999);
        Assert.Empty(nat.Pair.A.Told.OfType<Effect.Keepalive>());
        nat.Run(1);
        var alive = Assert.Single(nat.Pair.A.Told.OfType<Effect.Keepalive>());
        Assert.Equal((4500, 4500), (alive.Local.Port, alive.Remote.Port));
        nat.Run(10_000);
        nat.Pair.Do(nat.Pair.A, new Input.Connect("t", "c"));
        nat.Settle();
        nat.Run(19_999);
        Assert.Single(nat.Pair.A.Told.OfType<Effect.Keepalive>());
        nat.Run(1);
        Assert.Equal(2, nat.Pair.A.Told.OfType<Effect.Keepalive>().Count());
        Assert.Empty(nat.Pair.B.Told.OfType<Effect.Keepalive>());
    }

    /// <summary>RFC 3948 §4: with 0 seconds none go.</summary>
    [Fact]
    [Clause("3948-4-01")]
    public void KeepalivesCanBeSwitchedOff()
    {
        var nat = new Nat(both: c => c with { Nat = new NatTraversalPolicy { Keepalive = 0 } });
        nat.Run(100_000);
        Assert.Empty(nat.Pair.A.Told.OfType<Effect.Keepalive>());
    }

    /// <summary>
    /// RFC 3947 §7, D-175: the NAT makes another mapping; the next verified message moves the SA and its pairs, the
    /// owner is told, and the answer goes to the new place.
    /// </summary>
    [Fact]
    [Clause("3947-7-01")]
    [Clause("3947-8-01")]
    public void VerifiedMessageFromAnotherPortMovesTheSa()
    {
        var nat = new Nat();
        var before = nat.Pair.B.State.Isakmp.Values.Single().Remote;
        nat.Offset += 1000;
        nat.Pair.Do(nat.Pair.A, new Input.Connect("t", "c"));
        nat.Settle();
        var after = nat.Pair.B.State.Isakmp.Values.Single().Remote;
        Assert.Equal(before.Port + 1000, after.Port);
        Assert.Equal(2, nat.Pair.B.Pairs.Count());
        Assert.All(nat.Pair.B.Pairs, p => Assert.Equal(after, p.Remote));
        var moved = Assert.Single(nat.Pair.B.Told.OfType<Effect.PeerMoved>());
        Assert.Equal((before, after, 1), (moved.From, moved.To, moved.Pairs.Length));
        Assert.Equal(2, nat.Pair.A.Pairs.Count());
    }

    /// <summary>A-83, D-175: a replay from elsewhere, and one that does not verify, move nothing.</summary>
    [Fact]
    [Clause("3947-7-01")]
    public void ReplayFromElsewhereMovesNothing()
    {
        var nat = new Nat();
        var before = nat.Pair.B.State.Isakmp.Values.Single().Remote;
        var elsewhere = new IPEndPoint(IPAddress.Parse("10.66.6.6"), 4500);
        var local = nat.Pair.B.Endpoint.Setup.NatLocal;
        foreach (var old in nat.Pair.A.Told.OfType<Effect.Send>().ToArray())
        {
            nat.Pair.Do(nat.Pair.B, new Input.DatagramArrived(local, elsewhere, old.Datagram));
        }

        var forged = Insider.Informational(nat.Pair.A, 99, false, new NoncePayload(new byte[8]));
        nat.Pair.Do(nat.Pair.B, new Input.DatagramArrived(local, elsewhere, forged));
        Assert.Equal(before, nat.Pair.B.State.Isakmp.Values.First().Remote);
        Assert.Empty(nat.Pair.B.Told.OfType<Effect.PeerMoved>());
    }

    /// <summary>RFC 3947 §7: the side behind the NAT does not follow, its peer cannot have moved.</summary>
    [Fact]
    [Clause("3947-7-02")]
    public void SideBehindTheNatFollowsNobody()
    {
        var nat = new Nat();
        var before = nat.Pair.A.State.Isakmp.Values.Single().Remote;
        var real = Insider.Informational(nat.Pair.B, 99, true,
            new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, Octets.Empty, NotifyType.Connected, Octets.Empty));
        nat.Pair.Do(nat.Pair.A, new Input.DatagramArrived(
            nat.Pair.A.Endpoint.Setup.NatLocal, new IPEndPoint(IPAddress.Parse("10.66.6.6"), 4500), real));
        Assert.Contains(nat.Pair.A.Told, e => e is Effect.Noted { Type: NotifyType.Connected, Authenticated: true });
        Assert.Equal(before, nat.Pair.A.State.Isakmp.Values.Single().Remote);
        Assert.Empty(nat.Pair.A.Told.OfType<Effect.PeerMoved>());
    }

    /// <summary>
    /// RFC 3947 §4, D-180: a renewal begins at port 4500 and where the peer is, whoever begins it, and stays there.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Clause("3947-4-04")]
    [Clause("3947-4-06")]
    public void RenewalBeginsWhereTheSaIs(bool byInitiator)
    {
        var nat = new Nat();
        var side = byInitiator ? nat.Pair.A : nat.Pair.B;
        var old = side.State.Isakmp.Values.Single();
        var sent = side.Told.Count;
        nat.Pair.Do(side, new Input.Renew(old.Own));
        nat.Settle();
        Assert.Equal(2, side.Told.OfType<Effect.IsakmpEstablished>().Count());
        Assert.All(side.Told.Skip(sent).OfType<Effect.Send>(),
            s => Assert.Equal((old.Local, old.Remote), (s.Local, s.Remote)));
        var fresh = side.State.Isakmp.Values.Single(e => e.Own != old.Own).Phase1.Nat!;
        Assert.Equal((byInitiator, !byInitiator), (fresh.LocalBehindNat, fresh.RemoteBehindNat));
    }

    /// <summary>
    /// RFC 3947 §4: after the move, an old phase 1 message at port 500 is discarded, and not even answered as a copy.
    /// </summary>
    [Fact]
    [Clause("3947-4-05")]
    public void Phase1AtTheOldPortIsDiscardedAfterTheMove()
    {
        var nat = new Nat();
        var fifth = nat.Pair.A.Told.OfType<Effect.Send>().First(s => s.Local.Port == 4500).Datagram;
        var (b, told) = (nat.Pair.B, nat.Pair.B.Told.Count);
        nat.Pair.Do(b, new Input.DatagramArrived(b.Endpoint.Setup.NatLocal, b.State.Isakmp.Values.Single().Remote,
            fifth));
        Assert.Contains(b.Told.Skip(told), e => e is Effect.Send { IsResend: true });
        told = b.Told.Count;
        nat.Pair.Do(b, new Input.DatagramArrived(b.Endpoint.Setup.Local, b.State.Isakmp.Values.Single().Remote, fifth));
        Assert.IsType<Rejection.UnknownSa>(Assert.IsType<Effect.Rejected>(Assert.Single(b.Told.Skip(told))).Why);
    }

    /// <summary>
    /// A NAT that is claimed and not there: both sides move and encapsulate, the claiming side counts as behind it.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Clause("3947-3.2-02")]
    public void ForcedNatIsFoundByBoth(bool byInitiator)
    {
        Func<EndpointSetup, EndpointSetup> force = s => s with
        {
            Connections = [s.Connections[0] with { Nat = new NatTraversalPolicy { Force = true } }],
        };
        var pair = new Pair(natTraversal: true, changeA: byInitiator ? force : null,
            changeB: byInitiator ? null : force);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.All(new[] { pair.A, pair.B }, side =>
        {
            var facts = side.State.Isakmp.Values.Single().Phase1.Nat!;
            var claims = side == pair.A == byInitiator;
            Assert.Equal((claims, !claims), (facts.LocalBehindNat, facts.RemoteBehindNat));
            Assert.Equal(4500, side.State.Isakmp.Values.Single().Remote.Port);
            Assert.Equal(EncapsulationMode.UdpEncapsulatedTunnel, side.Pairs.Single().Suite.Mode);
        });
    }

    /// <summary>
    /// D-172: the drafts are spoken only where policy says so and the RFC is not: with their payload number 130 and
    /// mode 61443; both speaking the RFC, the RFC rules.
    /// </summary>
    [Theory]
    [InlineData(true, "NAT-T draft 03", EncapsulationMode.UdpEncapsulatedTunnelDraft, PayloadType.NatDiscoveryDraft)]
    [InlineData(false, "NAT-T RFC 3947", EncapsulationMode.UdpEncapsulatedTunnel, PayloadType.NatDiscovery)]
    [Clause("3947-3.1-01")]
    public void DraftRulesOnlyWithoutTheRfc(bool oldPeer, string spoken, EncapsulationMode mode, PayloadType discovery)
    {
        var nat = new Nat(both: c => c with { Nat = new NatTraversalPolicy { Drafts = true } }, hide: oldPeer
            ? VendorIds.NatTraversal : null);
        Assert.All(new[] { nat.Pair.A, nat.Pair.B }, side =>
        {
            Assert.Equal(spoken, side.State.Isakmp.Values.Single().Phase1.Nat!.Variant!.Id.Name);
            Assert.Equal(mode, side.Pairs.Single().Suite.Mode);
            Assert.Equal(2, side.Told.OfType<Effect.Send>()
                .Select(s => MessageReader.TryRead(s.Datagram.Memory, out var m, out _) ? m : null).OfType<Message>()
                .SelectMany(m => m.Payloads).Count(p => p is NatDiscoveryPayload && p.Type == discovery));
        });
    }

    /// <summary>D-172: where policy does not say so, a peer that speaks only drafts speaks no NAT traversal.</summary>
    [Fact]
    [Clause("3947-3.1-01")]
    public void DraftsAreNotSpokenUnlessAsked()
    {
        var drafts = NatVariant.Drafts.Select(v => v.Id.Payload).ToArray();
        var pair = new Pair(natTraversal: true);
        pair.Connect(pair.A);
        var first = pair.Flying.Single();
        pair.Flying.Clear();
        pair.Deliver(first with
        {
            Datagram = Insider.Clear(first.Datagram, all => [.. all.Where(p => p is not VendorIdPayload), .. drafts]),
        });
        var answer = MessageReader.TryRead(pair.Flying.Single().Datagram.Memory, out var m, out _) ? m! : null;
        Assert.DoesNotContain(answer!.Payloads, p => p is VendorIdPayload);
        Assert.Equal(3, pair.B.State.Isakmp.Values.Single().Phase1.PeerVendorIds.Length);
    }

    /// <summary>
    /// RFC 3947 §5.2, D-177, B-32: for transport mode both sides send both addresses as they see them, in a draft each its
    /// own; for tunnel mode none.
    /// </summary>
    [Theory]
    [InlineData(EncapsulationMode.Transport, false, "10.77.0.1 10.77.0.2")]
    [InlineData(EncapsulationMode.Transport, true, "10.77.0.1")]
    [InlineData(EncapsulationMode.Tunnel, false, "")]
    [Clause("3947-5.2-01")]
    [Clause("3947-5.2-02")]
    public void OriginalAddressesGoForTransportModeAlone(EncapsulationMode mode, bool oldPeer, string addresses)
    {
        var nat = new Nat(both: c => c with
        {
            Nat = new NatTraversalPolicy { Drafts = true },
            Children = [c.Children[0] with { Suites = [.. c.Children[0].Suites.Select(s => s.In(_ => mode))] }],
        }, hide: oldPeer ? VendorIds.NatTraversal : null);
        var first = nat.Pair.A.Told.OfType<Effect.Send>()
            .First(s => Insider.HeaderOf(s.Datagram).ExchangeType == ExchangeType.QuickMode);
        var sent = Insider.Open(nat.Pair.A, first.Datagram).OfType<NatOriginalAddressPayload>().ToArray();
        Assert.Equal(addresses, string.Join(' ', sent.Select(p => new IPAddress(p.Address.Span))));
        Assert.All(sent, p => Assert.Equal(oldPeer ? PayloadType.NatOriginalAddressDraft
            : PayloadType.NatOriginalAddress, p.Type));
        var none = mode == EncapsulationMode.Tunnel;
        Assert.Equal(none ? null : "10.77.0.2", nat.Pair.A.Pairs.Single().PeerOriginalAddress?.ToString());
        Assert.Equal(none ? null : "10.77.0.1", nat.Pair.B.Pairs.Single().PeerOriginalAddress?.ToString());
    }

    /// <summary>A pair that is up, A behind a NAT that gives another port, and may give yet another.</summary>
    private sealed class Nat
    {
        private readonly VendorId? hidden;

        /// <param name="hide">A vendor id that the network takes out of message 1, as if A had not said it.</param>
        public Nat(Func<Connection, Connection>? both = null, VendorId? hide = null)
        {
            hidden = hide;
            Pair = new Pair(natTraversal: true,
                both: s => s with { Connections = [both?.Invoke(s.Connections[0]) ?? s.Connections[0]] });
            Pair.Connect(Pair.A);
            Settle();
            Assert.Single(Pair.A.Pairs);
            Assert.Single(Pair.B.Pairs);
        }

        public Pair Pair { get; }

        public int Offset { get; set; } = 30_000;

        public void Settle()
        {
            while (Pair.Flying.Count > 0)
            {
                var next = Pair.Flying[0];
                Pair.Flying.RemoveAt(0);
                var a = Pair.A.Endpoint.Setup;
                if (next.Local.Address.Equals(a.Local.Address))
                {
                    var seen = new IPEndPoint(next.Local.Address, next.Local.Port + Offset);
                    Pair.Do(Pair.B, new Input.DatagramArrived(next.Remote, seen, Shown(next.Datagram)));
                }
                else if (next.Remote.Port - Offset is 500 or 4500)
                {
                    var behind = next.Remote.Port - Offset == 500 ? a.Local : a.NatLocal;
                    Pair.Do(Pair.A, new Input.DatagramArrived(behind, next.Local, Shown(next.Datagram)));
                }
            }
        }

        /// <summary>Lets A's and B's clock run.</summary>
        public void Run(long milliseconds)
        {
            var end = Pair.Now.After(milliseconds);
            while (Due(end) is { } due)
            {
                Pair.Now = due.When;
                Pair.Do(due.Side, new Input.TimerFired(due.Timer));
                Settle();
            }

            Pair.Now = end;
        }

        private (Side Side, TimerId Timer, Instant When)? Due(Instant end)
        {
            var all = new[] { Pair.A, Pair.B }.Where(s => s.State.NextTimer is not null)
                .Select(s => (Side: s, s.State.NextTimer!.Value.Timer, When: s.State.NextTimer.Value.Due))
                    .OrderBy(x => x.When).ToArray();
            return all is [var first, ..] && first.When <= end ? first : null;
        }

        private Octets Shown(Octets datagram)
            => hidden is { } id && MessageReader.TryRead(datagram.Memory, out var m, out _)
                && m!.Payloads.Any(p => p is VendorIdPayload)
                ? Insider.Clear(datagram, all => all.Where(p => p is not VendorIdPayload v || v.Data != id.Data))
                : datagram;
    }
}
