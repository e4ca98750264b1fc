using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>The SA payloads of messages 1 and 2: offer, choice and check (RFC 2409 §5, RFC 2408 §4.2).</summary>
internal static class ChoosingSa
{
    /// <summary>Some offered transform is acceptable by local policy.</summary>
    public static bool OfferAcceptable(Phase1Turn t) => Choose(t) is not null;

    /// <summary>None is.</summary>
    public static bool NothingAcceptable(Phase1Turn t) => !OfferAcceptable(t);

    /// <summary>The responder's choice is one of ours, unmodified (RFC 2409 §5).</summary>
    public static bool ChoiceWasOffered(Phase1Turn t) => t.Once("choice", () =>
    {
        var (answer, terms) = (t.Payloads.One<SecurityAssociationPayload>()!, t.Before.Terms!);
        var suite = Phase1Negotiation.Check(answer, terms.Offered, out var refusal, terms.Groups);
        t.Rejection = refusal;
        t.After = t.After with { Suite = suite };
        return suite is not null;
    });

    /// <summary>It is not.</summary>
    public static bool ChoiceNotOffered(Phase1Turn t) => !ChoiceWasOffered(t);

    /// <summary>Messages 1 and 2 of Main Mode.</summary>
    public static void SendSaPayload(Phase1Turn t)
        => t.SendClear([OfferOrAnswer(t), .. t.Extra(t.IsInitiator ? 1 : 2)]);

    /// <summary>Instead of message 2: a clear notify (RFC 2409 §5.7, RFC 2408 §5.4).</summary>
    [Clause("2409-5-20")]
    [Clause("2408-3.14-01")]
    [Clause("2408-5.4-03")]
    public static void SendRefusal(Phase1Turn t)
        => t.Refusal = new Refusal(t.Rejection?.Notify ?? NotifyType.NoProposalChosen, Protocol.Isakmp, Octets.Empty);

    /// <summary>The offer, or the answer to it; the record after keeps SAi_b (RFC 2409 §3.2).</summary>
    internal static SecurityAssociationPayload OfferOrAnswer(Phase1Turn t)
    {
        if (t.IsInitiator)
        {
            var offer = Phase1Negotiation.Offer(t.Before.Terms!.Offered);
            t.After = t.After with { SAi_b = offer.Body };
            return offer;
        }

        var choice = Choose(t)!;
        t.Learn(1);
        t.After = t.After with { SAi_b = t.Payloads.One<SecurityAssociationPayload>()!.Body };
        return Phase1Negotiation.Answer(choice.Proposal, choice.Transform);
    }

    /// <summary>In Aggressive Mode the offer comes with KE, and only a suite of its group can be chosen (D-78).</summary>
    private static Choice? Choose(Phase1Turn t) => t.Once("choice", () =>
    {
        var own = t.Before.Terms!.Suites;
        if (t.Payloads.One<KeyExchangePayload>() is { } ke)
        {
            own = [.. own.Where(s => s.Group.PublicLength == ke.Data.Length)];
        }

        var chosen = Phase1Negotiation.Choose(
            t.Payloads.One<SecurityAssociationPayload>()!, own, out var refusal, t.Before.Terms.Groups);
        t.Rejection = refusal;
        t.After = t.After with { Suite = chosen?.Suite };
        return chosen is { } c ? new Choice(c.Proposal, c.Transform) : null;
    });

    private sealed record Choice(ProposalPayload Proposal, TransformPayload Transform);
}
