using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase2;
using RefIke.Properties.Engine.Phase1;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Engine.RemoteAccess.AccessSetups;

namespace RefIke.Properties.Engine.RemoteAccess;

/// <summary>
/// Hosts that share a group's secret, and so the identity of phase 1, at one connection for any address: none touches
/// what another has.
/// </summary>
[JudgesFaults]
public sealed class SeveralHostsTests
{
    private readonly Side edge;
    private readonly Side first;
    private readonly Side second;
    private Instant now;

    public SeveralHostsTests()
    {
        edge = Seeded.End(GivesAddress(Edge(Group(Pair.Setup(
            "B", 2, 1, "aes128-sha1-modp1024", "aes128-sha1", "group", 1, false, 3600))).With(
                c => c with { Remote = new IPEndPoint(IPAddress.Any, 500) })), true);
        (first, second) = (Host(1), Host(3));
        Do(first, new Input.Connect("t", "c"));
        Do(second, new Input.Connect("t", "c"));
    }

    /// <summary>Each has its address and its pair, and the edge device sends on both.</summary>
    [Fact]
    [Clause("modecfg-3.4-03")]
    public void EachHasItsPair()
    {
        Assert.Equal([1, 1, 2], ((Side[])[first, second, edge]).Select(s => s.Pairs.Count()));
        Assert.All(edge.Pairs, p => Assert.Equal(PairStanding.Current, p.Standing));
        Assert.Equal(2, edge.Pairs.Select(p => p.Peer.FirstAddress).Distinct().Count());
    }

    /// <summary>A rekey by the edge device goes to the host that has the pair.</summary>
    [Fact]
    public void RekeyGoesToTheHostThatHasThePair()
    {
        foreach (var host in (Side[])[first, second])
        {
            now = now.After(100_000);
            var old = Assert.Single(host.Pairs);
            Do(edge, new Input.Rekey(old.PeerSpi));
            Assert.Equal([PairStanding.Current, PairStanding.Replaced], host.Pairs.Select(p => p.Standing).Order());
        }
    }

    /// <summary>A Delete of the edge device goes under the ISAKMP SA of the host that has the pair.</summary>
    [Fact]
    [Clause("2408-5.15-01")]
    public void DeleteGoesToTheHostThatHasThePair()
    {
        Do(edge, new Input.DeletePair(first.Pairs.Single().PeerSpi));
        Assert.Empty(first.Pairs);
        Assert.Single(second.Pairs);
        Assert.Single(edge.Pairs);
    }

    /// <summary>S-14: one host cannot delete another's pair by naming its SPI.</summary>
    [Fact]
    [Clause("2408-5.15-04")]
    public void HostCannotDeleteAnothersPair()
    {
        var spi = second.Pairs.Single().Spi;
        var octets = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(octets, spi);
        var forged = Specification.Insider.Informational(
            first, 77, true, new DeletePayload(Doi.Ipsec, Protocol.Esp, 4, [octets]));
        Do(edge, new Input.DatagramArrived(edge.Endpoint.Setup.Local, first.Endpoint.Setup.Local, forged));
        Assert.Equal(2, edge.Pairs.Count());
    }

    private static Side Host(int n) => new(new RefIke.Engine.Endpoint(GetsAddress(AccessSetups.Host(Group(Pair.Setup(
        $"A{n}", n, 2, "aes128-sha1-modp1024", "aes128-sha1", "group", 1, false, 3600))))));

    private static EndpointSetup Group(EndpointSetup setup) => setup.With(c => c with
    {
        Mode = ExchangeType.Aggressive,
        OwnIdentity = setup.Name == "B" ? KeyId("edge") : KeyId("group"),
        PeerIdentity = setup.Name == "B" ? KeyId("group") : KeyId("edge"),
        Children = [.. c.Children.Select(k => k with { Own = setup.Name == "B" ? k.Own : null, Peer = Selector.ToPayload(new IPAddress([10, 77, 2, 0]), 24) })],
    });

    private static IdentificationPayload KeyId(string id)
        => new(IdentificationType.KeyId, 0, 0, Text(id));

    /// <summary>An order or a datagram, and all that follows from it.</summary>
    private void Do(Side side, Input input)
    {
        now = now.After(10);
        var due = new Queue<(Side To, Input Input)>([(side, input)]);
        while (due.TryDequeue(out var next))
        {
            var (state, effects) = next.To.Step(next.To.State, now, next.Input);
            next.To.State = state;
            next.To.Told.AddRange(effects);
            foreach (var sent in effects.OfType<Effect.Send>())
            {
                var to = ((Side[])[edge, first, second]).Single(s => s?.Endpoint.Setup.Local.Address.Equals(sent.Remote.Address) == true);
                due.Enqueue((to, new Input.DatagramArrived(sent.Remote, sent.Local, sent.Datagram)));
            }
        }
    }
}
