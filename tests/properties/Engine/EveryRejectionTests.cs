using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Properties.Crypto;
using RefIke.Properties.Engine.RemoteAccess;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Engine.Phase1.Phase1Setups;
using Cookie = RefIke.Wire.Cookie;
using Octets = RefIke.Wire.Octets;

namespace RefIke.Properties.Engine;

/// <summary>
/// Each kind of <see cref="Rejection"/> is the end of some story between two endpoints: a kind that no story ends in is
/// dead,
/// and one that is added without a story fails here.
/// </summary>
[JudgesFaults]
public sealed class EveryRejectionTests
{
    private static readonly IPAddress Stranger = new([10, 77, 0, 9]);

    private static readonly NotificationPayload Text = new(
        Doi.Ipsec, Protocol.Isakmp, Octets.Empty, NotifyType.InvalidIdInformation, Octets.Empty);

    private static readonly Dictionary<Type, Func<Pair>> Stories = new()
    {
        [typeof(Rejection.BadSyntax)] = () => ToB(new Pair(), new byte[Header.Size - 1]),
        [typeof(Rejection.Unexpected)] = () => Early(ExchangeType.NewGroupMode, HeaderFlags.Encryption, 7),
        [typeof(Rejection.WrongPayloads)] = () => Third(
            d => Insider.Clear(d, p => p.Where(x => x is not NoncePayload))),
        [typeof(Rejection.WrongProtection)] = () => Third(d => Insider.Patched(d, (19, (byte)HeaderFlags.Encryption))),
        [typeof(Rejection.Undecodable)] = () => Begun(
            4, d => Insider.Patched(d, (Header.Size, (byte)(d.Span[Header.Size] ^ 1)))),
        [typeof(Rejection.ChoiceNotOffered)] = () => Begun(1, d => Insider.Clear(
            d, _ => [Phase1Negotiation.Offer([SuiteNames.Phase1("aes256-sha1-modp1024", 28800)!])])),
        [typeof(Rejection.NothingAcceptable)] = () => Whole(new Pair(peerPhase1: "aes256-sha1-modp1024")),
        [typeof(Rejection.BadPublicValue)] = () => Third(d => Insider.Clear(
            d, p => p.Select(x => x is KeyExchangePayload ke ? new KeyExchangePayload(new byte[ke.Data.Length]) : x))),
        [typeof(Rejection.HashMismatch)] = () => Up(new Pair(), p => Insider.Informational(p.A, 7, false, Text)),
        [typeof(Rejection.SignatureRefused)] = () => Whole(Signed(
            b => b.WithKeys(k => k with { PeerKey = Key("C", AuthenticationMethod.RsaSignatures).PublicKey }))),
        [typeof(Rejection.CertificateRefused)] = () => Whole(Signed(b => b.WithKeys(k => k with { PeerKey = null }))),
        [typeof(Rejection.WrongIdentity)] = () => Whole(
            new Pair(changeA: s => s.With(c => c with { OwnIdentity = Selector.ToPayload(Stranger, 32) }))),
        [typeof(Rejection.UnknownSa)] = () => ToB(new Pair(), Bare(
            ExchangeType.QuickMode, HeaderFlags.Encryption, 7, new Cookie(1), new Cookie(2))),
        [typeof(Rejection.BadMessageId)] = () => Begun(0, d => Insider.Patched(d, (23, 1))),
        [typeof(Rejection.WrongExchangeType)] = () => Begun(0, d => Insider.Patched(d, (18, (byte)ExchangeType.Base))),
        [typeof(Rejection.Duplicate)] = () => Twice(),
        [typeof(Rejection.Early)] = () => Overtaken(),
        [typeof(Rejection.LimitReached)] = () => Whole(
            new Pair(changeB: s => s with { Limits = s.Limits with { HalfOpenPerAddress = 0 } })),
        [typeof(Rejection.GroupRefused)] = () => Offered(),
        [typeof(Rejection.NoPolicy)] = () => Whole(
            new Pair(changeB: s => s.With(c => c with { Remote = new IPEndPoint(Stranger, 500) }))),
        [typeof(Rejection.BadSequence)] = () => Up(
            new Pair(both: s => s.With(c => c with { DeadPeer = new DeadPeerPolicy() })),
            p => Insider.Informational(p.A, 7, true, Ack(p))),
        [typeof(Rejection.BadFragment)] = () => Fragmented(),
        [typeof(Rejection.AccessPending)] = () => Pending(),
        [typeof(Rejection.UserRefused)] = () => Whole(
            new Pair(changeA: s => AccessSetups.Host(s, password: "glass"), changeB: s => AccessSetups.Edge(s))),
        [typeof(Rejection.NoAddress)] = () => Whole(
            new Pair(changeA: s => AccessSetups.GetsAddress(s), changeB: s => AccessSetups.GivesAddress(s, count: 0))),
        [typeof(Rejection.OtherTransaction)] = () => Answered(),
        [typeof(Rejection.Reflected)] = () => Reflected(),
    };

