using System.Collections.Immutable;
using RefIke.Exchanges;
using RefIke.Exchanges.Isakmp;
using RefIke.Exchanges.Negotiation;
using RefIke.Properties.Engine;
using RefIke.Specification;
using RefIke.Wire;
using Xunit;
using static RefIke.Wire.PayloadType;

namespace RefIke.Properties.Exchanges.Isakmp;

/// <summary>
/// The exchanges that RFC 2408 defines itself, §4.4 to §4.7, between two ends with one domain of interpretation: what
/// goes when, what is refused with which notify, copies and time-outs.
/// </summary>
public sealed class IsakmpExchangeTests
{
    private const PayloadType Sa = SecurityAssociation, Ke = PayloadType.KeyExchange, Id = Identification;

    /// <summary>
    /// The drawings of RFC 2408 §4.4 to §4.7, written down here once more: payloads of each message, and which are
    /// HDR*.
    /// </summary>
    private static readonly Dictionary<ExchangeType, (bool Encrypted, PayloadType[] Payloads)[]> Drawings = new()
    {
        [ExchangeType.Base] =
        [
            (false, [Sa, Nonce]), (false, [Sa, Nonce]), (false, [Ke, Id, Hash]), (false, [Ke, Id, Hash]),
        ],
        [ExchangeType.MainMode] =
        [
            (false, [Sa]), (false, [Sa]), (false, [Ke, Nonce]), (false, [Ke, Nonce]),
            (true, [Id, Hash]), (true, [Id, Hash]),
        ],
        [ExchangeType.AuthenticationOnly] = [(false, [Sa, Nonce]), (false, [Sa, Nonce, Id, Hash]), (false, [Id, Hash])],
        [ExchangeType.Aggressive] = [(false, [Sa, Ke, Nonce, Id]), (false, [Sa, Ke, Nonce, Id, Hash]), (true, [Hash])],
    };

    public static TheoryData<ExchangeType> Types => [.. Drawings.Keys];

    /// <summary>Every message of every exchange, by its number from 0.</summary>
    public static TheoryData<ExchangeType, int> Messages
    {
        get
        {
            var all = new TheoryData<ExchangeType, int>();
            foreach (var (type, drawing) in Drawings)
            {
                foreach (var n in Enumerable.Range(0, drawing.Length))
                {
                    all.Add(type, n);
                }
            }

            return all;
        }
    }

    /// <summary>
    /// Both ends end established, by the messages of the drawing in its order, and with the same keys where there are
    /// any.
    /// </summary>
    [Theory]
    [MemberData(nameof(Types))]
    [Clause("2408-4.4-01")]
    [Clause("2408-4.5-01")]
    [Clause("2408-4.5-02")]
    [Clause("2408-4.6-01")]
    [Clause("2408-4.7-02")]
    [Clause("2408-3.1-04")]
    public void BothEndsCompleteByTheDrawing(ExchangeType type)
    {
        var pair = new IsakmpPair(type);
        Assert.Null(pair.Run());
        Assert.Equal((IsakmpStep.Established, IsakmpStep.Established), (pair.I.Step, pair.R.Step));
        Assert.Equal(Drawings[type].Length, pair.Sent.Count);
        for (var n = 0; n < pair.Sent.Count; n++)
        {
            var header = IsakmpPair.HeaderOf(pair.Sent[n].Datagram);
            Assert.Equal((type, 0u, pair.I.CKY_I), (header.ExchangeType, header.MessageId, header.InitiatorCookie));
            Assert.Equal(n == 0 ? default : pair.R.CKY_R, header.ResponderCookie);
            Assert.Equal(Drawings[type][n].Encrypted ? HeaderFlags.Encryption : HeaderFlags.None, header.Flags);
            Assert.Equal(Drawings[type][n].Payloads, pair.Payloads(n).Select(p => p.Type));
        }

        Assert.Equal(type != ExchangeType.AuthenticationOnly, pair.I.Keys is not null);
        Assert.Equal(pair.I.Keys, pair.R.Keys);
        Assert.Equal((IsakmpPair.Host(1), IsakmpPair.Host(2)), (pair.R.IDii, pair.I.IDir));
        Assert.Null(pair.I.X ?? pair.R.X);
    }

