using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Properties.Engine.RemoteAccess;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>Status notifies in Quick Modes (RFC 2407 §4.5.4, §4.6.3).</summary>
[JudgesFaults]
public sealed class StatusNotifyTests
{
    /// <summary>
    /// RFC 2407 §4.5.4, §4.6.3.1: a responder whose life is shorter says so under HASH(2), in the form demanded, and
    /// both ends go by it.
    /// </summary>
    [Fact]
    [Clause("2407-4.5.4-02")]
    [Clause("2407-4.6.3-01")]
    [Clause("2407-4.6.3-03")]
    [Clause("2407-4.6.3.1-01")]
    [Clause("2409-5.5-22")]
    public void ShorterLifeOfTheResponderIsToldAndObeyed()
    {
        var pair = Up(a: null, b: c => c with
        {
            Suites = [SuiteNames.Esp("aes128-sha1", 600)! with { LifeKilobytes = 5000 }],
        });
        var (a, b) = (pair.A.Pairs.Single(), pair.B.Pairs.Single());
        var notify = Assert.Single(pair.A.State.QuickModes.Values.Single().State.Heard);
        Assert.Equal((Doi.Ipsec, Protocol.Esp, NotifyType.ResponderLifetime),
            (notify.Doi, notify.Protocol, notify.NotifyType));
        Assert.Equal(OwnSpis.Field(Protocol.Esp, b.Spi), notify.Spi);
        Assert.Equal("8001000180020258" + "8001000280021388", notify.Data.ToHex());
        Assert.Equal((600UL, (ulong?)5000), (a.LifeSeconds, a.LifeKilobytes));
        Assert.Equal((a.LifeSeconds, a.LifeKilobytes), (b.LifeSeconds, b.LifeKilobytes));
        Assert.Equal(a.Expires, b.Expires);
    }

    /// <summary>D-127: for each protocol of a unit its own life is told; the pair ends with the first.</summary>
    [Fact]
    [Clause("2407-4.6.3.1-01")]
    public void EachProtocolHasItsLifeTold()
    {
        var shorter = Suites.Of("ah:sha1+esp:aes128-sha1");
        shorter = new([shorter.Protocols[0] with { LifeSeconds = 300 }, shorter.Protocols[1]]);
        var pair = Up(c => c with { Suites = [Suites.Of("ah:sha1+esp:aes128-sha1")] }, c => c with { Suites = [shorter] });
        Assert.Equal(Protocol.Ah, Assert.Single(pair.A.State.QuickModes.Values.Single().State.Heard).Protocol);
        Assert.Equal((300UL, 300UL), (pair.A.Pairs.Single().LifeSeconds, pair.B.Pairs.Single().LifeSeconds));
    }

    /// <summary>Nothing is told where the responder's life is as long or longer, and the offered one counts.</summary>
    [Theory]
    [InlineData(3600)]
    [InlineData(7200)]
    [Clause("2407-4.5.4-01")]
    public void LifeThatIsNoShorterIsNotTold(ulong life)
    {
        var pair = Up(null, c => c with { Suites = [SuiteNames.Esp("aes128-sha1", life)!] });
        Assert.Empty(pair.A.State.QuickModes.Values.Single().State.Heard);
        Assert.Equal((3600UL, 3600UL), (pair.A.Pairs.Single().LifeSeconds, pair.B.Pairs.Single().LifeSeconds));
    }

    /// <summary>
    /// D-127: RESPONDER-LIFETIME lowers a life and never lengthens it; of another SPI or protocol, or with data that
    /// are no lives, it changes nothing.
    /// </summary>
    [Theory]
    [InlineData("80010001800200f0", true, Protocol.Esp, 240)]
    [InlineData("80010001" + "0002000400015180", true, Protocol.Esp, 3600)]
    [InlineData("80010001800200f0", false, Protocol.Esp, 3600)]
    [InlineData("80010001800200f0", true, Protocol.Ah, 3600)]
    [InlineData("80010001800200", true, Protocol.Esp, 3600)]
    [InlineData("800200f0", true, Protocol.Esp, 3600)]
    [InlineData("8001000180020000", true, Protocol.Esp, 3600)]
    [InlineData("", true, Protocol.Esp, 3600)]
    [Clause("2407-4.6.3.1-01")]
    public void ResponderLifetimeOnlyShortens(string data, bool rightSpi, Protocol protocol, ulong life)
    {
        var pair = new Pair(changeB: Answers.With((t, rest) => rest.Add(new NotificationPayload(
            Doi.Ipsec, protocol, OwnSpis.Field(Protocol.Esp, t.Before.OwnSpi + (rightSpi ? 0u : 1u)),
            NotifyType.ResponderLifetime, Octets.FromHex(data)))));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(life, Assert.Single(pair.A.Pairs).LifeSeconds);
        Assert.Contains(pair.A.Told, e => e is Effect.Noted { Type: NotifyType.ResponderLifetime, Authenticated: true });
    }