    public static TheoryData<string> Kinds => [.. Nested().Select(t => t.Name)];

    /// <summary>
    /// The story of a kind ends in it, is told as one, and what is told names a clause and gives a reason.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryKindIsProduced(string kind)
    {
        var type = Nested().Single(t => t.Name == kind);
        Assert.True(Stories.ContainsKey(type), $"nothing shows how {kind} comes about");
        var pair = Stories[type]();
        var why = pair.A.Rejections().Concat(pair.B.Rejections()).FirstOrDefault(r => r.GetType() == type);
        Assert.True(why is not null, $"{kind} did not come about");
        Assert.Equal(kind, why.Kind);
        Assert.NotEmpty(why.Reason);
        Assert.Matches("^[0-9a-z]+-", why.Clause);
    }

    /// <summary>No story is of a kind that has gone.</summary>
    [Fact]
    public void EveryStoryHasItsKind() => Assert.Empty(Stories.Keys.Except(Nested()));

    private static IEnumerable<Type> Nested()
        => typeof(Rejection).GetNestedTypes().Where(t => t.IsAssignableTo(typeof(Rejection)));

    private static Pair Whole(Pair pair)
    {
        pair.Connect(pair.A);
        pair.Settle();
        return pair;
    }

    private static Pair ToB(Pair pair, Octets datagram)
    {
        pair.Inject(pair.B, datagram);
        return pair;
    }

    private static Pair Up(Pair pair, Func<Pair, Octets> then) => ToB(Whole(pair), then(pair));

    /// <summary>Message <paramref name="n"/> of Main Mode, from 0, is changed on its way.</summary>
    private static Pair Begun(int n, Func<Octets, Octets> change)
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        for (var passed = 0; passed < n; passed++)
        {
            pair.DeliverNext();
        }

