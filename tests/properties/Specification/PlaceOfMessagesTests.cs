using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Engine;
using RefIke.Properties.Engine.RemoteAccess;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// A message is taken in its place alone: SA, exchange type, message id, protection, payloads (RFC 2408 §5.2, RFC
/// 2409 §4, §5).
/// </summary>
[JudgesFaults]
public sealed class PlaceOfMessagesTests
{
    /// <summary>RFC 2408 §5.2: cookies that belong to no SA.</summary>
    [Fact]
    [Clause("2408-5.2-01")]
    public void MessageForNoSaIsDropped()
    {
        var pair = Sent(3);
        Refused<Rejection.UnknownSa>(pair, Patched(pair, (9, 0x5A)));
    }

    /// <summary>
    /// RFC 2409 §5: the exchange type of an exchange does not change; none is begun that is not spoken.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [Clause("2409-5-03")]
    [Clause("2408-5.2-02")]
    public void OtherExchangeTypeIsRefused(int message)
    {
        var pair = Sent(message);
        Refused<Rejection.WrongExchangeType>(pair, Patched(pair, (18, (byte)ExchangeType.Aggressive)));
    }

    /// <summary>
    /// RFC 2408 §2.4, RFC 2409 §4: Main Mode has the message id of phase 1, and a phase 2 id makes no other exchange
    /// of it.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [Clause("2409-4-01")]
    [Clause("2408-2.4-02")]
    public void MainModeWithAMessageIdIsRefused(int message)
    {
        var pair = Sent(message);
        Refused<Rejection.BadMessageId>(pair, Patched(pair, (23, 1)));
    }

    /// <summary>RFC 2409 §4, RFC 2408 §2.4: Quick Mode needs an ISAKMP SA that is up, and a message id.</summary>
    [Fact]
    [Clause("2409-4-02")]
    [Clause("2408-2.4-03")]
    public void QuickModeBeforePhase1OrWithoutMessageIdIsRefused()
    {
        var early = Sent(5);
        Refused<Rejection.Unexpected>(early, Patched(early, (18, (byte)ExchangeType.QuickMode), (23, 1)));
        var first = Sent(7);
        Refused<Rejection.BadMessageId>(first, Patched(first, (20, 0), (21, 0), (22, 0), (23, 0)));
    }