    /// <summary>RFC 2407 §4.6.3.2, D-128: REPLAY-STATUS is said by policy alone, in the form demanded.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    [InlineData(true)]
    [Clause("2407-4.6.3.2-01")]
    public void ReplayStatusIsSaidByPolicyAlone(bool? detects)
    {
        var pair = Up(null, c => c with { ReplayDetection = detects });
        var heard = pair.A.State.QuickModes.Values.Single().State.Heard;
        if (detects is not { } yes)
        {
            Assert.Empty(heard);
            return;
        }

        var notify = Assert.Single(heard);
        Assert.Equal((Doi.Ipsec, Protocol.Esp, NotifyType.ReplayStatus), (notify.Doi, notify.Protocol, notify.NotifyType));
        Assert.Equal(OwnSpis.Field(Protocol.Esp, pair.B.Pairs.Single().Spi), notify.Spi);
        Assert.Equal(yes ? "00000001" : "00000000", notify.Data.ToHex());
    }

    /// <summary>
    /// RFC 2407 §4.6.3.3, D-145, D-146, B-20: INITIAL-CONTACT goes in the first Quick Mode with a peer, in the form
    /// demanded, and in no other.
    /// </summary>
    [Fact]
    [Clause("2407-4.6.3-01")]
    [Clause("2407-4.6.3-02")]
    [Clause("2407-4.6.3-03")]
    [Clause("2407-4.6.3.3-01")]
    public void InitialContactIsInTheFirstQuickModeAlone()
    {
        var pair = new Pair(both: Contact);
        pair.Connect(pair.A);
        pair.Settle();
        var heard = Assert.Single(pair.B.State.QuickModes.Values.Single().State.Heard);
        var sa = pair.A.State.Isakmp.Values.Single().Phase1;
        Assert.Equal((Doi.Ipsec, Protocol.Isakmp, NotifyType.InitialContact), (heard.Doi, heard.Protocol, heard.NotifyType));
        Assert.Equal($"{sa.CKY_I}{sa.CKY_R}", heard.Spi.ToHex());
        Assert.Equal(0, heard.Data.Length);
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        pair.Settle();
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        pair.Do(pair.A, new Input.Rekey(pair.A.State.Sending("t", "c")!.Spi));
        pair.Settle();
        Assert.Equal(3, pair.A.Pairs.Count());
        Assert.Single(pair.B.Told.OfType<Effect.Noted>(), n => n.Type == NotifyType.InitialContact);
    }

    /// <summary>
    /// R-46, B-21: a peer that has lost its memory and says INITIAL-CONTACT makes its older SAs go here, all of them
    /// and without a Delete; what the new ISAKMP SA makes stays.
    /// </summary>
    [Fact]
    [Clause("2407-4.6.3.3-02")]
    public void InitialContactRemovesTheOlderSasOfTheSamePeer()
    {
        var pair = new Pair(both: Contact);
        pair.Connect(pair.A);
        pair.Settle();
        pair.Now = pair.Now.After(1000);
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        pair.Settle();
        Assert.Equal(2, pair.A.Pairs.Count());
        pair.Now = pair.Now.After(1000);
        pair.B.State = EndpointState.Empty;
        pair.Connect(pair.B);
        pair.Settle();
        var (a, b) = (Assert.Single(pair.A.Pairs), Assert.Single(pair.B.Pairs));
        Assert.Equal((a.Spi, a.PeerSpi), (b.PeerSpi, b.Spi));
        Assert.Single(pair.A.State.Isakmp);
        Assert.Equal(2, pair.A.Told.OfType<Effect.PairDeleted>().Count());
        Assert.DoesNotContain(pair.B.Told, e => e is Effect.Rejected);
    }