    /// <summary>
    /// As a second phase all messages are HDR*, under the keys of the first, and none is taken in clear.
    /// </summary>
    [Theory]
    [MemberData(nameof(Types))]
    [Clause("2408-4.6-02")]
    public void SecondPhaseIsEncryptedThroughout(ExchangeType type)
    {
        var pair = new IsakmpPair(type, M_ID: 7);
        Assert.Null(pair.Run());
        Assert.Equal((IsakmpStep.Established, IsakmpStep.Established), (pair.I.Step, pair.R.Step));
        Assert.All(pair.Sent.Select(s => IsakmpPair.HeaderOf(s.Datagram)), h => Assert.Equal(
            (HeaderFlags.Encryption, 7u), (h.Flags, h.MessageId)));

        var clear = new IsakmpPair(type, M_ID: 7);
        clear.Begin();
        var turn = clear.Try(clear.With(0, clear.Payloads(0), otherProtection: true), true);
        Assert.Equal(NotifyType.InvalidFlags, Assert.IsType<Rejection.WrongProtection>(turn.Rejection).Notify);
    }

    /// <summary>
    /// A message that lacks any of its payloads, has one twice, or a strange one, is PAYLOAD-MALFORMED and changes
    /// nothing.
    /// </summary>
    [Theory]
    [MemberData(nameof(Messages))]
    [Clause("2408-4.4-01")]
    [Clause("2408-4.5-01")]
    [Clause("2408-4.6-01")]
    [Clause("2408-4.7-02")]
    public void MessageHasItsPayloadsAndNoOthers(ExchangeType type, int n)
    {
        var (pair, whole) = Before(type, n);
        foreach (var payload in whole)
        {
            if (whole.Length > 1)
            {
                Malformed(whole.Remove(payload));
            }

            Malformed([.. whole, payload]);
        }

        Malformed([.. whole, new SignaturePayload(new byte[20])]);

        void Malformed(ImmutableArray<Payload> payloads)
        {
            var turn = pair.Try(pair.With(n, payloads), n % 2 == 0);
            Assert.Equal(NotifyType.PayloadMalformed, Assert.IsType<Rejection.WrongPayloads>(turn.Rejection).Why);
            Unchanged(pair, n, turn);
        }
    }

    /// <summary>SA is first; the other payloads may come in any order (RFC 2408 §4.1).</summary>
    [Theory]
    [MemberData(nameof(Messages))]
    [Clause("2408-4.1-02")]
    public void OrderIsFreeBehindSa(ExchangeType type, int n)
    {
        var (pair, whole) = Before(type, n);
        ImmutableArray<Payload> backwards = [.. whole.Reverse()];
        var turn = pair.Try(pair.With(n, backwards), n % 2 == 0);
        if (whole.Length > 1 && whole[0] is SecurityAssociationPayload)
        {
            Assert.IsType<Rejection.WrongPayloads>(turn.Rejection);
            backwards = [whole[0], .. backwards[..^1]];
            turn = pair.Try(pair.With(n, backwards), n % 2 == 0);
        }

        Assert.Null(turn.Rejection);
        Assert.NotEqual(n % 2 == 0 ? pair.R.Step : pair.I.Step, turn.After.Step);
    }

    /// <summary>HDR where the drawing has HDR*, and the other way, is INVALID-FLAGS.</summary>
    [Theory]
    [MemberData(nameof(Messages))]
    [Clause("2408-3.1-13")]
    [Clause("2408-4.5-02")]
    public void ProtectionIsThatOfTheDrawing(ExchangeType type, int n)
    {
        var (pair, whole) = Before(type, n);
        var turn = pair.Try(pair.With(n, whole, otherProtection: true), n % 2 == 0);
        if (turn.Rejection is not Rejection.Undecodable)      // the keys at hand are not those it was encrypted under
        {
            Assert.Equal(NotifyType.InvalidFlags, Assert.IsType<Rejection.WrongProtection>(turn.Rejection).Notify);
        }

        Unchanged(pair, n, turn);
    }