    /// <summary>RFC 2408 §3.1: the message id of an exchange that was forgotten is not taken again.</summary>
    [Fact]
    [Clause("2408-3.1-10")]
    public void MessageIdOfAForgottenExchangeIsRefused()
    {
        var pair = Sent(7);
        var first = pair.Flying.Single();
        pair.Settle();
        pair.Run(new Timing().Remember + 1);
        Assert.Empty(pair.B.State.QuickModes);
        pair.Flying.Add(first);
        Refused<Rejection.BadMessageId>(pair, first.Datagram);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>RFC 2409 §10: no more Quick Modes are open under one ISAKMP SA than the limit says.</summary>
    [Fact]
    [Clause("2409-10-01")]
    public void QuickModesUnderOneSaAreBounded()
    {
        var pair = new Pair(changeB: setup => setup with { Limits = setup.Limits with { OpenQuickModes = 1 } });
        pair.Connect(pair.A);
        pair.Settle();
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        Refused<Rejection.LimitReached>(pair, pair.Flying.Single().Datagram);
    }

    /// <summary>
    /// RFC 2409 §5.4, RFC 2408 §5.4: the connection and its key are found by the address; an unknown one gets
    /// nothing.
    /// </summary>
    [Fact]
    [Clause("2409-5.4-02")]
    [Clause("2408-5.4-04")]
    public void AddressWithoutPolicyGetsNoAnswer()
    {
        var pair = Sent(1);
        var stranger = new System.Net.IPEndPoint(System.Net.IPAddress.Parse("10.77.0.99"), 500);
        var (after, effects) = pair.B.Step(pair.B.State, pair.Now, new Input.DatagramArrived(
            pair.B.Endpoint.Setup.Local, stranger, pair.Flying.Single().Datagram));
        Assert.IsType<Rejection.NoPolicy>(Assert.IsType<Effect.Rejected>(Assert.Single(effects)).Why);
        Assert.Empty(after.Isakmp);
    }

    /// <summary>RFC 2408 §3.1, RFC 2409 §5.4, §5.5: encrypted too early, or in clear where HDR* is due.</summary>
    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 0)]
    [InlineData(7, 0)]
    [InlineData(7, (byte)HeaderFlags.AuthenticationOnly)]
    [Clause("2408-3.1-13")]
    [Clause("2408-3.1-04")]
    [Clause("2409-5.5-01")]
    public void WrongProtectionIsRefused(int message, byte flags)
    {
        var pair = Sent(message);
        Refused<Rejection.WrongProtection>(pair, Patched(pair, (19, flags)));
    }

    /// <summary>
    /// RFC 2409 §5: SA first; each payload of the place once, none of another place; ID in message 5.
    /// </summary>
    [Fact]
    [Clause("2409-5-04")]
    [Clause("2409-5-21")]
    [Clause("2408-4.1-02")]
    [Clause("2407-4.2.1-02")]
    public void OtherPayloadsThanThoseOfThePlaceAreRefused()
    {
        var vendor = new VendorIdPayload(new byte[16]);
        Broken(1, p => [vendor, .. p]);
        Broken(1, p => [.. p, p[0]]);
        Broken(1, p => [.. p, new KeyExchangePayload(new byte[128]), new NoncePayload(new byte[16])]);
        Broken(3, p => [p[0]]);
        Broken(3, p => [.. p, p[1]]);
        Broken(3, p => [.. p, new HashPayload(new byte[20])]);
        var pair = Sent(5);
        Refused<Rejection.WrongPayloads>(pair, Insider.Message5(pair.A, pair.Flying.Single().Datagram, p => [p[1]]));

        static void Broken(int message, Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
        {
            var sent = Sent(message);
            Refused<Rejection.WrongPayloads>(sent, Insider.Clear(sent.Flying.Single().Datagram, change));
        }
    }

    /// <summary>RFC 2409 §5.5: HASH first, SA next; neither both orders, nor one client identity alone.</summary>
    [Fact]
    [Clause("2409-5.5-02")]
    [Clause("2409-5.5-03")]
    [Clause("2409-5-21")]
    public void QuickModeOfAnotherOrderIsRefused()
    {
        Broken(p => [p[1], p[0], .. p[2..]]);
        Broken(p => [p[0], p[2], p[1], .. p[3..]]);
        Broken(p => p[..^1]);
        Broken(p => p[1..]);

        static void Broken(Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
        {
            var pair = Sent(7);
            var changed = Insider.FirstOfPhase2(pair.A, pair.Flying.Single().Datagram, change);
            Refused<Rejection.WrongPayloads>(pair, changed);
        }
    }

    /// <summary>RFC 2409 §5.5: the nonce may stand behind the identities, a notify among them; HASH(1) covers them as they stand.</summary>
    [Fact]
    [Clause("2409-5.5-22")]
    public void NonceMayStandAnywhereBehindTheSa()
    {
        var pair = Sent(7);
        var sent = pair.Flying.Single();
        pair.Flying.RemoveAt(0);
        var notify = new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, Octets.Empty, (NotifyType)40_000, Octets.Empty);
        pair.Deliver(sent with { Datagram = Insider.Rehashed(pair.A, sent.Datagram, p => [p[0], notify, .. p[2..], p[1]]) });
        Assert.DoesNotContain(pair.B.Told, e => e is Effect.Rejected);
        Assert.Single(pair.Flying);
    }

    /// <summary>
    /// RFC 2408 §3.9, §3.10, §3.16, §5.9, §5.10; RFC 2409 §5: CERT, CR and unknown vendor ids change nothing, and add
    /// no message.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Clause("2408-3.9-01")]
    [Clause("2408-3.10-01")]
    [Clause("2408-3.16-03")]
    [Clause("2408-5.9-01")]
    [Clause("2408-5.10-01")]
    [Clause("2409-5-08")]
    public void CertificatesRequestsAndVendorIdsArePassedOver(int message)
    {
        var pair = Sent(message);
        var sent = pair.Flying.Single();
        pair.Flying[0] = sent with
        {
            Datagram = Insider.Clear(sent.Datagram, p =>
            [
                .. p,
                new CertificatePayload((CertificateEncoding)200, new byte[9]),
                new CertificateRequestPayload((CertificateEncoding)200, new byte[9]),
                new VendorIdPayload(new byte[11]),
            ]),
        };
        pair.Deliver(pair.Flying[0]);
        pair.Flying.RemoveAt(0);
        Assert.DoesNotContain(pair.A.Told.Concat(pair.B.Told), e => e is Effect.Rejected);
        Assert.Single(pair.Flying);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>
    /// RFC 2408 §5.11: a HASH that does not verify, in message 5 and in message 1 of Quick Mode.
    /// </summary>
    [Fact]
    [Clause("2408-5.11-01")]
    [Clause("2409-5-17")]
    [Clause("2409-5.5-11")]
    public void MessageWhoseHashDoesNotVerifyIsDropped()
    {
        var wrong = new HashPayload(new byte[20]);
        var pair = Sent(5);
        Refused<Rejection.HashMismatch>(
            pair, Insider.Message5(pair.A, pair.Flying.Single().Datagram, p => [p[0], wrong]));
        pair = Sent(7);
        Refused<Rejection.HashMismatch>(
            pair, Insider.FirstOfPhase2(pair.A, pair.Flying.Single().Datagram, p => [wrong, .. p[1..]]));
        Assert.All(new[] { 0, 8, 19 }, octets => Refused<Rejection.HashMismatch>(pair, Insider.FirstOfPhase2(
            pair.A, pair.Flying.Single().Datagram, p => [new HashPayload(p[0].Body.Slice(0, octets)), .. p[1..]])));
    }

    /// <summary>RFC 2409 §7.2: the responder's pair is up with message 3, not before.</summary>
    [Fact]
    [Clause("2409-7.2-01")]
    [Clause("2409-5.5-20")]
    public void ResponderOfQuickModeWaitsForMessage3()
    {
        var pair = Sent(9);
        Assert.Single(pair.A.Pairs);
        Assert.Empty(pair.B.Pairs);
        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>D-28: before the peer is authenticated its messages come from one host; the port may change.</summary>
    [Fact]
    public void MessageOfAnotherHostBeforeAuthenticationIsRefused()
    {
        var pair = Sent(3);
        var sent = pair.Flying.Single();
        var known = pair.B.Told.Count;
        pair.Deliver(sent with { Local = new IPEndPoint(new IPAddress([10, 77, 0, 3]), 500) });
        Assert.IsType<Rejection.UnknownSa>(Assert.IsType<Effect.Rejected>(pair.B.Told.Skip(known).Single()).Why);
        pair.Flying[0] = sent with { Local = new IPEndPoint(sent.Local.Address, 1024) };
        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>D-30: one CKY-I of two hosts begins two exchanges; each is answered to where it came from.</summary>
    [Fact]
    public void TwoHostsMayChooseOneCookie()
    {
        var third = new IPEndPoint(new IPAddress([10, 77, 0, 3]), 500);
        var pair = Sent(1, new Pair(changeB: s => s with
        {
            Connections = [s.Connections[0], s.Connections[0] with { Name = "other", Remote = third }],
        }));
        var first = pair.Flying.Single();
        pair.Flying.Clear();
        pair.Deliver(first);
        pair.Deliver(first with { Local = third });
        Assert.Equal(2, pair.B.State.Isakmp.Count);
        Assert.Equal([first.Local, third], pair.Flying.Select(s => s.Remote));
        Assert.Equal(2, pair.Flying.Select(s => Insider.HeaderOf(s.Datagram).ResponderCookie).Distinct().Count());
    }

    /// <summary>D-34, D-110: so many message ids are remembered of an ISAKMP SA; after that the peer begins nothing.</summary>
    [Fact]
    public void MessageIdsUnderOneSaAreBounded()
    {
        var pair = new Pair(changeB: setup => setup with { Limits = setup.Limits with { MessageIds = 3 } });
        pair.Connect(pair.A);
        pair.Settle();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            pair.Do(pair.A, new Input.Rekey(pair.A.State.Sending("t", "c")!.Spi));
            pair.Settle();
        }

        pair.Do(pair.A, new Input.Rekey(pair.A.State.Sending("t", "c")!.Spi));
        Refused<Rejection.LimitReached>(pair, pair.Flying.Single().Datagram);
    }

    /// <summary>D-115: our own message 1, and a message 4 with our own KE or nonce, are no answer.</summary>
    [Fact]
    public void MirroredAnswerIsRefused()
    {
        var first = Sent(1);
        var told = first.A.Step(first.A.State, first.Now, new Input.DatagramArrived(
            first.A.Endpoint.Setup.Local, first.B.Endpoint.Setup.Local, first.Flying.Single().Datagram)).Effects;
        Assert.IsType<Rejection.Reflected>(Assert.IsType<Effect.Rejected>(Assert.Single(told)).Why);
        var pair = Sent(4);
        var own = pair.A.State.Isakmp.Values.Single().Phase1;
        var answer = pair.Flying.Single().Datagram;
        Refused<Rejection.Reflected>(pair, Insider.Clear(answer, all => all.Select(
            p => p is KeyExchangePayload ? new KeyExchangePayload(own.g_xi) : p)));
        Refused<Rejection.Reflected>(pair, Insider.Clear(answer, all => all.Select(
            p => p is NoncePayload ? new NoncePayload(own.Ni_b) : p)));
    }

    /// <summary>D-211: the first message 2 that fits fixes the responder's cookie; another one finds nothing.</summary>
    [Fact]
    public void SecondAnswerToMessage1IsRefused()
    {
        var pair = Sent(2);
        var answer = pair.Flying.Single();
        var cookie = (byte)(answer.Datagram.Span[8] ^ 1);
        var other = answer with { Datagram = Insider.Patched(answer.Datagram, (8, cookie)) };
        pair.Flying.Clear();
        pair.Deliver(answer);
        var known = pair.A.Told.Count;
        pair.Deliver(other);
        Assert.IsType<Rejection.UnknownSa>(Assert.IsType<Effect.Rejected>(pair.A.Told.Skip(known).Single()).Why);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>D-144: message 3 of a Quick Mode under the cookies of another ISAKMP SA ends nothing.</summary>
    [Fact]
    public void Message3UnderAnotherIsakmpSaIsRefused()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        var old = pair.A.State.Isakmp.Values.Single();
        pair.Now = pair.Now.After(1000);
        pair.Do(pair.A, new Input.Renew(old.Own));
        pair.Settle();
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        pair.DeliverNext();
        pair.DeliverNext();
        var message3 = pair.Flying.Single();
        var cookies = old.Phase1.Spi.ToArray().Select((octet, at) => (at, octet)).ToArray();
        pair.Deliver(message3 with { Datagram = Insider.Patched(message3.Datagram, cookies) });
        Assert.Single(pair.B.Pairs);
        pair.Deliver(message3);
        Assert.Equal(2, pair.B.Pairs.Count());
    }

    /// <summary>An exchange begun by A, with its n-th message in flight: 1 to 6 Main Mode, 7 to 9 Quick Mode.</summary>
    internal static Pair Sent(int n, Pair? pair = null)
    {
        pair ??= new Pair();
        pair.Connect(pair.A);
        for (var i = 1; i < n; i++)
        {
            pair.DeliverNext();
        }

        return pair;
    }

    /// <summary>The datagram in flight with single octets changed.</summary>
    private static Octets Patched(Pair pair, params (int At, byte Value)[] changes)
        => Insider.Patched(pair.Flying.Single().Datagram, changes);

    /// <summary>
    /// Whoever gets this datagram in place of the one in flight refuses it, answers nothing, and is as it was.
    /// </summary>
    private static void Refused<T>(Pair pair, Octets datagram)
        where T : Rejection
    {
        var sent = pair.Flying[0];
        var to = sent.Remote.Address.Equals(pair.A.Endpoint.Setup.Local.Address) ? pair.A : pair.B;
        var (after, effects) = to.Step(
            to.State, pair.Now, new Input.DatagramArrived(sent.Remote, sent.Local, datagram));
        Assert.IsType<T>(effects.OfType<Effect.Rejected>().Single().Why);
        Assert.DoesNotContain(effects, e => e is Effect.Send);
        Assert.Equal(to.State.Isakmp.Values.Select(e => e.Phase1), after.Isakmp.Values.Select(e => e.Phase1));
        Assert.Equal(to.State.QuickModes, after.QuickModes);
        Assert.Equal(to.State.Pairs, after.Pairs);
    }
}