        var next = pair.Flying[0];
        pair.Deliver(next with { Datagram = change(next.Datagram) });
        return pair;
    }

    private static Pair Third(Func<Octets, Octets> change) => Begun(2, change);

    private static Octets Bare(ExchangeType type, HeaderFlags flags, uint id, Cookie CKY_I, Cookie CKY_R)
        => MessageWriter.WriteEncrypted(
            new Header(CKY_I, CKY_R, PayloadType.Hash, 0x10, type, flags, id, 0), PayloadType.Hash, new byte[32]);

    /// <summary>A message under an ISAKMP SA that is not there yet.</summary>
    private static Pair Early(ExchangeType type, HeaderFlags flags, uint id)
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.DeliverNext();
        var half = pair.B.State.Isakmp.Values.Single().Phase1;
        return ToB(pair, Bare(type, flags, id, half.CKY_I, half.CKY_R));
    }

    private static Pair Signed(Func<EndpointSetup, EndpointSetup> changeB)
        => new(both: As(ExchangeType.MainMode, AuthenticationMethod.RsaSignatures), changeB: changeB);

    private static Pair Twice()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Deliver(pair.Flying[0]);
        pair.Deliver(pair.Flying[0]);
        return pair;
    }

    private static Pair Reflected()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Inject(pair.A, pair.Flying[0].Datagram);
        return pair;
    }

    /// <summary>Quick Mode's first message overtakes the last of Aggressive Mode.</summary>
    private static Pair Overtaken()
    {
        var pair = new Pair(both: s => s.With(c => c with { Mode = ExchangeType.Aggressive }));
        pair.Connect(pair.A);
        pair.DeliverNext();
        pair.DeliverNext();
        pair.Deliver(pair.Flying.First(f => f.Datagram.Span[18] == (byte)ExchangeType.QuickMode));
        return pair;
    }

    private static Pair Offered()
    {
        var pair = Whole(new Pair());
        pair.Do(pair.A, new Input.NewGroup(pair.A.State.Isakmp.Values.Single().Own, 33000, Offers.Of(2)));
        pair.Settle();
        return pair;
    }

    private static NotificationPayload Ack(Pair pair)
    {
        var sa = pair.A.State.Isakmp.Values.Single().Phase1;
        byte[] spi = [.. sa.CKY_I.ToArray(), .. sa.CKY_R.ToArray()];
        return new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, spi, NotifyType.RUThereAck, new byte[4]);
    }

    /// <summary>Of message 3 the first fragment comes twice, and is another the second time.</summary>
    private static Pair Fragmented()
    {
        var pair = new Pair(both: s => s.With(c => c with { Fragmentation = new FragmentationPolicy { Size = 150 } }));
        pair.Connect(pair.A);
        pair.DeliverNext();
        pair.DeliverNext();
        var first = pair.DeliverNext();
        pair.Deliver(first with
        {
            Datagram = Insider.Clear(first.Datagram, p => p.Select(
                x => x is FragmentPayload f ? f with { Data = new byte[f.Data.Length] } : x)),
        });
        return pair;
    }

    /// <summary>A Quick Mode while the edge device asks for the user.</summary>
    private static Pair Pending()
    {
        var pair = new Pair(changeA: s => AccessSetups.Host(s), changeB: s => AccessSetups.Edge(s));
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        var sa = pair.B.State.Isakmp.Values.Single().Phase1;
        return ToB(pair, Bare(ExchangeType.QuickMode, HeaderFlags.Encryption, 7, sa.CKY_I, sa.CKY_R));
    }

    /// <summary>Mode Config's answer with another identifier, its HASH right.</summary>
    private static Pair Answered()
    {
        var pair = new Pair(changeA: s => AccessSetups.GetsAddress(s), changeB: s => AccessSetups.GivesAddress(s));
        pair.Connect(pair.A);
        pair.DeliverUntil(ExchangeType.Transaction);
        pair.DeliverNext();
        var answer = pair.Flying[0].Datagram;
        var (open, header) = (pair.A.State.Transactions.Values.Single().State, Insider.HeaderOf(answer));
        var (suite, keys) = (open.Phase1.Suite!, open.Phase1.Keys!);
        Assert.Null(Protection.Open(answer, header, suite.Cipher, keys.Ka, open.Iv, out var opened));
        var list = (AttributesPayload)opened!.Payloads[1];
        ImmutableArray<Payload> other = [list with { Identifier = (ushort)(list.Identifier ^ 1) }];
        var hash = RefIke.Crypto.KeySchedule.Rfc2409.HASH_1(
            suite.Prf, keys.SKEYID_a, header.MessageId, MessageWriter.WritePayloads(other));
        pair.Inject(pair.A, Protection.Seal(
            header, [new HashPayload(hash), .. other], suite.Cipher, keys.Ka, open.Iv).Datagram);
        return pair;
    }
}