    /// <summary>
    /// AUTH by somebody without the secret is refused by what the DOI says, and the exchange goes on waiting.
    /// </summary>
    [Theory]
    [MemberData(nameof(Messages))]
    [Clause("2408-4.4-02")]
    [Clause("2408-4.4-03")]
    public void WrongAuthIsRefused(ExchangeType type, int n)
    {
        var (pair, whole) = Before(type, n);
        if (whole.OfType<HashPayload>().SingleOrDefault() is not { } hash)
        {
            return;
        }

        byte[] other = [(byte)(hash.Data.Span[0] ^ 1), .. hash.Data.Span[1..]];
        var turn = pair.Try(pair.With(n, whole.Replace(hash, new HashPayload(other))), n % 2 == 0);
        Assert.Equal(NotifyType.InvalidHashInformation, Assert.IsType<Rejection.HashMismatch>(turn.Rejection).Notify);
        Unchanged(pair, n, turn);
        Assert.Null(pair.Try(pair.Sent[n].Datagram, n % 2 == 0).Rejection);

        // The nonces are under it: another of the peer's own, and AUTH no longer fits.
        if (whole.OfType<NoncePayload>().SingleOrDefault() is { } nonce)
        {
            turn = pair.Try(pair.With(n, whole.Replace(nonce, new NoncePayload(new byte[32]))), n % 2 == 0);
            Assert.IsType<Rejection.HashMismatch>(turn.Rejection);
        }
    }

    /// <summary>Two secrets, and neither end believes the other.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    [Clause("2408-4.4-02")]
    public void PeersWithDifferentSecretsDoNotAgree(ExchangeType type)
    {
        var pair = new IsakmpPair(type, responder: IsakmpPair.B with { Secret = "other" });
        pair.Run();
        Assert.NotEqual(IsakmpStep.Established, pair.R.Step);
        Assert.NotEqual(IsakmpStep.Established, pair.I.Step);
    }

    /// <summary>A peer that proves to be somebody else is INVALID-ID-INFORMATION.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    [Clause("2408-4.4-02")]
    public void OtherIdentityIsRefused(ExchangeType type)
    {
        var pair = new IsakmpPair(type, initiator: IsakmpPair.A with { Peer = IsakmpPair.Host(3) });
        var last = (Rejection?)null;
        Octets? next = pair.Begin();
        for (var n = 0; next is { } datagram; n++)
        {
            var turn = pair.Deliver(datagram, n % 2 == 0);
            (next, last) = (turn.Sent, turn.Rejection ?? last);
        }

        Assert.Equal(NotifyType.InvalidIdInformation, Assert.IsType<Rejection.WrongIdentity>(last).Notify);
        Assert.Equal(IsakmpStep.AwaitAuthR, pair.I.Step);
    }

    /// <summary>
    /// Where nothing is acceptable the responder's notify says so, and nothing is kept (RFC 2408 §5.4).
    /// </summary>
    [Theory]
    [MemberData(nameof(Types))]
    [Clause("2408-5.4-03")]
    public void NothingAcceptableIsToldByANotify(ExchangeType type)
    {
        var other = SuiteNames.Phase1("aes256-sha1-modp1024", 28800)!;
        Refused(IsakmpPair.A with { Suite = other }, NotifyType.NoProposalChosen);
        Refused(IsakmpPair.A with { Change = sa => sa with { Proposals = [sa.Proposals[0], sa.Proposals[0]] } },
            NotifyType.BadProposalSyntax);

        void Refused(IkeDoi initiator, NotifyType why)
        {
            var pair = new IsakmpPair(type, initiator);
            var turn = pair.Deliver(pair.Begin(), true);
            Assert.Equal((IsakmpStep.Failed, why), (turn.After.Step, turn.Refusal!.Type));
            Assert.Null(turn.Sent);
        }
    }

