using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine;

/// <summary>What an endpoint refuses of a peer that speaks the syntax and breaks a rule; its record stays as it was.</summary>
[JudgesFaults]
public sealed class RefusalTests
{
    private static readonly int KeLength = GroupList.Get(2).PublicLength;

    public static TheoryData<string, byte[]> BadPublicValues => new()
    {
        { "0", new byte[KeLength] },
        { "1", [.. new byte[KeLength - 1], 1] },
        { "beyond p", [.. Enumerable.Repeat((byte)0xff, KeLength)] },
        { "one octet short", [.. Enumerable.Repeat((byte)0x55, KeLength - 1)] },
    };

    /// <summary>RFC 2409 §5 (length), RFC 6989 §2.1 (range): the exchange waits on, and comes up with the true message.</summary>
    [Theory]
    [MemberData(nameof(BadPublicValues))]
    [Clause("2409-5-05")]
    [Clause("2408-5.7-01")]
    public void PublicValueOutsideItsGroupIsRefusedAndTheExchangeWaitsOn(string what, byte[] value)
    {
        foreach (var asInitiator in new[] { true, false })
        {
            var pair = new Pair();
            pair.Connect(asInitiator ? pair.A : pair.B);
            Deliver(pair, asInitiator ? 3 : 2);
            var before = pair.A.State.Isakmp.Values.Single().Phase1;
            var good = pair.Flying.Single();
            pair.Deliver(good with { Datagram = With(good.Datagram, p => p is KeyExchangePayload ? new KeyExchangePayload(value) : p) });
            Assert.True(before == pair.A.State.Isakmp.Values.Single().Phase1, what);
            Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.BadPublicValue });
            pair.Settle();
            Assert.Single(pair.B.Pairs);
        }
    }

    /// <summary>RFC 2409 §5, RFC 2408 §4.2: the answer must be one of the transforms offered.</summary>
    [Fact]
    [Clause("2409-5-14")]
    public void ChoiceThatWasNotOfferedIsRefusedAndTheExchangeWaitsOn()
    {
        var pair = new Pair("aes128-sha1-modp1024", peerPhase1: "aes128-sha1-modp1024");
        var other = new Pair("3des-md5-modp1024");
        pair.Connect(pair.A);
        other.Connect(other.A);
        var foreign = Sa(other.Flying.Single().Datagram);
        Deliver(pair, 1);
        var before = pair.A.State.Isakmp.Values.Single().Phase1;
        var good = pair.Flying.Single();
        pair.Deliver(good with { Datagram = With(good.Datagram, p => p is SecurityAssociationPayload ? foreign : p) });
        Assert.Equal(before, pair.A.State.Isakmp.Values.Single().Phase1);
        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>RFC 2408 §2.5.3: a cookie depends on the parties and on a secret, and none is met twice.</summary>
    [Fact]
    [Clause("2408-2.5.3-02")]
    public void ResponderCookieIsFreshForEachExchangeAndAddress()
    {
        var seen = new HashSet<ulong>();
        for (var n = 0; n < 5; n++)
        {
            var pair = new Pair(seed: 5);
            pair.Connect(pair.B);
            var first = pair.Flying.Single();
            var octets = first.Datagram.ToArray();
            octets[7] ^= (byte)n;
            pair.Deliver(first with { Datagram = octets });
            Assert.True(seen.Add(pair.A.State.Isakmp.Values.Single().Own.Value));
        }
    }

    /// <summary>RFC 2408 §2.5.3: what an unproved address can make an endpoint keep is bounded.</summary>
    [Fact]
    [Clause("2408-1.7.1-01")]
    public void FloodOfFirstMessagesIsBoundedAndAnEstablishedPeerStillWorks()
    {
        var pair = new Pair();
        pair.Connect(pair.B);
        var first = pair.Flying.Single();
        pair.Settle();
        for (var n = 1; n <= 200; n++)
        {
            var octets = first.Datagram.ToArray();
            (octets[0], octets[1]) = ((byte)n, (byte)(n >> 8));
            pair.Deliver(first with { Datagram = octets });
        }

        Assert.InRange(pair.A.State.Isakmp.Count, 2, 1 + new Limits().HalfOpenPerAddress);
        pair.Flying.Clear();
        pair.Do(pair.B, new Input.Rekey(pair.B.Pairs.Single().Spi));
        pair.Settle();
        Assert.Equal(2, pair.A.Pairs.Count());
    }

    /// <summary>The initiator of a pair rekeys it before its responder would, so that they seldom collide (D-139).</summary>
    [Fact]
    public void InitiatorRekeysBeforeTheResponderWould()
    {
        var pair = new Pair(life: 1000);
        pair.Connect(pair.A);
        pair.Settle();
        pair.Run(900_000);
        Assert.Equal(Role.Initiator, pair.A.State.Sending("t", "c")!.Role);
        Assert.Equal(2, pair.A.Told.OfType<Effect.PairEstablished>().Count());
    }

    private static void Deliver(Pair pair, int count)
    {
        for (var n = 0; n < count; n++)
        {
            pair.DeliverNext();
        }
    }

    private static SecurityAssociationPayload Sa(Octets datagram)
        => MessageReader.TryRead(datagram.Memory, out var message, out _)
            ? message!.Payloads.OfType<SecurityAssociationPayload>().Single()
            : throw new InvalidOperationException("not a message");

    private static Octets With(Octets datagram, Func<Payload, Payload> change)
        => MessageReader.TryRead(datagram.Memory, out var message, out _)
            ? MessageWriter.Write(message!.Header, [.. message.Payloads.Select(change)])
            : throw new InvalidOperationException("not a message");

    /// <summary>RFC 2409 §5: HASH_R is no HASH_I; a peer that sends ours back has not proved that it can make one.</summary>
    [Fact]
    [Clause("2409-5-18")]
    public void OurOwnHashComeBackIsNoProof()
    {
        var pair = PlaceOfMessagesTests.Sent(6);
        var p = pair.A.State.Isakmp.Values.Single().Phase1;
        var HASH_I = KeySchedule.Rfc2409.HASH_I(p.Suite!.Prf, p.Keys!.SKEYID, p.g_xi.Span, p.g_xr.Span, p.CKY_I.ToArray(),
            p.CKY_R.ToArray(), p.SAi_b.Span, p.IDii!.Body.Span);
        var good = pair.Flying.Single();
        pair.Deliver(good with { Datagram = Insider.Message6(pair.A, good.Datagram, all => [all[0], new HashPayload(HASH_I)]) });
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.HashMismatch });
        Assert.Null(pair.A.State.Isakmp.Values.Single().Established);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>A point that is not on the curve of its group: refused, and the true one is taken after it (RFC 6989 §2.3).</summary>
    [Fact]
    [Clause("2409-5-05")]
    public void PointThatIsNotOnTheCurveIsRefused()
    {
        var pair = PlaceOfMessagesTests.Sent(3, new Pair("aes128-sha256-ecp256"));
        var good = pair.Flying.Single();
        pair.Deliver(good with
        {
            Datagram = Insider.Clear(good.Datagram, p => p.Select(x => x is KeyExchangePayload ke
                ? new KeyExchangePayload((byte[])[.. ke.Data.Span[..^1], (byte)(ke.Data.Span[^1] ^ 1)]) : x)),
        });
        Assert.Contains(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.BadPublicValue });
        Assert.Single(pair.Flying);
        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }
}
