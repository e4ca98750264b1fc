using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>RFC 3947: what is said, what is found, and where messages go then.</summary>
[JudgesFaults]
public sealed class NatTraversalTests
{
    /// <summary>RFC 3947 §4: behind a NAT the port is not the one that a peer could look for: the identity names none.</summary>
    [Fact]
    [Clause("3947-4-01")]
    [Clause("2407-4.6.2-01")]
    public void IdentityNamesNoPort()
    {
        var pair = PlaceOfMessagesTests.Sent(5, new Pair(natTraversal: true));
        var ids = new List<IdentificationPayload>();
        Insider.Message5(pair.A, pair.Flying.Single().Datagram, p =>
        {
            ids.AddRange(p.OfType<IdentificationPayload>());
            return p;
        });
        var id = Assert.Single(ids);
        Assert.Equal((0, 0), (id.ProtocolId, id.Port));
    }

    /// <summary>
    /// RFC 3947 §4, §5.1: behind a NAT the initiator moves to port 4500 with message 5, the responder answers to
    /// where it came from.
    /// </summary>
    [Fact]
    [Clause("3947-3.2-02")]
    [Clause("3947-4-01")]
    [Clause("3947-4-03")]
    [Clause("3947-5.1-01")]
    [Clause("3947-3-01")]
    public void BehindANatBothMoveToPort4500AndEncapsulateInUdp()
    {
        var pair = new Pair(natTraversal: true);
        pair.Connect(pair.A);
        Through(pair, own => own.Port + 30_000);
        var (a, b) = (pair.A.Told.OfType<Effect.Send>().ToArray(), pair.B.Told.OfType<Effect.Send>().ToArray());
        Assert.Equal([500, 500, 4500, 4500, 4500], a.Select(s => s.Local.Port));
        Assert.Equal([500, 500, 4500, 4500, 4500], a.Select(s => s.Remote.Port));
        Assert.Equal([30_500, 30_500, 34_500, 34_500], b.Select(s => s.Remote.Port));
        Assert.All(
            new[] { pair.A, pair.B },
            s => Assert.Equal(EncapsulationMode.UdpEncapsulatedTunnel, s.Pairs.Single().Suite.Mode));
    }

    /// <summary>RFC 3947 §5.1: without a NAT nothing moves, and the mode is plain tunnel mode.</summary>
    [Fact]
    [Clause("3947-5.1-01")]
    [Clause("2408-2.5.1-01")]
    public void WithoutANatNothingMoves()
    {
        var pair = new Pair(natTraversal: true);
        pair.Connect(pair.A);
        Through(pair, own => own.Port);
        Assert.All(Sent(pair), s => Assert.Equal((500, 500), (s.Local.Port, s.Remote.Port)));
        Assert.Equal(EncapsulationMode.Tunnel, pair.A.Pairs.Single().Suite.Mode);
    }

    /// <summary>
    /// RFC 3947 §3.1, §3.2: the vendor id in messages 1 and 2, then two NAT-D: the hash of the peer's address first,
    /// of one's own next.
    /// </summary>
    [Fact]
    [Clause("3947-3.1-01")]
    [Clause("3947-3.2-01")]
    [Clause("2408-3.16-01")]
    [Clause("3947-3.2-03")]
    public void NatDiscoveryHashesThePeerFirst()
    {
        var pair = new Pair(natTraversal: true);
        pair.Connect(pair.A);
        pair.Settle();
        var clear = Clear(pair).ToArray();
        Assert.Equal(4, clear.Length);
        Assert.All(clear, m => Assert.Equal(
            m.Payloads.Any(p => p is SecurityAssociationPayload), m.Payloads.Any(p => p is VendorIdPayload)));
        var third = clear.First(m => m.Payloads.Any(p => p is KeyExchangePayload));
        Assert.Equal(
            [Hash(third.Header, [10, 77, 0, 2]), Hash(third.Header, [10, 77, 0, 1])],
            third.Payloads.OfType<NatDiscoveryPayload>().Select(p => p.Data));
    }

    /// <summary>
    /// RFC 3947 §3.1, RFC 2408 §3.16: to a peer that does not say that it speaks RFC 3947, no NAT-D goes.
    /// </summary>
    [Fact]
    [Clause("3947-3.1-01")]
    [Clause("2408-3.16-02")]
    public void PeerThatDoesNotSpeakItGetsNoNatDiscovery()
    {
        var pair = new Pair(
            natTraversal: true,
            changeB: s => s with { Connections = [s.Connections[0] with { NatTraversal = false }] });
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.DoesNotContain(Clear(pair), m => m.Payloads.Any(p => p is NatDiscoveryPayload));
    }

    /// <summary>
    /// Everything arrives, what A sends from another port as a NAT would give it, what B answers back at A's own.
    /// </summary>
    private static void Through(Pair pair, Func<IPEndPoint, int> port)
    {
        while (pair.Flying.Count > 0)
        {
            var next = pair.Flying[0];
            pair.Flying.RemoveAt(0);
            var a = pair.A.Endpoint.Setup;
            if (next.Local.Address.Equals(a.Local.Address))
            {
                var seen = new IPEndPoint(next.Local.Address, port(next.Local));
                pair.Do(pair.B, new Input.DatagramArrived(next.Remote, seen, next.Datagram));
            }
            else
            {
                var behind = port(a.Local) == next.Remote.Port ? a.Local : a.NatLocal;
                pair.Do(pair.A, new Input.DatagramArrived(behind, next.Local, next.Datagram));
            }
        }
    }

    private static IEnumerable<Effect.Send> Sent(Pair pair) => pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>();

    /// <summary>The messages of both that were not encrypted.</summary>
    private static IEnumerable<Message> Clear(Pair pair)
        => Sent(pair).Select(s => MessageReader.TryRead(s.Datagram.Memory, out var message, out _) ? message : null)
            .OfType<Message>();

    /// <summary>HASH(CKY-I | CKY-R | IP | Port) with the suite's SHA-1, at port 500.</summary>
    private static Octets Hash(Header header, byte[] address)
    {
        var (i, r) = (header.InitiatorCookie.ToArray(), header.ResponderCookie.ToArray());
        return HashFunction.Sha1.Compute([.. i, .. r, .. address, 500 >> 8, 500 & 0xff]);
    }
}
