using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>Who the ends say they are, and for whom they negotiate (RFC 2407 §4.6.2, RFC 2409 §5.5).</summary>
[JudgesFaults]
public sealed class IdentityTests
{
    private static readonly Octets AddressOfB = new byte[] { 10, 77, 0, 2 };

    public static TheoryData<string, byte, byte, ushort> OtherIdentities => new()
    {
        { "another port", (byte)IdentificationType.Ipv4Address, 17, 4711 },
        { "another protocol", (byte)IdentificationType.Ipv4Address, 6, 0 },
        { "another type", (byte)IdentificationType.Fqdn, 0, 0 },
        { "a type that nobody speaks", 99, 0, 0 },
    };

    /// <summary>RFC 2407 §4.6.2: who proves with the shared key that it is us is not the peer.</summary>
    [Fact]
    [Clause("2407-4.6.2-02")]
    public void OurOwnIdentityIsNotThePeers()
    {
        var pair = new Pair(changeB: s => s with { Connections = [s.Connections[0] with { OwnIdentity = s.Connections[0].PeerIdentity }] });
        pair.Connect(pair.A);
        pair.Settle();
        Assert.DoesNotContain(pair.A.State.Isakmp, e => e.Value.Established is not null);
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.WrongIdentity });
    }

    /// <summary>RFC 2407 §4.2.1, §4.6.2: messages 5 and 6 carry an ID of either end.</summary>
    [Fact]
    [Clause("2407-4.2.1-01")]
    public void EitherEndIsIdentified()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        Assert.All(new[] { pair.A, pair.B }, side => Assert.Equal(
            side.Endpoint.Setup.Connections[0].PeerIdentity, side.State.Isakmp.Values.Single().Phase1.PeerIdentity));
    }

    /// <summary>
    /// RFC 2407 §4.6.2, RFC 2408 §5.8: an identity in another form, or another one, ends the negotiation, though
    /// HASH_R verifies.
    /// </summary>
    [Theory]
    [MemberData(nameof(OtherIdentities))]
    [Clause("2407-4.6.2-02")]
    [Clause("2408-5.8-01")]
    public void OtherIdentityThanExpectedEndsTheExchange(string what, byte type, byte protocol, ushort port)
    {
        var id = new IdentificationPayload((IdentificationType)type, protocol, port, AddressOfB);
        var pair = new Pair(changeB: s => s with { Connections = [s.Connections[0] with { OwnIdentity = id }] });
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.WrongIdentity });
        Assert.True(pair.A.State.Isakmp.IsEmpty, what);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>D-86: a NUL or a dot at the end, another case, a sign in front: each is another identity.</summary>
    [Theory]
    [InlineData("b.example", true)]
    [InlineData("b.example\0", false)]
    [InlineData("b.example.", false)]
    [InlineData("B.EXAMPLE", false)]
    [InlineData("@b.example", false)]
    [InlineData("", false)]
    public void TextOfAnIdentityIsComparedOctetForOctet(string said, bool taken)
    {
        var pair = new Pair(
            changeA: s => s with { Connections = [s.Connections[0] with { PeerIdentity = Name("b.example") }] },
            changeB: s => s with { Connections = [s.Connections[0] with { OwnIdentity = Name(said) }] });
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(taken, pair.A.Pairs.Any());
        Assert.Equal(!taken, pair.A.Told.Any(e => e is Effect.Rejected { Why: Rejection.WrongIdentity }));

        static IdentificationPayload Name(string text)
            => new(IdentificationType.Fqdn, 0, 0, System.Text.Encoding.ASCII.GetBytes(text));
    }

    /// <summary>
    /// RFC 2409 §5.5: without client identities the pair is for the two addresses, any protocol and port.
    /// </summary>
    [Fact]
    [Clause("2409-5.5-06")]
    public void WithoutClientIdentitiesThePairIsForTheAddresses()
    {
        var pair = new Pair(changeA: Hosts, changeB: Hosts);
        pair.Connect(pair.A);
        pair.Settle();
        var made = Assert.Single(pair.A.Pairs);
        Assert.Equal(("10.77.0.1", "10.77.0.2"), ($"{made.Own}", $"{made.Peer}"));
        Assert.Equal((made.Peer, made.Own), (Assert.Single(pair.B.Pairs).Own, pair.B.Pairs.Single().Peer));
        Assert.DoesNotContain(FirstOfQuickMode(pair), p => p is IdentificationPayload);
    }

    /// <summary>
    /// RFC 2409 §5.5: IDci first, IDcr second; other clients than policy has are refused with INVALID-ID-INFORMATION.
    /// </summary>
    [Fact]
    [Clause("2409-5.5-07")]
    [Clause("2409-5.5-08")]
    public void OtherClientsThanPolicyHasAreRefused()
    {
        var pair = new Pair(changeB: setup => WithChild(setup, child => child with { Peer = null }));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Contains(
            pair.A.Told, e => e is Effect.Noted { Type: NotifyType.InvalidIdInformation, Authenticated: true });
        Assert.Empty(pair.A.Pairs);
        var child = pair.A.Endpoint.Setup.Connections[0].Children[0];
        Assert.Equal([child.Own!, child.Peer!], FirstOfQuickMode(pair).OfType<IdentificationPayload>());
    }

    private static EndpointSetup Hosts(EndpointSetup setup)
        => WithChild(setup, child => child with { Own = null, Peer = null });

    private static EndpointSetup WithChild(EndpointSetup setup, Func<ChildPolicy, ChildPolicy> change)
    {
        var connection = setup.Connections[0];
        return setup with { Connections = [connection with { Children = [change(connection.Children[0])] }] };
    }

    /// <summary>The payloads of A's message 1 of Quick Mode.</summary>
    private static ImmutableArray<Payload> FirstOfQuickMode(Pair pair) => Insider.Open(
        pair.A, pair.A.Told.OfType<Effect.Send>().Select(s => s.Datagram)
            .First(d => Insider.HeaderOf(d).ExchangeType == ExchangeType.QuickMode));
}
