using System.Buffers.Binary;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// Notifies and Deletes: when they are obeyed, when not, and that nobody answers them (RFC 2409 §5.7, RFC 2408 §3.14,
/// §3.15, §5.14, §5.15).
/// </summary>
[JudgesFaults]
public sealed class InformationalTests
{
    private static readonly NotificationPayload Refusal =
        new(Doi.Ipsec, Protocol.Isakmp, Octets.Empty, NotifyType.NoProposalChosen, Octets.Empty);

    /// <summary>
    /// In clear before there are keys it is a hint, and the exchange goes on; once there are keys it is nothing.
    /// </summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(6, false)]
    [Clause("2408-5.14-04")]
    [Clause("2409-5.7-03")]
    public void ClearNotifyEndsNothing(int message, bool noted)
    {
        var pair = PlaceOfMessagesTests.Sent(message);
        var sent = pair.Flying.Single();
        var header = Insider.HeaderOf(sent.Datagram);
        var told = Deliver(pair, pair.A, Clear(header.InitiatorCookie, header.ResponderCookie, Refusal));
        Assert.Equal(noted, told.Any(e => e is Effect.Noted { Authenticated: false }));
        Assert.Equal(!noted, told.Any(e => e is Effect.Rejected { Why: Rejection.WrongProtection }));
        Assert.DoesNotContain(told, e => e is Effect.Send or Effect.ExchangeFailed);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>
    /// The clear refusal of phase 1: protocol ISAKMP, no SPI, no HASH; the one under keys has the SPI of the
    /// negotiation.
    /// </summary>
    [Fact]
    [Clause("2409-5.7-03")]
    [Clause("2409-5-20")]
    [Clause("2408-3.14-01")]
    [Clause("2408-3.14-02")]
    [Clause("2408-5.14-01")]
    [Clause("2408-5.14-02")]
    [Clause("2408-4.1-01")]
    [Clause("2408-5.4-03")]
    public void RefusalsHaveTheFormOfTheirPhase()
    {
        var first = new Pair("aes256-sha1-modp1024", peerPhase1: "aes128-sha1-modp1024");
        first.Connect(first.A);
        first.Settle();
        var sent = first.B.Told.OfType<Effect.Send>().Single();
        Assert.True(MessageReader.TryRead(sent.Datagram.Memory, out var clear, out _));
        Assert.Equal(ExchangeType.Informational, clear!.Header.ExchangeType);
        var notify = Assert.IsType<NotificationPayload>(Assert.Single(clear.Payloads));
        Assert.Equal(NotifyType.NoProposalChosen, notify.NotifyType);
        Assert.Equal((Protocol.Isakmp, 0), (notify.Protocol, notify.Spi.Length));

        var second = new Pair(esp: "aes256-sha256", peerEsp: "aes128-sha1");
        second.Connect(second.A);
        second.Settle();
        var refusal = second.B.Told.OfType<Effect.Send>().Last().Datagram;
        var offer = Insider.Open(second.A, second.A.Told.OfType<Effect.Send>().Last().Datagram);
        var offered = offer.OfType<SecurityAssociationPayload>().Single().Proposals[0].Spi;
        Assert.True(Insider.HeaderOf(refusal).IsEncrypted);
        var under = Insider.Open(second.B, refusal).OfType<NotificationPayload>().Single();
        Assert.Equal(NotifyType.NoProposalChosen, under.NotifyType);
        Assert.Equal((Protocol.Esp, offered), (under.Protocol, under.Spi));
        Assert.NotEqual(Insider.HeaderOf(second.A.Told.OfType<Effect.Send>().Last().Datagram).MessageId,
            Insider.HeaderOf(refusal).MessageId);
    }

    /// <summary>
    /// D-33: a clear Informational may have any message id, zero among them; ours has one of its own.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(77)]
    public void ClearInformationalMayHaveAnyMessageId(uint id)
    {
        var pair = PlaceOfMessagesTests.Sent(2);
        var header = Insider.HeaderOf(pair.Flying.Single().Datagram);
        var clear = Insider.Patched(Clear(header.InitiatorCookie, header.ResponderCookie, Refusal), (23, (byte)id));
        Assert.Contains(Deliver(pair, pair.A, clear), e => e is Effect.Noted { Authenticated: false });
        var other = new Pair("aes256-sha1-modp1024", peerPhase1: "aes128-sha1-modp1024");
        other.Connect(other.A);
        other.Settle();
        Assert.NotEqual(0U, Insider.HeaderOf(other.B.Told.OfType<Effect.Send>().Single().Datagram).MessageId);
    }

    /// <summary>A Delete in clear, or whose HASH(1) does not verify, deletes nothing; the right one does.</summary>
    [Fact]
    [Clause("2408-5.15-01")]
    [Clause("2408-5.14-04")]
    [Clause("2408-5.11-01")]
    [Clause("2409-5.7-01")]
    public void DeleteIsObeyedUnderTheSaAlone()
    {
        var pair = Up();
        var delete = Delete(pair.A.Pairs.Single().Spi);
        var phase1 = pair.A.State.Isakmp.Values.Single().Phase1;
        var told = Deliver(pair, pair.B, Clear(phase1.CKY_I, phase1.CKY_R, delete));
        Assert.Contains(told, e => e is Effect.Rejected { Why: Rejection.WrongProtection });
        told = Deliver(pair, pair.B, Insider.Informational(pair.A, 78, false, delete));
        Assert.Contains(told, e => e is Effect.Rejected { Why: Rejection.HashMismatch });
        Assert.Single(pair.B.Pairs);
        told = Deliver(pair, pair.B, Insider.Informational(pair.A, 79, true, delete));
        Assert.Contains(told, e => e is Effect.PairDeleted);
        Assert.Empty(pair.B.Pairs);
    }

    /// <summary>A Delete names SPIs of one protocol, its sender's own; an ISAKMP SA goes by both cookies.</summary>
    [Fact]
    [Clause("2408-3.15-01")]
    [Clause("2408-3.15-02")]
    public void DeleteNamesTheSendersSpiOrBothCookies()
    {
        var pair = Up();
        var (spi, phase1) = (pair.A.Pairs.Single().Spi, pair.A.State.Isakmp.Values.Single().Phase1);
        pair.Do(pair.A, new Input.DeletePair(spi));
        var delete = Insider.Open(pair.A, pair.Flying.Single().Datagram).OfType<DeletePayload>().Single();
        Assert.Equal((Protocol.Esp, $"{spi:x8}"), (delete.Protocol, delete.Spis.Single().ToHex()));
        pair.Settle();
        var state = pair.A.State;
        pair.Do(pair.A, new Input.DeleteIsakmp(state.Isakmp.Values.Single().Own));
        var sent = pair.Flying.Single().Datagram;
        pair.A.State = state;
        delete = Insider.Open(pair.A, sent).OfType<DeletePayload>().Single();
        Assert.Equal(Protocol.Isakmp, delete.Protocol);
        Assert.Equal($"{phase1.CKY_I}{phase1.CKY_R}", delete.Spis.Single().ToHex());
    }

    /// <summary>D-46: HASH(1) covers all that follows it; a Delete put behind what it was made over is not obeyed.</summary>
    [Fact]
    [Clause("2409-5.7-01")]
    public void Hash1CoversEveryPayload()
    {
        var pair = Up();
        var delete = Delete(pair.A.Pairs.Single().Spi);
        var notify = Insider.Informational(pair.A, 78, true, Refusal);
        var told = Deliver(pair, pair.B, Insider.FirstOfPhase2(pair.A, notify, all => [.. all, delete]));
        Assert.IsType<Rejection.HashMismatch>(Assert.IsType<Effect.Rejected>(Assert.Single(told)).Why);
        Assert.Single(Deliver(pair, pair.B, Insider.Informational(pair.A, 79, true, Refusal, delete))
            .OfType<Effect.PairDeleted>());
    }

    /// <summary>D-148: RFC 2408 §3.15 has DOI 0 for an ISAKMP SA, others say 1: a Delete of either is obeyed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void DeleteOfEitherDoiIsObeyed(uint doi)
    {
        var pair = Up();
        var delete = DeleteOfTheSa(pair) with { Doi = (Doi)doi };
        var told = Deliver(pair, pair.B, Insider.Informational(pair.A, 78, true, delete));
        Assert.Single(told.OfType<Effect.IsakmpDeleted>());
        Assert.Empty(pair.B.State.Isakmp);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>D-155: what stands behind a Delete of the SA that carries it is not obeyed.</summary>
    [Fact]
    public void NothingBehindADeleteOfTheSaIsObeyed()
    {
        var pair = Up();
        var behind = Delete(pair.A.Pairs.Single().Spi);
        var told = Deliver(pair, pair.B, Insider.Informational(pair.A, 78, true, DeleteOfTheSa(pair), behind, Refusal));
        Assert.Single(told.OfType<Effect.IsakmpDeleted>());
        Assert.DoesNotContain(told, e => e is Effect.PairDeleted or Effect.Send);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>Of several SPIs each counts for itself: what is unknown is passed over, the known one goes.</summary>
    [Fact]
    [Clause("2408-5.15-02")]
    [Clause("2408-5.15-04")]
    public void UnknownSpiInADeleteIsPassedOver()
    {
        var pair = Up();
        var delete = Delete(0x7777, pair.A.Pairs.Single().Spi, 0x8888);
        var told = Deliver(pair, pair.B, Insider.Informational(pair.A, 78, true, delete));
        Assert.Single(told.OfType<Effect.PairDeleted>());
        Assert.Empty(pair.B.Pairs);
    }

    /// <summary>RFC 2408 §3.15: a Delete is for the protocol that it names; no SA of AH has the SPI of the pair.</summary>
    [Fact]
    [Clause("2408-3.15-01")]
    public void DeleteOfAnotherProtocolDeletesNothing()
    {
        var pair = Up();
        var delete = Delete(pair.A.Pairs.Single().Spi) with { Protocol = Protocol.Ah };
        Assert.DoesNotContain(Deliver(pair, pair.B, Insider.Informational(pair.A, 78, true, delete)), e => e is Effect.PairDeleted);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>RFC 2408 §3.15: of two ISAKMP SAs with the peer the one goes whose cookies stand in the Delete, whichever carries it.</summary>
    [Fact]
    [Clause("2408-3.15-02")]
    public void DeleteIsForTheIsakmpSaThatItNames()
    {
        var pair = Up();
        pair.Now = pair.Now.After(1000);
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        var (named, carrier) = (pair.A.State.Isakmp.Values.First().Phase1, pair.A.State.Isakmp.Values.Last().Phase1);
        var told = Deliver(pair, pair.B, Insider.Informational(
            pair.A, 78, true, new DeletePayload(Doi.Ipsec, Protocol.Isakmp, 16, [named.Spi])));
        Assert.Equal(named.CKY_I, Assert.Single(told.OfType<Effect.IsakmpDeleted>()).CKY_I);
        Assert.Equal(carrier.CKY_I, Assert.Single(pair.B.State.Isakmp.Values).Phase1.CKY_I);
    }

    /// <summary>
    /// A Delete is answered by the Delete of the other half, once; that answer, and a Delete for what has gone, by
    /// nothing.
    /// </summary>
    [Fact]
    [Clause("2408-3.15-03")]
    [Clause("2409-9-01")]
    public void NoInformationalIsAnsweredByAnotherWithoutEnd()
    {
        var pair = Up();
        pair.Do(pair.A, new Input.DeletePair(pair.A.Pairs.Single().Spi));
        var sent = pair.Flying.Single();
        pair.Settle();
        Assert.Equal(2, Informationals(pair));
        var delete = Insider.Open(pair.A, sent.Datagram).OfType<DeletePayload>().Single();
        Deliver(pair, pair.B, Insider.Informational(pair.A, 79, true, delete));
        Deliver(pair, pair.B, Insider.Informational(pair.A, 80, true, Refusal));
        Assert.Equal(2, Informationals(pair));
    }

    /// <summary>RFC 2408 §5.14: an Informational is sent once; a lost Delete is not sent again.</summary>
    [Fact]
    [Clause("2408-5.14-03")]
    public void InformationalIsNotSentAgain()
    {
        var pair = Up();
        pair.Do(pair.A, new Input.DeletePair(pair.A.Pairs.Single().Spi));
        pair.Flying.Clear();
        pair.Run(120_000);
        Assert.Equal(1, Informationals(pair));
    }

    /// <summary>
    /// RFC 2408 §5.15: who deletes its SA before HASH(3) has arrived ends the Quick Mode, and HASH(3) finds nothing.
    /// </summary>
    [Fact]
    [Clause("2408-5.15-03")]
    public void DeleteBeforeHash3EndsTheQuickMode()
    {
        var pair = PlaceOfMessagesTests.Sent(9);
        var hash3 = pair.Flying.Single();
        pair.Flying.Clear();
        pair.Do(pair.A, new Input.DeletePair(pair.A.Pairs.Single().Spi));
        pair.Settle();
        pair.Deliver(hash3);
        pair.Settle();
        Assert.Empty(pair.B.Pairs);
        Assert.Contains(pair.B.Told, e => e is Effect.ExchangeFailed { Kind: "Quick Mode" });
        Assert.Null(pair.TraceFault());
    }

    private static Pair Up()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        return pair;
    }

    private static int Informationals(Pair pair)
        => pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>()
            .Count(s => Insider.HeaderOf(s.Datagram).ExchangeType == ExchangeType.Informational);

    private static Octets Clear(Cookie CKY_I, Cookie CKY_R, Payload body) => MessageWriter.Write(
        new Header(CKY_I, CKY_R, 0, 0x10, ExchangeType.Informational, HeaderFlags.None, 77, 0), [body]);

    private static IEnumerable<Effect> Deliver(Pair pair, Side to, Octets datagram)
    {
        var (setup, known) = (to.Endpoint.Setup, to.Told.Count);
        pair.Do(to, new Input.DatagramArrived(setup.Local, setup.Connections[0].Remote, datagram));
        return [.. to.Told.Skip(known)];
    }

    private static DeletePayload DeleteOfTheSa(Pair pair)
        => new(Doi.Ipsec, Protocol.Isakmp, 16, [pair.A.State.Isakmp.Values.Single().Phase1.Spi]);

    private static DeletePayload Delete(params uint[] spis)
        => new(Doi.Ipsec, Protocol.Esp, 4, [.. spis.Select(s =>
        {
            var octets = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(octets, s);
            return (Octets)octets;
        })]);
}
