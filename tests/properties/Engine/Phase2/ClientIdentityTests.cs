using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase2;
using RefIke.Properties.Engine.RemoteAccess;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>Client identities as ranges, with protocols and ports (RFC 2409 §5.5, RFC 2407 §4.6.2).</summary>
[JudgesFaults]
public sealed class ClientIdentityTests
{
    /// <summary>
    /// RFC 2407 §4.6.2: ranges and subnets, of both families, with protocol and port, become the pair's traffic.
    /// </summary>
    [Theory]
    [InlineData(IdentificationType.Ipv4Range, "0a010005" + "0a010009", 0, 0, "10.1.0.5-10.1.0.9")]
    [InlineData(IdentificationType.Ipv4Range, "0a010005" + "0a010005", 17, 1701, "10.1.0.5[17/1701]")]
    [InlineData(IdentificationType.Ipv4Subnet, "0a010000" + "ffff0000", 6, 443, "10.1.0.0-10.1.255.255[6/443]")]
    [InlineData(IdentificationType.Ipv4Subnet, "0a010203" + "ffff0000", 50, 0, "10.1.0.0-10.1.255.255[50/0]")]
    [InlineData(IdentificationType.Ipv6Address, "20010db8000000000000000000000001", 58, 0, "2001:db8::1[58/0]")]
    [InlineData(IdentificationType.Ipv6Subnet,
        "20010db8000000000000000000000000" + "ffffffffffffffff0000000000000000", 0, 0, "2001:db8::-2001:db8::ffff:ffff:ffff:ffff")]
    [InlineData(IdentificationType.Ipv6Range,
        "20010db8000000000000000000000001" + "20010db8000000000000000000000003", 0, 0, "2001:db8::1-2001:db8::3")]
    [Clause("2409-5.5-06")]
    [Clause("2407-4.6.2.2-01")]
    public void TrafficIsWhatBothIdentitiesSay(
        IdentificationType type, string data, byte protocol, ushort port, string traffic)
    {
        var own = new IdentificationPayload(type, protocol, port, Octets.FromHex(data));
        var peer = Selector.ToPayload(new IPAddress([10, 2, 0, 0]), 16);
        var pair = Between((own, peer), (peer, own));
        var (a, b) = (Assert.Single(pair.A.Pairs), Assert.Single(pair.B.Pairs));
        Assert.Equal((traffic, "10.2.0.0-10.2.255.255"), ($"{a.Own}", $"{a.Peer}"));
        Assert.Equal((a.Own, a.Peer), (b.Peer, b.Own));
    }

    /// <summary>D-91: the same traffic named by another type of identity is the same traffic.</summary>
    [Fact]
    [Clause("2409-5.5-08")]
    public void SubnetAndRangeOfTheSameAddressesAreOne()
    {
        var subnet = Selector.ToPayload(new IPAddress([10, 1, 0, 0]), 16);
        var range = new IdentificationPayload(IdentificationType.Ipv4Range, 0, 0, Octets.FromHex("0a010000" + "0a01ffff"));
        var peer = Selector.ToPayload(new IPAddress([10, 2, 0, 0]), 16);
        Assert.Single(Between((range, peer), (peer, subnet)).A.Pairs);
    }

    /// <summary>
    /// RFC 2409 §5.5: another port, protocol or end of a range is other traffic: INVALID-ID-INFORMATION.
    /// </summary>
    [Theory]
    [InlineData("0a010005" + "0a010009", 17, 1702)]
    [InlineData("0a010005" + "0a010009", 6, 1701)]
    [InlineData("0a010005" + "0a010009", 0, 0)]
    [InlineData("0a010005" + "0a01000a", 17, 1701)]
    [InlineData("0a010009" + "0a010005", 17, 1701)]
    [Clause("2409-5.5-08")]
    public void OtherTrafficIsRefused(string data, byte protocol, ushort port)
    {
        var known = new IdentificationPayload(
            IdentificationType.Ipv4Range, 17, 1701, Octets.FromHex("0a010005" + "0a010009"));
        var other = new IdentificationPayload(IdentificationType.Ipv4Range, protocol, port, Octets.FromHex(data));
        var peer = Selector.ToPayload(new IPAddress([10, 2, 0, 0]), 16);
        var pair = Between((other, peer), (peer, known));
        Assert.Empty(pair.A.Pairs);
        Assert.Contains(pair.A.Told, e => e is Effect.Noted { Type: NotifyType.InvalidIdInformation, Authenticated: true });
    }

    /// <summary>
    /// D-90: the answer's identities must name the traffic that was asked for; in another type they may.
    /// </summary>
    [Theory]
    [InlineData(IdentificationType.Ipv4Range, "0a020000" + "0a02ffff", true)]
    [InlineData(IdentificationType.Ipv4Subnet, "0a020000" + "ffffff00", false)]
    [InlineData(IdentificationType.Ipv4Range, "0a020000" + "0a03ffff", false)]
    [Clause("2409-5.5-10")]
    public void OtherAnswersThanTheSameTrafficAreRefused(IdentificationType type, string data, bool taken)
    {
        var own = Selector.ToPayload(new IPAddress([10, 1, 0, 0]), 16);
        var peer = Selector.ToPayload(new IPAddress([10, 2, 0, 0]), 16);
        var pair = new Pair(
            changeA: Suites.Child(c => c with { Own = own, Peer = peer }),
            changeB: Suites.Child(c => c with { Own = peer, Peer = own }));
        pair.Connect(pair.A);
        while (Insider.HeaderOf(pair.Flying[0].Datagram).ExchangeType != ExchangeType.QuickMode
            || pair.Flying[0].Remote.Equals(pair.B.Endpoint.Setup.Local))
        {
            pair.DeliverNext();
        }

        var answer = pair.Flying.Single();
        pair.Flying.Clear();
        var other = new IdentificationPayload(type, 0, 0, Octets.FromHex(data));
        pair.Deliver(answer with
        {
            Datagram = Insider.Answer(pair.A, answer.Datagram, all => all.Select(
                p => p is IdentificationPayload { Data: var d } && d == peer.Data ? other : p)),
        });
        Assert.Equal(taken, pair.A.Pairs.Any());
        Assert.Equal(!taken, pair.A.Told.Any(e => e is Effect.Rejected { Why: Rejection.ChoiceNotOffered }));
    }

    private static Pair Between(
        (IdentificationPayload Own, IdentificationPayload Peer) a, (IdentificationPayload Own, IdentificationPayload Peer) b)
    {
        var pair = new Pair(
            changeA: Suites.Child(c => c with { Own = a.Own, Peer = a.Peer }),
            changeB: Suites.Child(c => c with { Own = b.Own, Peer = b.Peer }));
        pair.Connect(pair.A);
        pair.Settle();
        return pair;
    }
}
