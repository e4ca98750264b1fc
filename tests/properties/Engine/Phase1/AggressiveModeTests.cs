using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase1;

/// <summary>What is peculiar to Aggressive Mode (RFC 2409 §5), with a pre-shared key (§5.4).</summary>
[JudgesFaults]
public sealed class AggressiveModeTests
{
    /// <summary>RFC 2409 §5, App. B, D-15, D-16: after a clear message 3 both ends make phase 2's IVs of phase 1's first IV.</summary>
    [Fact]
    [Clause("2409-5-07")]
    public void ThirdMessageInClearIsTakenAndPhase2Works()
    {
        foreach (var clearFromA in new[] { true, false })
        {
            var pair = new Pair(both: setup => InClear(Aggressive(setup)));
            pair.Connect(clearFromA ? pair.A : pair.B);
            pair.Settle();
            Assert.Contains(pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>(),
                s => s.Datagram.Span[18] == 4 && s.Datagram.Span[16] == (byte)PayloadType.Hash && (s.Datagram.Span[19] & 1) == 0);
            Assert.Single(pair.A.Pairs);
            Assert.Single(pair.B.Pairs);
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>D-15: what is sent is encrypted.</summary>
    [Fact]
    public void ThirdMessageIsSentEncrypted()
    {
        var pair = Pair();
        pair.Connect(pair.A);
        pair.Settle();
        var third = pair.A.Told.OfType<Effect.Send>().Where(s => s.Datagram.Span[18] == 4).ElementAt(1);
        Assert.Equal(1, third.Datagram.Span[19] & 1);
    }

    /// <summary>D-04, D-206: message 3 overtaken by Quick Mode's first: message 2 goes out again, Quick Mode waits, no timer is needed.</summary>
    [Fact]
    public void QuickModeThatOvertakesTheThirdMessageWaitsForIt()
    {
        var pair = Pair();
        pair.Connect(pair.B);
        Deliver(pair, 2);
        var third = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        Deliver(pair, 1);
        Assert.Contains(pair.Flying, s => s.IsResend && s.Datagram.Span[18] == 4);
        Assert.Empty(pair.A.Pairs);
        pair.Deliver(third);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
        Assert.Equal(Instant.Zero, pair.Now);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>D-206: what came too long before the peer was authenticated is not taken any more.</summary>
    [Fact]
    public void QuickModeThatWaitedTooLongIsDropped()
    {
        var pair = Pair();
        pair.Connect(pair.B);
        Deliver(pair, 2);
        var third = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        Deliver(pair, 1);
        pair.Flying.Clear();
        pair.Now = pair.Now.After(5_001);
        pair.Deliver(third);
        Assert.Empty(pair.A.State.QuickModes);
    }

    /// <summary>D-04: message 2 goes to an unproved address and has no timer; copies and early messages get it, five times at most.</summary>
    [Fact]
    public void SecondMessageIsNeverTimedAndSeldomResent()
    {
        var pair = Pair();
        pair.Connect(pair.B);
        var first = pair.Flying[0];
        Deliver(pair, 1);
        Assert.DoesNotContain(pair.A.State.Timers.Keys, t => t.Kind == TimerKind.Resend);
        for (var n = 0; n < 50; n++)
        {
            pair.Deliver(first);
        }

        Assert.Equal(5, pair.A.Told.OfType<Effect.Send>().Count(s => s.IsResend));
    }

    /// <summary>Aggressive Mode is accepted only where the connection says so, and Main Mode only where it does not.</summary>
    [Theory]
    [InlineData(ExchangeType.Aggressive, ExchangeType.MainMode)]
    [InlineData(ExchangeType.MainMode, ExchangeType.Aggressive)]
    public void ModeThatTheConnectionDoesNotHaveIsRefused(ExchangeType begun, ExchangeType accepted)
    {
        var pair = new Pair(both: Phase1Setups.As(accepted, AuthenticationMethod.PreSharedKey),
            changeB: Phase1Setups.As(begun, AuthenticationMethod.PreSharedKey));
        pair.Connect(pair.B);
        pair.Settle();
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.WrongExchangeType { Notify: NotifyType.UnsupportedExchangeType } });
        Assert.DoesNotContain(pair.A.Told, e => e is Effect.Send);
    }

    /// <summary>RFC 2409 §5, M-58: one group is offered, that of KE; the suites of other groups stay at home.</summary>
    [Fact]
    [Clause("2409-5-09")]
    public void OfferHasTheGroupOfItsKeyAndNoOther()
    {
        var pair = new Pair("aes128-sha1-modp1024,aes256-sha1-modp2048,3des-md5-modp1024", both: Aggressive);
        pair.Connect(pair.A);
        var sa = Read(pair.Flying[0].Datagram).OfType<SecurityAssociationPayload>().Single();
        var groups = sa.Proposals.Single().Transforms.Select(t => Phase1Suite.TryRead(t, out var s, out _) ? s!.Group.Number : 0);
        Assert.Equal([2, 2], groups);
        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>RFC 2409 §5, D-78: a transform whose group is not that of KE is not chosen, though policy has it.</summary>
    [Fact]
    [Clause("2409-5-09")]
    public void TransformOfAnotherGroupThanTheKeysIsNotChosen()
    {
        var pair = new Pair("aes128-sha1-modp1024", peerPhase1: "aes128-sha1-modp1024,aes128-sha1-modp2048", both: Aggressive);
        var other = new Pair("aes128-sha1-modp2048", both: Aggressive);
        pair.Connect(pair.A);
        other.Connect(other.A);
        var foreign = Read(other.Flying[0].Datagram).OfType<SecurityAssociationPayload>().Single();
        pair.Deliver(pair.Flying[0] with { Datagram = With(pair.Flying[0].Datagram, p => p is SecurityAssociationPayload ? foreign : p) });
        Assert.Contains(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.NothingAcceptable });
        Assert.Empty(pair.B.State.Isakmp);
    }

    /// <summary>RFC 2409 §5.4: the key is found by the identity, whatever address it comes from.</summary>
    [Theory]
    [InlineData("alice", "first")]
    [InlineData("bob", "second")]
    [Clause("2409-5.4-05")]
    [Clause("2407-4.6.2-03")]
    public void KeyIsFoundByTheIdentityFromAnyAddress(string who, string secret)
    {
        var pair = new Pair(both: Aggressive, peerSecret: secret, changeB: setup => setup.With(c => c with { OwnIdentity = KeyId(who) }));
        var known = pair.A.Endpoint.Setup.Connections[0];
        var any = new IPEndPoint(IPAddress.Any, 500);
        var a = Seeded.End(pair.A.Endpoint.Setup with
        {
            Connections =
            [
                known with { Name = "t1", Remote = any, PeerIdentity = KeyId("alice"), PreSharedKey = Secret.Of("first"u8) },
                known with { Name = "t2", Remote = any, PeerIdentity = KeyId("bob"), PreSharedKey = Secret.Of("second"u8) },
            ],
        }, false);
        pair.Connect(pair.B);
        pair.Deliver(pair.Flying[0], a);
        pair.Deliver(pair.Flying[^1]);
        pair.Deliver(pair.Flying[^2], a);
        var entry = Assert.Single(a.State.Isakmp.Values);
        Assert.Equal(who == "alice" ? "t1" : "t2", entry.Connection);
        Assert.Equal(Phase1Step.Established, entry.Phase1.Step);
    }

    /// <summary>D-83: in Main Mode no key is found for an address that no connection names.</summary>
    [Fact]
    [Clause("2409-5.4-02")]
    public void MainModeHasNoKeyForAnyAddress()
    {
        var pair = new Pair(both: s => s.With(c => c with { Remote = new IPEndPoint(IPAddress.Any, 500) }),
            changeB: s => s.With(c => c with { Remote = new IPEndPoint(new IPAddress([10, 77, 0, 1]), 500) }));
        pair.Connect(pair.B);
        pair.Settle();
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.NoPolicy });
        Assert.Empty(pair.A.State.Isakmp);
    }

    /// <summary>RFC 2407 §4.6.2: an identity that policy does not know is refused before any exponentiation, and nothing is kept.</summary>
    [Fact]
    [Clause("2407-4.6.2-02")]
    public void UnknownInitiatorIsRefusedAndNothingIsKept()
    {
        var pair = new Pair(both: Aggressive, changeB: s => s.With(c => c with { OwnIdentity = KeyId("mallory") }));
        pair.Connect(pair.B);
        pair.Settle();
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.WrongIdentity { Notify: NotifyType.InvalidIdInformation } });
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>RFC 2407 §4.6.2: a responder that holds the key but is somebody else ends the exchange.</summary>
    [Fact]
    [Clause("2407-4.6.2-02")]
    public void ResponderWithAnotherIdentityIsRefused()
    {
        var pair = new Pair(both: Aggressive, changeB: s => s.With(c => c with { OwnIdentity = KeyId("mallory") }));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.WrongIdentity });
        Assert.Contains(pair.A.Told, e => e is Effect.ExchangeFailed { Kind: "Aggressive Mode" });
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>RFC 2409 §5.4: with different keys the initiator refuses HASH_R, and the responder HASH_I.</summary>
    [Fact]
    public void OtherKeyIsRefusedByEitherSide()
    {
        foreach (var fromA in new[] { true, false })
        {
            var pair = new Pair(both: Aggressive, peerSecret: "another");
            pair.Connect(fromA ? pair.A : pair.B);
            pair.Settle();
            pair.Run(120_000);
            var initiator = fromA ? pair.A : pair.B;
            Assert.Contains(initiator.Told, e => e is Effect.Rejected { Why: Rejection.HashMismatch { Notify: NotifyType.InvalidHashInformation } });
            Assert.DoesNotContain(pair.A.Told.Concat(pair.B.Told), e => e is Effect.IsakmpEstablished);
            Assert.Empty(pair.A.State.Isakmp);
            Assert.Empty(pair.B.State.Isakmp);
        }
    }

    /// <summary>RFC 2409 §5.4: HASH_I is verified, in clear as well; the exchange waits on for the true one.</summary>
    [Fact]
    public void ForgedThirdMessageIsRefusedAndTheTrueOneStillTaken()
    {
        var pair = new Pair(both: s => InClear(Aggressive(s)));
        pair.Connect(pair.B);
        Deliver(pair, 2);
        var third = pair.Flying[0];
        foreach (var hash in new byte[][] { [], new byte[20], new byte[8] })
        {
            pair.Deliver(third with { Datagram = With(third.Datagram, p => p is HashPayload ? new HashPayload(hash) : p) });
        }

        Assert.Equal(3, pair.A.Told.Count(e => e is Effect.Rejected { Why: Rejection.HashMismatch }));
        Assert.DoesNotContain(pair.A.Told, e => e is Effect.IsakmpEstablished);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>RFC 3947 §3.2, §4: detection in messages 2 and 3, and the initiator floats with message 3.</summary>
    [Fact]
    public void NatTraversalIsDetectedAndNobodyFloatsWithoutNat()
    {
        var pair = new Pair(both: Aggressive, natTraversal: true);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal((true, false), (Only(pair.A).Nat!.Variant is not null, Only(pair.A).Nat!.Found));
        Assert.Equal((true, false), (Only(pair.B).Nat!.Variant is not null, Only(pair.B).Nat!.Found));
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>RFC 3947 §4: a NAT in front of the initiator is found by both, and message 3 goes to port 4500.</summary>
    [Fact]
    [Clause("3947-3.2-03")]
    public void NatInFrontOfTheInitiatorMovesTheThirdMessageToPort4500()
    {
        var pair = new Pair(both: Aggressive, natTraversal: true);
        var outside = new IPEndPoint(new IPAddress([10, 77, 0, 1]), 31000);
        pair.Connect(pair.A);
        pair.Do(pair.B, new Input.DatagramArrived(pair.Flying[0].Remote, outside, pair.Flying[0].Datagram));
        pair.Do(pair.A, new Input.DatagramArrived(pair.A.Endpoint.Setup.Local, pair.B.Endpoint.Setup.Local, pair.Flying[1].Datagram));
        var third = pair.A.Told.OfType<Effect.Send>().ElementAt(1);
        Assert.Equal((4500, 4500), (third.Local.Port, third.Remote.Port));
        Assert.True(Only(pair.A).Nat!.LocalBehindNat);
        pair.Do(pair.B, new Input.DatagramArrived(third.Remote, new IPEndPoint(outside.Address, 31001), third.Datagram));
        Assert.True(Only(pair.B).Nat!.RemoteBehindNat);
        Assert.Equal(31001, pair.B.State.Isakmp.Values.Single().Remote.Port);
    }

    private static Phase1State Only(Side side) => side.State.Isakmp.Values.Single().Phase1;

    private static EndpointSetup Aggressive(EndpointSetup setup)
        => Phase1Setups.As(ExchangeType.Aggressive, AuthenticationMethod.PreSharedKey)(setup);

    /// <summary>An initiator of the other habit: message 3 as RFC 2409 draws it.</summary>
    private static EndpointSetup InClear(EndpointSetup setup) => setup with
    {
        Wiring = setup.Wiring with
        {
            Sends = setup.Wiring.Sends.Add("AggressiveModePsk.Initiator.Hash", (turn, asWritten) =>
            {
                asWritten();
                ((Phase1Turn)turn).Encrypts = false;
            }),
        },
    };

    private static IdentificationPayload KeyId(string name)
        => new(IdentificationType.KeyId, 0, 0, System.Text.Encoding.ASCII.GetBytes(name));

    private static void Deliver(Pair pair, int count)
    {
        for (var n = 0; n < count; n++)
        {
            pair.DeliverNext();
        }
    }

    private static System.Collections.Immutable.ImmutableArray<Payload> Read(Octets datagram)
        => MessageReader.TryRead(datagram.Memory, out var message, out _) ? message!.Payloads : throw new InvalidOperationException("no message");

    private static Octets With(Octets datagram, Func<Payload, Payload> change)
        => MessageReader.TryRead(datagram.Memory, out var message, out _)
            ? MessageWriter.Write(message!.Header, [.. message.Payloads.Select(change)])
            : throw new InvalidOperationException("no message");

    private static Pair Pair() => new(both: Aggressive);
}