    /// <summary>
    /// The generic Aggressive Exchange has one transform, as its KE goes with it; the others may offer several.
    /// </summary>
    [Theory]
    [MemberData(nameof(Types))]
    [Clause("2408-4.7-01")]
    public void AggressiveOffersOneTransform(ExchangeType type)
    {
        var two = IsakmpPair.A with
        {
            Change = sa => sa with
            {
                Proposals = [sa.Proposals[0] with { Transforms = [sa.Proposals[0].Transforms[0], Second(sa)] }],
            },
        };
        var pair = new IsakmpPair(type, two);
        var turn = pair.Deliver(pair.Begin(), true);
        Assert.Equal(type == ExchangeType.Aggressive ? NotifyType.BadProposalSyntax : null, turn.Refusal?.Type);
        Assert.Equal(type == ExchangeType.Aggressive, turn.Sent is null);

        static TransformPayload Second(SecurityAssociationPayload sa)
            => sa.Proposals[0].Transforms[0] with { Number = 2 };
    }

    /// <summary>A choice that was not offered is refused, and the initiator goes on waiting (RFC 2408 §4.2).</summary>
    [Theory]
    [MemberData(nameof(Types))]
    [Clause("2408-4.2-07")]
    public void ChoiceThatWasNotOfferedIsRefused(ExchangeType type)
    {
        var other = SuiteNames.Phase1("aes256-sha1-modp1024", 28800)!;
        var strange = IsakmpPair.B with { Change = _ => Phase1Negotiation.Offer([other]) };
        var pair = new IsakmpPair(type, responder: strange);
        var second = pair.Deliver(pair.Begin(), true).Sent!.Value;
        var turn = pair.Try(second, false);
        Assert.IsType<Rejection.ChoiceNotOffered>(turn.Rejection);
        Unchanged(pair, 1, turn);
    }

    /// <summary>A KE that is no value of the group is INVALID-KEY-INFORMATION (RFC 2408 §5.7).</summary>
    [Theory]
    [MemberData(nameof(Messages))]
    [Clause("2408-5.7-01")]
    public void InvalidKeyIsRefused(ExchangeType type, int n)
    {
        var (pair, whole) = Before(type, n);
        if (whole.OfType<KeyExchangePayload>().SingleOrDefault() is not { } ke)
        {
            return;
        }

        var zero = whole.Replace(ke, new KeyExchangePayload(new byte[ke.Data.Length]));
        var turn = pair.Try(pair.With(n, zero), n % 2 == 0);
        Assert.Equal(NotifyType.InvalidKeyInformation, Assert.IsType<Rejection.BadPublicValue>(turn.Rejection).Notify);
        Unchanged(pair, n, turn);
    }

    /// <summary>
    /// A copy is answered with the same octets, and processed no more; other cookies, message ids and types are not
    /// ours.
    /// </summary>
    [Theory]
    [MemberData(nameof(Messages))]
    [Clause("2408-5.1-06")]
    [Clause("2408-5.2-02")]
    public void CopyGetsTheSameAnswer(ExchangeType type, int n)
    {
        var (pair, _) = Before(type, n);
        var (datagram, toResponder) = (pair.Sent[n].Datagram, n % 2 == 0);
        var answer = pair.Deliver(datagram, toResponder).Sent;
        var again = pair.Try(datagram, toResponder);
        Assert.IsType<Rejection.Duplicate>(again.Rejection);
        if (answer is { } octets)
        {
            Assert.Equal(octets, again.Sent);
        }

        Assert.Equal(toResponder ? pair.R : pair.I, again.After);
    }