    /// <summary>
    /// S-17: INITIAL-CONTACT under an ISAKMP SA removes nothing that was made under the same one, nor what is younger.
    /// </summary>
    [Fact]
    [Clause("2407-4.6.3.3-02")]
    [Clause("3947-6-01")]
    public void InitialContactSparesWhatIsNotOlder()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        var sa = pair.B.State.Isakmp.Values.Single().Phase1;
        var datagram = Insider.Informational(pair.B, 0x7777, true, QuickModeNotices.InitialContact(sa));
        pair.Do(pair.A, new Input.DatagramArrived(pair.A.Endpoint.Setup.Local, pair.B.Endpoint.Setup.Local, datagram));
        Assert.Contains(pair.A.Told, e => e is Effect.Noted { Type: NotifyType.InitialContact, Authenticated: true });
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.A.State.Isakmp);
    }

    /// <summary>
    /// RFC 2407 §4.6.3, D-145, D-215, A-43: in message 5 of Main Mode, which no HASH covers whole, INITIAL-CONTACT is a
    /// hint; the older SAs go with the first message that proves its sender, and in Aggressive Mode they stay.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Clause("2407-4.6.3-01")]
    [Clause("2407-4.6.3-02")]
    [Clause("2407-4.6.3.3-02")]
    [Clause("2409-10-06")]
    public void InitialContactInPhase1WaitsForAProof(bool aggressive)
    {
        var pair = new Pair(both: s => aggressive
            ? s with { Connections = [.. s.Connections.Select(c => c with { Mode = ExchangeType.Aggressive })] } : s);
        pair.Connect(pair.A);
        pair.Settle();
        var old = pair.A.Pairs.Single();
        pair.Now = pair.Now.After(1000);
        pair.B.State = EndpointState.Empty;
        pair.Connect(pair.B);
        while (pair.A.State.Isakmp.Values.All(e => e.Phase1.Keys is null || e.Established is not null))
        {
            pair.DeliverNext();
        }

        pair.DeliverNext();     // message 4 of Main Mode, message 2 of Aggressive Mode
        SayContact(pair);
        Assert.Equal(2, pair.A.State.Isakmp.Values.Count(e => e.Established is not null));
        Assert.Equal(!aggressive, pair.A.Told.Any(
            e => e is Effect.Noted { Type: NotifyType.InitialContact, Authenticated: false }));
        Assert.Equal([old], pair.A.Pairs);
        if (aggressive)
        {
            pair.Flying.Clear();    // B's Quick Mode, begun with the IV of the message that was changed
            var proof = Insider.Informational(pair.B, 0x7777, true, new NotificationPayload(
                Doi.Ipsec, Protocol.Isakmp, pair.B.State.Isakmp.Values.Single().Phase1.Spi, NotifyType.Connected, Octets.Empty));
            pair.Do(pair.A, new Input.DatagramArrived(pair.A.Endpoint.Setup.Local, pair.B.Endpoint.Setup.Local, proof));
            Assert.Contains(pair.A.Told, e => e is Effect.Noted { Type: NotifyType.Connected, Authenticated: true });
        }

        pair.Settle();
        var left = Assert.Single(pair.A.Pairs);
        Assert.Equal(aggressive, left == old);
        Assert.Equal(aggressive ? 2 : 1, pair.A.State.Isakmp.Count);
    }

    /// <summary>D-131: no HASH covers what stands behind HASH(3), and nothing of it is heard.</summary>
    [Fact]
    public void NotifyBehindHash3IsNotObeyed()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        var old = pair.B.Pairs.Single();
        pair.Now = pair.Now.After(1000);
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        pair.DeliverNext();
        pair.DeliverNext();
        var message3 = pair.Flying.Single();
        var newest = pair.A.State.Isakmp.Values.OrderBy(e => e.Established).Last().Phase1;
        var contact = QuickModeNotices.InitialContact(newest);
        pair.Deliver(message3 with { Datagram = Insider.Message3(pair.B, message3.Datagram, contact) });
        Assert.DoesNotContain(pair.B.Told, e => e is Effect.Noted);
        Assert.Equal(2, pair.B.Pairs.Count());
        Assert.Contains(pair.B.Pairs, p => p.Spi == old.Spi);
        Assert.Equal(2, pair.B.State.Isakmp.Count);
    }

    /// <summary>RFC 2407 §4.6.3, A-69, B-89: INITIAL-CONTACT in clear or with a wrong HASH removes nothing.</summary>
    [Fact]
    [Clause("2407-4.6.3-01")]
    public void InitialContactWithoutProofIsIgnored()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        pair.Now = pair.Now.After(1000);
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        pair.Settle();
        Assert.Equal(2, pair.A.State.Isakmp.Count);
        var sa = pair.B.State.Isakmp.Values.OrderBy(e => e.Established).Last().Phase1;
        var notify = QuickModeNotices.InitialContact(sa);
        var clear = MessageWriter.Write(
            new Header(sa.CKY_I, sa.CKY_R, 0, 0x10, ExchangeType.Informational, HeaderFlags.None, 0x7777, 0), [notify]);
        foreach (var datagram in new[] { clear, Insider.Informational(pair.B, 0x7778, false, notify) })
        {
            pair.Do(pair.A, new Input.DatagramArrived(pair.A.Endpoint.Setup.Local, pair.B.Endpoint.Setup.Local, datagram));
        }

        Assert.Equal(2, pair.A.State.Isakmp.Count);
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>B's last message of phase 1 with INITIAL-CONTACT in it, which B knows of: its IV goes on from there.</summary>
    private static void SayContact(Pair pair)
    {
        var sent = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        var entry = pair.B.State.Isakmp.Values.Single();
        var said = Insider.Message5(pair.B, sent.Datagram, p => [.. p, QuickModeNotices.InitialContact(entry.Phase1)]);
        var block = entry.Phase1.Suite!.Cipher.BlockLength;
        var phase1 = entry.Phase1 with { Iv = said.Slice(said.Length - block, block) };
        pair.B.State = pair.B.State with
        {
            Isakmp = pair.B.State.Isakmp.SetItem(entry.Own.Value, entry with { Phase1 = phase1 }),
        };
        pair.Deliver(sent with { Datagram = said });
    }

    private static EndpointSetup Contact(EndpointSetup setup)
        => setup with { Connections = [.. setup.Connections.Select(c => c with { InitialContact = true })] };

    private static Pair Up(Func<ChildPolicy, ChildPolicy>? a, Func<ChildPolicy, ChildPolicy>? b)
    {
        var pair = new Pair(changeA: Suites.Child(a ?? (c => c)), changeB: Suites.Child(b ?? (c => c)));
        pair.Connect(pair.A);
        pair.Settle();
        return pair;
    }
}
