using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Properties.Engine.Phase1;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Engine.RemoteAccess.AccessSetups;

namespace RefIke.Properties.Engine.RemoteAccess;

/// <summary>Mode Config (draft-dukes-ike-mode-cfg-02): A is the host, B gives addresses.</summary>
[JudgesFaults]
public sealed class ModeConfigTests
{
    /// <summary>§5.1, D-186: pulled or pushed, with XAUTH before it or alone, the address is the host's traffic in the child.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [Clause("modecfg-5.1-02")]
    [Clause("modecfg-2-01")]
    [Clause("modecfg-2-02")]
    [Clause("modecfg-3.1.1-01")]
    [Clause("modecfg-3.1.1-02")]
    public void AssignedAddressIsTheHostsTraffic(bool pushed, bool xauth)
    {
        var pair = Pair(pushed, xauth);
        pair.Connect(pair.A);
        pair.Settle();
        var expected = Rest with { Address = FirstOfPool };
        Assert.Equal((expected, false), Told(pair.A));
        Assert.Equal((expected, true), Told(pair.B));
        Assert.Equal(Selector.Host(FirstOfPool), pair.A.Pairs.Single().Own);
        Assert.Equal(Selector.Host(FirstOfPool), pair.B.Pairs.Single().Peer);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>§5.1: the REQUEST asks for an address first, all values empty; the REPLY has none that is empty.</summary>
    [Fact]
    [Clause("modecfg-5.1-01")]
    [Clause("modecfg-3.4-01")]
    public void QuestionIsEmptyAndTheAnswerIsNot()
    {
        var pair = Pair(false, false);
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        var asked = Attributes(pair.A, pair.Flying[0].Datagram);
        Assert.Equal((ConfigurationMessage.Request, 1), (asked.MessageType, asked.List[0].Type));
        Assert.All(asked.List, a => Assert.Equal(0, a.Value.Length));
        var given = ConfigurationAnswers.Reply(asked.List, Rest with { Address = FirstOfPool });
        Assert.All(given, a => Assert.NotEqual(0, a.Value.Length));
        Assert.Equal([1, 2, 3, 3, 13, 5], given.Select(a => (int)a.Type));
        Assert.Equal(Rest with { Address = FirstOfPool }, AssignedConfiguration.Read(given));
    }

    /// <summary>§3.4, A-29, B-80, B-86, B-106, D-187: lengths that no attribute has, unknown types, hundreds of servers: passed over.</summary>
    [Fact]
    [Clause("modecfg-3.4-02")]
    public void OddAttributesArePassedOver()
    {
        foreach (var length in new[] { 0, 1, 3, 5, 15, 18, 4096 })
        {
            foreach (var type in Enum.GetValues<ConfigurationAttribute>().Select(a => (ushort)a).Append((ushort)20000))
            {
                Assert.Equal(new AssignedConfiguration((IPAddress?)null),
                    AssignedConfiguration.Read([DataAttribute.Variable(type, new byte[length])]));
            }
        }

        var dns = DataAttribute.Variable((ushort)ConfigurationAttribute.Ip4Dns, new byte[] { 10, 0, 0, 1 });
        Assert.Equal(16, AssignedConfiguration.Read([.. Enumerable.Repeat(dns, 500)]).Dns.Length);
        Assert.Null(AssignedConfiguration.Read([DataAttribute.Variable(1, new byte[4])]).Address);
    }

    /// <summary>§3.4: two hosts get two addresses; who asks again, under the same SA or a new one, gets the same.</summary>
    [Fact]
    [Clause("modecfg-3.4-03")]
    public void AddressIsTheHostsAsLongAsItLives()
    {
        var pair = Pair(false, true, isakmpLife: 600);
        pair.Connect(pair.A);
        pair.Settle();
        pair.Run(595_000);
        Assert.Equal([FirstOfPool, FirstOfPool], pair.B.Told.OfType<Effect.Configured>().Select(c => c.Configuration.Address!));
        var range = new AddressRange(IPAddress.Parse("10.77.9.254"), 4, Rest);
        var taken = ImmutableHashSet.Create(IPAddress.Parse("10.77.9.254"));
        AddressRequest Asks(IPAddress? wish) => new(Selector.ToPayload(FirstOfPool, 32), Octets.Empty, wish, taken);
        Assert.Equal("10.77.9.255", $"{range.Assign(Asks(null))!.Address}");
        Assert.Equal("10.77.10.1", $"{range.Assign(Asks(IPAddress.Parse("10.77.10.1")))!.Address}");
        Assert.Equal("10.77.9.255", $"{range.Assign(Asks(IPAddress.Parse("10.77.9.254")))!.Address}");
        Assert.Equal("10.77.9.255", $"{range.Assign(Asks(IPAddress.Parse("10.77.11.1")))!.Address}");
        Assert.Null((range with { Count = 1 }).Assign(Asks(null)));
    }

    /// <summary>B-69: a pool that is spent answers with nothing, and the child that wants an address is not begun; nor is it accepted.</summary>
    [Fact]
    [Clause("modecfg-5.1-02")]
    [Clause("modecfg-2-01")]
    public void ChildWithoutAnAddressIsNotBegun()
    {
        var pair = new Pair(changeA: s => GetsAddress(s), changeB: s => GivesAddress(s, count: 0));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Contains(pair.A.Rejections(), r => r is Rejection.NoAddress { Notify: NotifyType.InvalidIdInformation });
        Assert.Empty(pair.A.Pairs);
        Assert.True(pair.A.State.Isakmp.Values.Single().IsOpen);
    }

    /// <summary>B-69: a peer that skips Mode Config gets no child that wants an assigned address.</summary>
    [Fact]
    [Clause("modecfg-5.1-02")]
    public void ChildOfAPeerWithoutAnAddressIsNotAccepted()
    {
        var pair = new Pair(changeB: s => GivesAddress(s));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Empty(pair.B.Pairs);
        Assert.Empty(pair.A.Pairs);
    }

    /// <summary>M-176, A-29: a SET that nobody asked for is acknowledged with nothing and changes nothing.</summary>
    [Fact]
    [Clause("modecfg-2-02")]
    public void SetThatIsNotWantedChangesNothing()
    {
        var pair = Pair(false, false);
        pair.Connect(pair.A);
        pair.Settle();
        var before = pair.A.State.Isakmp.Values.Single().Access;
        pair.Inject(pair.A, Transaction(pair.A, 7,
            new AttributesPayload(ConfigurationMessage.Set, 3, (Rest with { Address = IPAddress.Parse("10.66.6.6") }).ToAttributes())));
        Assert.Equal(before, pair.A.State.Isakmp.Values.Single().Access);
        Assert.Single(pair.A.Told.OfType<Effect.Configured>());
        Assert.Equal((byte)ExchangeType.Transaction, Assert.Single(pair.Flying).Datagram.Span[18]);
    }

    /// <summary>A-29: a host takes of a SET what it wants, and names only that in its ACK.</summary>
    [Fact]
    [Clause("modecfg-2-02")]
    public void OnlyWantedAttributesAreAccepted()
    {
        var host = new ModeConfigPolicy.IpsecHost(true) { Wanted = [ConfigurationAttribute.Ip4Address] };
        var accepted = ConfigurationAnswers.Accepted(host, (Rest with { Address = FirstOfPool }).ToAttributes());
        Assert.Equal([DataAttribute.Variable(1, Octets.Empty)], ConfigurationAnswers.Ack(accepted));
    }

    /// <summary>§3.2: an answer with another identifier, a wrong HASH, two payloads or an unknown type is refused; the true one is then taken.</summary>
    [Fact]
    [Clause("modecfg-3.2-02")]
    [Clause("modecfg-3.1.1-01")]
    [Clause("modecfg-3.1.1-03")]
    [Clause("modecfg-3.3-01")]
    public void ForgedAnswersAreRefusedAndTheTrueOneIsTaken()
    {
        var pair = Pair(false, false);
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        pair.DeliverNext();
        var answer = pair.Flying[0];
        var iv = pair.B.State.Transactions.Values.Single();
        foreach (var (change, kind) in new (Func<ImmutableArray<Payload>, IEnumerable<Payload>>, Type)[]
        {
            (p => [p[0], ((AttributesPayload)p[1]) with { Identifier = 0 }], typeof(Rejection.HashMismatch)),
            (p => [Hash(pair, answer.Datagram, Other(p[1])), Other(p[1])], typeof(Rejection.OtherTransaction)),
            (p => [Hash(pair, answer.Datagram, p[1], p[1]), p[1], p[1]], typeof(Rejection.WrongPayloads)),
            (p => [p[1], p[0]], typeof(Rejection.WrongPayloads)),
            (p => [p[0], ((AttributesPayload)p[1]) with { MessageType = (ConfigurationMessage)9 }], typeof(Rejection.WrongPayloads)),
        })
        {
            var known = pair.A.Rejections().Count();
            pair.Deliver(answer with { Datagram = Changed(pair, answer.Datagram, change) });
            Assert.Equal(kind, pair.A.Rejections().Skip(known).Single().GetType());
            Assert.False(pair.A.State.Isakmp.Values.Single().IsOpen);
        }

        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.Equal(TransactionStep.Sent, iv.State.Step);

        static AttributesPayload Other(Payload p) => ((AttributesPayload)p) with { Identifier = (ushort)(((AttributesPayload)p).Identifier ^ 1) };
    }

    /// <summary>§3.2: identifier 0 is what strongSwan answers with, and no other transaction.</summary>
    [Fact]
    [Clause("modecfg-3.2-02")]
    public void AnswerWithIdentifierZeroIsTaken()
    {
        var pair = Pair(false, false);
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        pair.DeliverNext();
        var answer = pair.Flying[0];
        pair.Flying.Clear();
        pair.Deliver(answer with
        {
            Datagram = Changed(pair, answer.Datagram, p =>
            {
                var zero = ((AttributesPayload)p[1]) with { Identifier = 0 };
                return [Hash(pair, answer.Datagram, zero), zero];
            }),
        });
        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>§3.5, R-63, B-62: copies of either message are answered by the same octets, or dropped; roles may flip in between.</summary>
    [Fact]
    [Clause("modecfg-3.5-01")]
    public void CopiesAreAnsweredBySameOctets()
    {
        var pair = Pair(false, true);
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        while (pair.Flying.Count > 0 && pair.Flying[0].Datagram.Span[18] == (byte)ExchangeType.Transaction)
        {
            var next = pair.DeliverNext();
            var answers = pair.Flying.ToArray();
            pair.Deliver(next);
            Assert.All(pair.Flying.Skip(answers.Length), again => Assert.Contains(answers, a => a.Datagram == again.Datagram));
            pair.Flying.RemoveRange(answers.Length, pair.Flying.Count - answers.Length);
        }

        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.A.Told.OfType<Effect.Configured>());
    }

    /// <summary>RFC 2408 §3.1, D-34: a message id is taken once; zero never; and so many Transactions are remembered, no more.</summary>
    [Fact]
    [Clause("modecfg-3.1.1-02")]
    public void MessageIdsAreTakenOnceAndTheirNumberIsBounded()
    {
        var pair = Pair(false, false);
        pair.Connect(pair.A);
        pair.Settle();
        AttributesPayload asks = new(ConfigurationMessage.Request, 1, [DataAttribute.Variable(7, Octets.Empty)]);
        var first = Transaction(pair.B, 1000, asks);
        pair.Inject(pair.B, first);
        pair.Run(120_000);
        Assert.Empty(pair.B.State.Transactions);
        pair.Inject(pair.B, first);
        pair.Inject(pair.B, Transaction(pair.B, 0, asks));
        Assert.Equal(2, pair.B.Rejections().Count(r => r is Rejection.BadMessageId));
        for (uint id = 2000; id < 2040; id++)
        {
            pair.Inject(pair.B, Transaction(pair.B, id, asks));
        }

        Assert.Equal(16, pair.B.State.Transactions.Count);
        Assert.Contains(pair.B.Rejections(), r => r is Rejection.LimitReached);
    }

    /// <summary>§3.1.1: in clear, or before phase 1 has ended, nothing is answered.</summary>
    [Fact]
    [Clause("modecfg-3.1.1-01")]
    public void TransactionInClearIsRefused()
    {
        var pair = Pair(false, false);
        pair.Connect(pair.A);
        pair.Settle();
        var sealedRequest = Transaction(pair.B, 1000, new AttributesPayload(ConfigurationMessage.Request, 1, []));
        pair.Inject(pair.B, Insider.Patched(sealedRequest, (19, 0)));
        Assert.Contains(pair.B.Rejections(), r => r is Rejection.WrongProtection { Encrypted: false });
        Assert.Empty(pair.Flying);
    }

    /// <summary>§3.4: version and list of attributes are told to who asks; what is not asked for is not.</summary>
    [Fact]
    [Clause("modecfg-2-01")]
    public void VersionAndSupportedAttributesAreTold()
    {
        var reply = ConfigurationAnswers.Reply(
            [DataAttribute.Variable(7, Octets.Empty), DataAttribute.Variable(14, Octets.Empty)], Rest with { Address = FirstOfPool });
        Assert.Equal([7, 14], reply.Select(a => (int)a.Type));
        Assert.Equal(0, reply[1].Value.Length % 2);
        Assert.Empty(ConfigurationAnswers.Reply([], Rest));
    }

    /// <summary>B-43, B-65: an Informational after Mode Config, and a SET as first message of phase 2, have IVs of their message ids.</summary>
    [Fact]
    [Clause("modecfg-3.1.1-02")]
    public void InformationalAfterModeConfigIsRead()
    {
        var pair = Pair(true, false);
        pair.Connect(pair.A);
        pair.Settle();
        pair.Do(pair.A, new Input.DeletePair(pair.A.Pairs.Single().Spi));
        pair.Settle();
        Assert.Empty(pair.B.Pairs);
        pair.Do(pair.B, new Input.DeleteIsakmp(pair.B.State.Isakmp.Values.Single().Own));
        pair.Settle();
        Assert.Empty(pair.A.State.Isakmp);
    }

    private static (AssignedConfiguration, bool) Told(Side side)
        => side.Told.OfType<Effect.Configured>().Select(c => (c.Configuration, c.ByUs)).Single();

    private static Pair Pair(bool pushed, bool xauth, ulong isakmpLife = 28800)
        => new(isakmpLife: isakmpLife, changeA: s => GetsAddress(xauth ? Host(s) : s, pushed),
            changeB: s => GivesAddress(xauth ? Edge(s) : s, pushed));

    private static HashPayload Hash(Pair pair, Octets datagram, params ImmutableArray<Payload> rest)
    {
        var p = pair.A.State.Isakmp.Values.Single().Phase1;
        return new HashPayload(KeySchedule.Rfc2409.HASH_1(
            p.Suite!.Prf, p.Keys!.SKEYID_a, Insider.HeaderOf(datagram).MessageId, MessageWriter.WritePayloads(rest)));
    }

    /// <summary>The answer to A's open Transaction with other payloads.</summary>
    private static Octets Changed(Pair pair, Octets datagram, Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
    {
        var open = pair.A.State.Transactions.Values.Single().State;
        var (suite, header) = (open.Phase1.Suite!, Insider.HeaderOf(datagram));
        Assert.Null(Protection.Open(datagram, header, suite.Cipher, open.Phase1.Keys!.Ka, open.Iv, out var opened));
        return Protection.Seal(header, [.. change(opened!.Payloads)], suite.Cipher, open.Phase1.Keys.Ka, open.Iv).Datagram;
    }
}