    /// <summary>
    /// Our own message is no answer to itself, even where the answer has the same payloads (Base, messages 1 and 2).
    /// </summary>
    [Theory]
    [MemberData(nameof(Types))]
    [Clause("2408-5.2-01")]
    public void ReflectedMessageIsRefused(ExchangeType type)
    {
        var pair = new IsakmpPair(type);
        var first = pair.Begin();
        var turn = pair.Try(first, false);
        Assert.IsType<Rejection.Reflected>(turn.Rejection);
        Unchanged(pair, 1, turn);

        // The same with another nonce: its CKY-R is zero, as in no message 2.
        var payloads = pair.Payloads(0);
        var other = payloads.Select(p => p is NoncePayload ? new NoncePayload(new byte[32]) : p);
        ImmutableArray<Payload> changed = [.. other, new VendorIdPayload(new byte[8])];
        turn = pair.Try(MessageWriter.Write(IsakmpPair.HeaderOf(first), changed), false);
        Assert.IsType<Rejection.UnknownSa>(turn.Rejection);
        Unchanged(pair, 1, turn);
    }

    /// <summary>Cookies, message id and exchange type are those of the exchange.</summary>
    [Theory]
    [MemberData(nameof(Messages))]
    [Clause("2408-5.2-02")]
    public void HeaderIsThatOfTheExchange(ExchangeType type, int n)
    {
        var (pair, _) = Before(type, n);
        Assert.IsType<Rejection.UnknownSa>(Changed(0));
        Assert.IsType<Rejection.WrongExchangeType>(Changed(18));
        Assert.IsType<Rejection.BadMessageId>(Changed(23));

        Rejection? Changed(int octet)
        {
            var datagram = pair.Sent[n].Datagram.Span.ToArray();
            datagram[octet] ^= 64;
            var turn = pair.Try(datagram, n % 2 == 0);
            Unchanged(pair, n, turn);
            return turn.Rejection;
        }
    }

    /// <summary>Time-outs end each state that awaits something, and the exchange takes no further message.</summary>
    [Theory]
    [MemberData(nameof(Messages))]
    [Clause("2408-5.1-05")]
    public void TimeOutsEndTheExchange(ExchangeType type, int n)
    {
        var (pair, _) = Before(type, n);
        var toResponder = n % 2 == 0;
        if (n == 0)
        {
            Assert.IsType<Rejection.Unexpected>(pair.Happen(IsakmpEvent.HalfOpenExpired, true).Rejection);
            return;
        }

        var turn = pair.Happen(toResponder ? IsakmpEvent.HalfOpenExpired : IsakmpEvent.RetriesSpent, toResponder);
        Assert.Equal(IsakmpStep.Failed, turn.After.Step);
        (pair.I, pair.R) = toResponder ? (pair.I, turn.After) : (turn.After, pair.R);
        Assert.IsType<Rejection.Unexpected>(pair.Try(pair.Sent[n].Datagram, toResponder).Rejection);
    }

    /// <summary>
    /// Each step of every exchange is a row of <c>spec/exchanges</c>, and every trace a path through them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void TracesAreThoseOfTheTables(ExchangeType type)
    {
        var pair = new IsakmpPair(type);
        var steps = new List<TraceStep>();
        Octets? next = pair.Begin();
        for (var n = 0; next is { } datagram; n++)
        {
            var turn = pair.Deliver(datagram, n % 2 == 0);
            var e = turn.Taken!;
            steps.Add(new TraceStep(e.Role, e.Exchange, e.Role, e.State, e.Event, e.Guard, e.Next, e.Sends));
            next = turn.Sent;
        }

        var responder = steps.Where(s => s.Role == "Responder").ToArray();
        Assert.Null(new TraceAcceptance(RowFile.ReadAll(Pair.Repository)).FirstFault(responder));
        Assert.Equal("Established", responder[^1].Next);
    }

    private static (IsakmpPair Pair, ImmutableArray<Payload> Payloads) Before(ExchangeType type, int n)
    {
        var pair = new IsakmpPair(type);
        pair.Run(n);
        return (pair, pair.Payloads(n));
    }

    private static void Unchanged(IsakmpPair pair, int n, Turn<IsakmpState> turn)
    {
        Assert.Equal(n % 2 == 0 ? pair.R : pair.I, turn.After);
        Assert.Null(turn.Sent);
    }
}
