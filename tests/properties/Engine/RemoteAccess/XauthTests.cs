using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Profiles;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Properties.Engine.Phase1;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Engine.RemoteAccess.AccessSetups;

namespace RefIke.Properties.Engine.RemoteAccess;

/// <summary>XAUTH (draft-beaulieu-ike-xauth-02): A is the host of user alice, B the edge device.</summary>
[JudgesFaults]
public sealed class XauthTests
{
    public static TheoryData<ExchangeType, AuthenticationMethod, bool> Ways
        => EitherBegins(Phase1Setups.All.Where(w => XauthMethods.Announcing(w.Method).Length > 0));

    /// <summary>§5.1, §6, §7.2: after either mode and every method, whichever side began phase 1, the user is let in and the child comes up.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    [Clause("xauth-7.2-01")]
    [Clause("xauth-4-01")]
    public void UserIsLetInAfterEveryPhase1(ExchangeType mode, AuthenticationMethod method, bool hostBegins)
    {
        var pair = new Pair(both: Phase1Setups.As(mode, method), changeA: s => Host(s), changeB: s => Edge(s));
        pair.Connect(hostBegins ? pair.A : pair.B);
        var first = pair.Flying[0].Datagram;
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
        Assert.All(new[] { pair.A, pair.B }, side => Assert.Equal(
            (Text("alice"), true), side.Told.OfType<Effect.XauthEnded>().Select(e => (e.User, e.Passed)).Single()));
        var announced = pair.A.State.Isakmp.Values.Single().Phase1.Method;
        Assert.Equal(XauthMethods.Announcing(method)[hostBegins ? 0 : 1], announced);
        Assert.Contains(VendorIds.Xauth.Data.ToHex(), first.ToHex(), StringComparison.Ordinal);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>§6, D-181, A-27: no Quick Mode of the host before the edge device has said yes, though the child was ordered first.</summary>
    [Fact]
    [Clause("xauth-6-01")]
    public void QuickModeBeginsAfterTheAcknowledgedVerdict()
    {
        var pair = Pair();
        pair.Connect(pair.A);
        pair.Settle();
        var order = pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>().Select(s => (ExchangeType)s.Datagram.Span[18]);
        var types = pair.A.Told.OfType<Effect.Send>().Select(s => (ExchangeType)s.Datagram.Span[18]).ToArray();
        Assert.Equal(
            [ExchangeType.MainMode, ExchangeType.MainMode, ExchangeType.MainMode, ExchangeType.Transaction, ExchangeType.Transaction,
                ExchangeType.QuickMode, ExchangeType.QuickMode],
            types);
        Assert.Equal(4, order.Count(t => t == ExchangeType.Transaction));
    }

    /// <summary>S-27, A-27: a Quick Mode before, or between the messages of XAUTH, is refused by the edge device and by the host.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [Clause("xauth-6-01")]
    public void QuickModeBeforeTheEndOfXauthIsRefused(int transactions)
    {
        var pair = Pair();
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        for (var n = 0; n < transactions; n++)
        {
            pair.DeliverNext();
        }

        // The host's own Quick Mode, made by a host that does not wait, under the same keys.
        var hasty = pair.A.State.Isakmp.Values.Single();
        pair.A.State = pair.A.State with { Isakmp = pair.A.State.Isakmp.SetItem(hasty.Own.Value, hasty with { Access = null, Wanted = [] }) };
        var waiting = pair.Flying.ToArray();
        pair.Flying.Clear();
        pair.Connect(pair.A);
        var early = Assert.Single(pair.Flying);
        Assert.Equal((byte)ExchangeType.QuickMode, early.Datagram.Span[18]);
        pair.Deliver(early);
        Assert.Contains(pair.B.Rejections(), r => r is Rejection.AccessPending);
        Assert.Empty(pair.B.State.QuickModes);
        Assert.Empty(pair.B.Pairs);
        pair.A.State = pair.A.State with { Isakmp = pair.A.State.Isakmp.SetItem(hasty.Own.Value, hasty with { MessageIds = pair.A.State.Isakmp[hasty.Own.Value].MessageIds }) };
        pair.Inject(pair.A, early.Datagram);
        Assert.Empty(pair.A.Pairs);
        Assert.NotEmpty(waiting);
    }

    /// <summary>§6, D-188: a wrong password, an unknown user, an empty password: the verdict is FAIL, and both ends delete the ISAKMP SA.</summary>
    [Theory]
    [InlineData("alice", "looking-glass")]
    [InlineData("alice", "")]
    [InlineData("alice", "wonderlan")]
    [InlineData("alice", "wonderlandx")]
    [InlineData("bob", "wonderland")]
    [InlineData("bob", "nobody has this password")]
    [Clause("xauth-6-02")]
    [Clause("xauth-6.2-01")]
    [Clause("xauth-6.2-02")]
    public void UserWhoIsNotLetInLosesTheIsakmpSa(string user, string password)
    {
        var pair = new Pair(changeA: s => Host(s, user, password), changeB: s => Edge(s));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.All(new[] { pair.A, pair.B }, side =>
        {
            Assert.Empty(side.State.Isakmp);
            Assert.Empty(side.State.Transactions);
            Assert.Empty(side.Pairs);
            Assert.Empty(side.State.Timers);
            Assert.False(side.Told.OfType<Effect.XauthEnded>().Single().Passed);
            Assert.Contains(side.Told, e => e is Effect.ExchangeFailed { Kind: "XAUTH" });
        });
        Assert.Contains(pair.B.Rejections(), r => r is Rejection.UserRefused { Notify: NotifyType.AuthenticationFailed });
        Assert.Null(pair.TraceFault());
    }

    /// <summary>§6.3, App. A: RADIUS-CHAP with a challenge; the password itself is nowhere on the wire.</summary>
    [Theory]
    [InlineData("wonderland", true)]
    [InlineData("looking-glass", false)]
    [Clause("xauth-6.3-01")]
    [Clause("xauth-6.2-03")]
    [Clause("xauth-6.1-01")]
    public void ChallengeIsAnsweredByAHash(string password, bool passes)
    {
        var pair = new Pair(changeA: s => Host(s, password: password), changeB: s => Edge(s, XauthType.RadiusChap));
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        var asked = Attributes(pair.B, pair.Flying[0].Datagram).List;
        Assert.Equal([16520, 16525, 16521, 16522], asked.Select(a => (int)a.Type));
        Assert.Equal(16, asked[1].Value.Length);
        pair.Settle();
        Assert.Equal(passes, pair.B.Told.OfType<Effect.XauthEnded>().Single().Passed);
        Assert.Equal(passes ? 1 : 0, pair.A.Pairs.Count());
    }

    /// <summary>
    /// §6.3: the formula against one computed apart with Python's hashlib: MD5(0x01 | "wonderland" | 00 01 … 0f).
    /// </summary>
    [Fact]
    [Clause("xauth-6.3-01")]
    public void ChapResponseIsMd5OverIdentifierPasswordAndChallenge()
        => Assert.Equal("01d0746cfec3b68995b2f59f07ab80adfd", Convert.ToHexStringLower(
            Chap.Response(1, Secret.Of("wonderland"u8), Octets.FromHex("000102030405060708090a0b0c0d0e0f"))));

    /// <summary>§5, §6.1, §6.2: what the host answers to each question; more than name and password, or another type, is FAIL.</summary>
    [Fact]
    [Clause("xauth-6.1-02")]
    [Clause("xauth-6.2-03")]
    public void HostAnswersWhatItIsAskedOrFails()
    {
        var host = new XauthPolicy.IpsecHost(Text("alice"), Secret.Of("wonderland"u8));
        DataAttribute Ask(ConfigurationAttribute a) => DataAttribute.Variable((ushort)a, Octets.Empty);
        DataAttribute TypeIs(ushort t) => DataAttribute.Basic((ushort)ConfigurationAttribute.XauthType, t);
        var (name, password) = (Ask(ConfigurationAttribute.XauthUserName), Ask(ConfigurationAttribute.XauthUserPassword));
        DataAttribute alice = name with { Value = Text("alice") }, wonderland = password with { Value = Text("wonderland") };
        Assert.Equal([alice, wonderland], XauthAttributes.Answer(host, [name, password]));
        Assert.Equal([TypeIs(0), alice, wonderland], XauthAttributes.Answer(host, [TypeIs(0), name, password]));
        Assert.Equal([alice], XauthAttributes.Answer(host, [Ask(ConfigurationAttribute.XauthMessage), name]));
        foreach (var asked in new[] { ConfigurationAttribute.XauthPasscode, ConfigurationAttribute.XauthDomain, ConfigurationAttribute.XauthNextPin, ConfigurationAttribute.XauthAnswer })
        {
            Assert.Equal([XauthAttributes.Status(false)], XauthAttributes.Answer(host, [name, password, Ask(asked)]));
        }

        foreach (ushort type in new ushort[] { 2, 3, 4, 65535 })
        {
            Assert.Equal([XauthAttributes.Status(false)], XauthAttributes.Answer(host, [TypeIs(type), name, password]));
        }
    }

    /// <summary>§6.1, §6.2, B-117: a REPLY that says anything else than a name and a password of the type asked for lets nobody in.</summary>
    [Fact]
    [Clause("xauth-6.1-03")]
    [Clause("xauth-6.2-03")]
    public void MalformedReplyLetsNobodyIn()
    {
        DataAttribute Is(ConfigurationAttribute a, string text) => DataAttribute.Variable((ushort)a, Text(text));
        DataAttribute TypeIs(ushort t) => DataAttribute.Basic((ushort)ConfigurationAttribute.XauthType, t);
        var (name, password) = (Is(ConfigurationAttribute.XauthUserName, "alice"), Is(ConfigurationAttribute.XauthUserPassword, "wonderland"));
        Assert.NotNull(XauthAttributes.Read([name, password], XauthType.Generic, Octets.Empty));
        Assert.NotNull(XauthAttributes.Read([TypeIs(0), password, name], XauthType.Generic, Octets.Empty));
        foreach (var reply in new DataAttribute[][]
        {
            [], [name], [password], [name with { Value = Octets.Empty }, password], [TypeIs(1), name, password], [TypeIs(2), name, password],
            [name, password, XauthAttributes.Status(false)], [name, password, XauthAttributes.Status(true)], [XauthAttributes.Status(true)],
            [name with { Value = new byte[1025] }, password], [name, password with { Value = new byte[1025] }],
        })
        {
            Assert.Null(XauthAttributes.Read([.. reply], XauthType.Generic, Octets.Empty));
        }
    }

    /// <summary>B-62: texts need no NUL at their end, and one that is there is none of the password; a second is.</summary>
    [Fact]
    public void OneNulAfterATextIsNotPartOfIt()
    {
        var read = XauthAttributes.Read(
            [
                DataAttribute.Variable((ushort)ConfigurationAttribute.XauthUserName, Text("alice\0")),
                DataAttribute.Variable((ushort)ConfigurationAttribute.XauthUserPassword, Text("wonderland\0\0")),
            ],
            XauthType.Generic, Octets.Empty)!;
        Assert.Equal((Text("alice"), Text("wonderland\0")), (read.User, read.Password));
    }

    /// <summary>B-09: a user name that looks like ASN.1, or is longer than any text, is octets and no more.</summary>
    [Theory]
    [InlineData("0\u0001")]
    [InlineData("00\u007f\u007f")]
    [InlineData("'; ip link del eth0 #")]
    public void OddUserNameIsMerelyUnknown(string user)
    {
        var pair = new Pair(changeA: s => Host(s, user), changeB: s => Edge(s));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(Text(user), pair.B.Told.OfType<Effect.XauthEnded>().Single().User);
        Assert.Empty(pair.B.State.Isakmp);
    }

    /// <summary>§6, D-184: one identifier in all four messages, two message ids.</summary>
    [Fact]
    [Clause("xauth-6-03")]
    public void OneIdentifierAndTwoMessageIds()
    {
        var pair = Pair();
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        var request = pair.DeliverNext().Datagram;
        pair.DeliverNext();
        var set = pair.Flying[0].Datagram;
        var (asked, verdict) = (Attributes(pair.B, request), Attributes(pair.B, set));
        Assert.Equal((ConfigurationMessage.Request, ConfigurationMessage.Set), (asked.MessageType, verdict.MessageType));
        Assert.Equal(asked.Identifier, verdict.Identifier);
        Assert.NotEqual(Insider.HeaderOf(request).MessageId, Insider.HeaderOf(set).MessageId);
        Assert.Equal([XauthAttributes.Status(true)], verdict.List);
    }

    /// <summary>R-63, L-14: any one message lost, the rest still comes through by retransmission.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Clause("modecfg-3.5-01")]
    public void LostTransactionMessageIsSentAgain(int lost)
    {
        var pair = Pair();
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        pair.Settle(n => n == lost);
        pair.Run(10_000);
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>R-60, L-14: a host that never answers loses the ISAKMP SA, and is told; so does an edge device that never asks.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Clause("xauth-6-02")]
    public void SilenceEndsTheIsakmpSa(bool hostIsSilent)
    {
        var pair = hostIsSilent ? Pair() : new Pair(both: s => Host(s), changeB: s => s with
        {
            Connections = [s.Connections[0] with { Xauth = new XauthPolicy.EdgeDevice(new UserTable([])) }],
        });
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        pair.Flying.Clear();
        var waits = hostIsSilent ? pair.B : pair.A;
        var silent = hostIsSilent ? pair.A : pair.B;
        silent.State = EndpointState.Empty;
        pair.Run(29_000);
        Assert.NotEmpty(waits.State.Isakmp);
        pair.Run(60_000);
        Assert.Empty(waits.State.Isakmp);
        Assert.Empty(waits.State.Timers);
        Assert.False(waits.Told.OfType<Effect.XauthEnded>().Single().Passed);
    }

    /// <summary>M-175: an edge device is not told by the host that the user is in, nor asked for its own password.</summary>
    [Fact]
    [Clause("xauth-6-01")]
    public void HostCannotGiveTheVerdict()
    {
        var pair = Pair();
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        pair.Flying.Clear();
        pair.Inject(pair.B, Transaction(pair.B, 7, new AttributesPayload(ConfigurationMessage.Set, 1, [XauthAttributes.Status(true)])));
        Assert.Contains(pair.B.Rejections(), r => r is Rejection.AccessPending);
        Assert.False(pair.B.State.Isakmp.Values.Single().IsOpen);
        Assert.Empty(pair.Flying);
    }

    /// <summary>§6.1: the host's ACK of the verdict has no attributes; FAIL without a question ends the SA as well.</summary>
    [Fact]
    [Clause("xauth-6.1-04")]
    public void VerdictFailEndsTheIsakmpSaAtTheHost()
    {
        var pair = Pair();
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        pair.Flying.Clear();
        var iv = pair.A.State.Isakmp.Values.Single().Phase1;
        pair.Inject(pair.A, Transaction(pair.A, 7, new AttributesPayload(ConfigurationMessage.Set, 1, [XauthAttributes.Status(false)])));
        Assert.Empty(pair.A.State.Isakmp);
        Assert.False(pair.A.Told.OfType<Effect.XauthEnded>().Single().Passed);
        Assert.Equal(ExchangeType.Transaction, (ExchangeType)pair.Flying[0].Datagram.Span[18]);
        Assert.Equal(ExchangeType.Informational, (ExchangeType)pair.Flying[1].Datagram.Span[18]);
        Assert.NotNull(iv.Keys);
    }

    /// <summary>D-193, B-29, R-61: an Informational between XAUTH's messages is obeyed and disturbs nothing.</summary>
    [Fact]
    [Clause("xauth-6-01")]
    public void InformationalBetweenTheMessagesIsTaken()
    {
        var pair = Pair();
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        pair.Inject(pair.B, Insider.Informational(pair.B, 9, true,
            new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, Octets.Empty, NotifyType.InitialContact, Octets.Empty)));
        Assert.Contains(pair.B.Told, e => e is Effect.Noted { Type: NotifyType.InitialContact, Authenticated: true });
        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>B-28: the question overtakes message 6; it waits, message 5 goes again, and no timer is needed.</summary>
    [Fact]
    public void QuestionThatOvertakesTheLastMessageOfPhase1Waits()
    {
        var pair = Pair();
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        var (question, a) = (pair.Flying[0], pair.A.State);
        Assert.Single(a.Isakmp);
        var late = new Pair(changeA: s => Host(s), changeB: s => Edge(s));
        late.Connect(late.A);
        for (var n = 0; n < 5; n++)
        {
            late.DeliverNext();
        }

        var sixth = late.Flying[0];
        late.Flying.RemoveAt(0);
        Assert.Equal(question.Datagram, late.Flying[0].Datagram);
        late.DeliverNext();
        Assert.Contains(late.A.Rejections(), r => r is Rejection.Early);
        late.Deliver(sixth);
        late.Settle();
        Assert.Single(late.A.Pairs);
        Assert.Equal(Instant.Zero, late.Now);
        Assert.Null(late.TraceFault());
    }

    /// <summary>D-183: a new ISAKMP SA in place of the old one asks for the user again; the pair lives on.</summary>
    [Fact]
    public void RenewedIsakmpSaAsksAgain()
    {
        var pair = new Pair(isakmpLife: 600, changeA: s => Host(s), changeB: s => Edge(s));
        pair.Connect(pair.A);
        pair.Settle();
        var spi = pair.A.Pairs.Single().Spi;
        pair.Run(595_000);
        Assert.Equal(2, pair.B.Told.OfType<Effect.XauthEnded>().Count(e => e.Passed));
        Assert.Equal(spi, pair.A.Pairs.Single().Spi);
        Assert.Single(pair.A.State.Isakmp);
    }

    /// <summary>§7.2 and hybrid §5, D-76: the numbers from the initiator's view, the same at both ends.</summary>
    [Theory]
    [InlineData(AuthenticationMethod.PreSharedKey, false, 65001, 65002)]
    [InlineData(AuthenticationMethod.DssSignatures, false, 65003, 65004)]
    [InlineData(AuthenticationMethod.RsaSignatures, false, 65005, 65006)]
    [InlineData(AuthenticationMethod.RsaEncryption, false, 65007, 65008)]
    [InlineData(AuthenticationMethod.RevisedRsaEncryption, false, 65009, 65010)]
    [InlineData(AuthenticationMethod.RsaSignatures, true, 64221, 64222)]
    [InlineData(AuthenticationMethod.DssSignatures, true, 64223, 64224)]
    [Clause("hybrid-5-01")]
    [Clause("xauth-7.2-01")]
    public void MethodSaysWhichSideIsAskedForItsUser(AuthenticationMethod alone, bool hybrid, int hostBegins, int edgeBegins)
    {
        var host = new XauthPolicy.IpsecHost(Text("alice"), Secret.Of(""u8), hybrid);
        var edge = new XauthPolicy.EdgeDevice(new UserTable([]), Hybrid: hybrid);
        Assert.Equal(hostBegins, (int)XauthMethods.Of(alone, host, Role.Initiator)!);
        Assert.Equal(hostBegins, (int)XauthMethods.Of(alone, edge, Role.Responder)!);
        Assert.Equal(edgeBegins, (int)XauthMethods.Of(alone, edge, Role.Initiator)!);
        Assert.Equal(edgeBegins, (int)XauthMethods.Of(alone, host, Role.Responder)!);
        Assert.Equal(alone, XauthMethods.Alone((AuthenticationMethod)hostBegins));
        Assert.Null(XauthMethods.Of(AuthenticationMethod.EcdsaP256, host, Role.Initiator));
    }

    /// <summary>§7.2: a host that offers XAUTH to a peer without it, and a plain peer at an edge device, find no common method.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Clause("xauth-7.2-01")]
    public void XauthIsNotSpokenWithAPeerThatDoesNotAskForIt(bool hostHasIt)
    {
        var pair = hostHasIt ? new Pair(changeA: s => Host(s)) : new Pair(changeB: s => Edge(s));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Contains(pair.B.Rejections(), r => r is Rejection.NothingAcceptable);
        Assert.DoesNotContain(pair.A.Told.Concat(pair.B.Told), e => e is Effect.IsakmpEstablished);
    }

    /// <summary>D-39: where neither XAUTH nor Mode Config is configured, exchange type 6 is refused.</summary>
    [Fact]
    public void TransactionIsRefusedWhereNobodyConfiguredIt()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        pair.Inject(pair.B, Transaction(pair.B, 7, new AttributesPayload(ConfigurationMessage.Request, 1, [])));
        Assert.Contains(pair.B.Rejections(), r => r is Rejection.WrongExchangeType { Type: ExchangeType.Transaction });
        Assert.Empty(pair.Flying);
        Assert.DoesNotContain(VendorIds.Xauth.Data.ToHex(), pair.A.Told.OfType<Effect.Send>().First().Datagram.ToHex(), StringComparison.Ordinal);
    }

    private static Pair Pair() => new(changeA: s => Host(s), changeB: s => Edge(s));
}
