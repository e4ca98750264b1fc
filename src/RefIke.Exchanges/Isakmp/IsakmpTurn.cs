using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Isakmp;

/// <summary>
/// One event's work on an exchange of RFC 2408 §4.4 to §4.7: guards over record and message, sends that fill what goes
/// out. A message is judged once, by what it holds: the choice first, then the key, then AUTH, so that the guards
/// exclude each other.
/// </summary>
public sealed class IsakmpTurn
{
    private readonly IIsakmpDoi doi;
    private Fault? fault;

    internal IsakmpTurn(IIsakmpDoi doi, IsakmpState before, IsakmpState after, ImmutableArray<Payload> payloads)
        => (this.doi, Before, After, Payloads) = (doi, before, after, payloads);

    private enum Fault
    {
        None,
        Offer,
        Choice,
        Key,
        Auth,
    }

    /// <summary>The record before the event.</summary>
    public IsakmpState Before { get; }

    /// <summary>The record after it.</summary>
    public IsakmpState After { get; private set; }

    /// <summary>The payloads received; empty for orders and time-outs.</summary>
    public ImmutableArray<Payload> Payloads { get; }

    /// <summary>The payloads to send; empty where nothing is sent.</summary>
    public ImmutableArray<Payload> Outgoing { get; private set; } = [];

    /// <summary>Whether what is sent is HDR*, for the drawing or for the ISAKMP SA above.</summary>
    public bool Encrypts { get; private set; }

    /// <summary>Why the message was refused.</summary>
    public Rejection? Rejection { get; private set; }

    /// <summary>The notify to send, where the row says so.</summary>
    public Refusal? Refusal { get; private set; }

    // Guards.

    /// <summary>Some proposal is acceptable, and nothing else is wrong with message 1.</summary>
    public static bool OfferAcceptable(IsakmpTurn t) => t.Judge() == Fault.None;

    /// <summary>No proposal is acceptable.</summary>
    public static bool NothingAcceptable(IsakmpTurn t) => t.Judge() == Fault.Offer;

    /// <summary>The choice is one of the offers.</summary>
    public static bool ChoiceWasOffered(IsakmpTurn t) => t.Judge() == Fault.None;

    /// <summary>It is not.</summary>
    public static bool ChoiceNotOffered(IsakmpTurn t) => t.Judge() == Fault.Choice;

    /// <summary>The key exchange data can be used.</summary>
    public static bool KeyValid(IsakmpTurn t) => t.Judge() == Fault.None;

    /// <summary>It cannot.</summary>
    public static bool KeyInvalid(IsakmpTurn t) => t.Judge() == Fault.Key;

    /// <summary>AUTH proves the identity claimed, and nothing else is wrong with the message.</summary>
    public static bool AuthMatches(IsakmpTurn t) => t.Judge() == Fault.None;

    /// <summary>AUTH proves nothing.</summary>
    public static bool AuthDiffers(IsakmpTurn t) => t.Judge() == Fault.Auth;

    // Sends, by their payloads in the order of the drawings.

    /// <summary>SA.</summary>
    public static void SendSa(IsakmpTurn t) => t.Send(false, t.Sa);

    /// <summary>SA, NONCE.</summary>
    public static void SendSaAndNonce(IsakmpTurn t) => t.Send(false, t.Sa, t.Nonce);

    /// <summary>KE, NONCE.</summary>
    public static void SendKeyAndNonce(IsakmpTurn t) => t.Send(false, t.Key, t.Nonce);

    /// <summary>KE, ID, AUTH.</summary>
    public static void SendKeyIdAndAuth(IsakmpTurn t) => t.Send(false, t.Key, t.Identity, t.Auth);

    /// <summary>ID, AUTH.</summary>
    public static void SendIdAndAuth(IsakmpTurn t) => t.Send(false, t.Identity, t.Auth);

    /// <summary>ID, AUTH behind HDR*.</summary>
    public static void SendIdAndAuthEncrypted(IsakmpTurn t) => t.Send(true, t.Identity, t.Auth);

    /// <summary>SA, NONCE, ID, AUTH.</summary>
    public static void SendSaNonceIdAndAuth(IsakmpTurn t) => t.Send(false, t.Sa, t.Nonce, t.Identity, t.Auth);

    /// <summary>SA, KE, NONCE, ID.</summary>
    public static void SendSaKeyNonceAndId(IsakmpTurn t) => t.Send(false, t.Sa, t.Key, t.Nonce, t.Identity);

    /// <summary>SA, KE, NONCE, ID, AUTH.</summary>
    public static void SendSaKeyNonceIdAndAuth(IsakmpTurn t)
        => t.Send(false, t.Sa, t.Key, t.Nonce, t.Identity, t.Auth);

    /// <summary>AUTH behind HDR*.</summary>
    public static void SendAuthEncrypted(IsakmpTurn t) => t.Send(true, t.Auth);

    /// <summary>Instead of message 2: an error notify in an Informational exchange (RFC 2408 §5.4).</summary>
    [Clause("2408-5.4-03")]
    public static void SendRefusal(IsakmpTurn t) => t.Refusal = new Refusal(
        t.Rejection?.Notify ?? NotifyType.NoProposalChosen, Protocol.Isakmp, Octets.Empty);

    /// <summary>What the message says goes into the record after, and is judged there.</summary>
    private Fault Judge() => fault ??= JudgeSa() ?? JudgeKey() ?? JudgeAuth() ?? Fault.None;

    /// <summary>
    /// The generic Aggressive Exchange leaves no choice: its KE is of the one transform (RFC 2408 §4.7).
    /// </summary>
    [Clause("2408-4.7-01")]
    [Clause("2408-4.2-07")]
    private Fault? JudgeSa()
    {
        if (Payloads.One<SecurityAssociationPayload>() is not { } sa)
        {
            return null;
        }

        if (Before.IsInitiator)
        {
            After = After with { Choice = sa };
            return (Rejection = doi.CheckChoice(After, sa)) is null ? null : Fault.Choice;
        }

        After = After with { Offer = sa };
        Rejection? why = Before.Type == ExchangeType.Aggressive && sa.Proposals is not [{ Transforms.Length: 1 }]
            ? new Rejection.NothingAcceptable(
                "more than one transform in an Aggressive Exchange", NotifyType.BadProposalSyntax)
            : null;
        After = After with { Choice = why is null ? doi.Choose(After, sa, out why) : null };
        Rejection = why;
        return After.Choice is null ? Fault.Offer : null;
    }

    /// <summary>Nonce and key exchange data: with both ends' at hand the keys are made.</summary>
    [Clause("2408-5.7-01")]
    private Fault? JudgeKey()
    {
        if (Payloads.One<NoncePayload>()?.Data is { } nonce)
        {
            After = Before.IsInitiator ? After with { Nr_b = nonce } : After with { Ni_b = nonce };
        }

        if (Payloads.One<KeyExchangePayload>()?.Data is not { } ke)
        {
            return null;
        }

        After = Before.IsInitiator ? After with { KE_R = ke } : After with { KE_I = ke };
        if ((Rejection = doi.CheckKey(After, ke)) is not null)
        {
            return Fault.Key;
        }

        DeriveOnce();
        return null;
    }

    [Clause("2408-4.4-02")]
    private Fault? JudgeAuth()
    {
        if (Payloads.One<IdentificationPayload>() is { } id)
        {
            After = Before.IsInitiator ? After with { IDir = id } : After with { IDii = id };
        }

        return Payloads.FirstOrDefault(p => p.Type == doi.Auth) is { } auth
            && (Rejection = doi.Verify(After, auth)) is not null ? Fault.Auth : null;
    }

    private void DeriveOnce()
    {
        if (After is { Keys: null, X: not null, KE_I.Length: > 0, KE_R.Length: > 0 })
        {
            After = After with { Keys = doi.Derive(After) };
        }
    }

    /// <summary>In a second phase every message is HDR* (RFC 2408 §4.6).</summary>
    [Clause("2408-4.6-02")]
    private void Send(bool encrypts, params ReadOnlySpan<Func<Payload>> payloads)
    {
        var outgoing = ImmutableArray.CreateBuilder<Payload>();
        foreach (var make in payloads)
        {
            outgoing.Add(make());
        }

        (Outgoing, Encrypts) = (outgoing.ToImmutable(), encrypts || Before.Under is not null);
    }

    private SecurityAssociationPayload Sa()
    {
        if (!Before.IsInitiator)
        {
            return After.Choice!;
        }

        var offer = doi.Offer(After);
        After = After with { Offer = offer };
        return offer;
    }

    private NoncePayload Nonce()
    {
        var nonce = doi.Nonce(After);
        After = Before.IsInitiator ? After with { Ni_b = nonce } : After with { Nr_b = nonce };
        return new NoncePayload(nonce);
    }

    /// <summary>
    /// Our key exchange data. The responder's keys are made once its nonce is known too, which in the drawings that
    /// have both comes right behind it.
    /// </summary>
    private KeyExchangePayload Key()
    {
        var (x, data) = doi.MakeKey(After);
        After = Before.IsInitiator ? After with { X = x, KE_I = data } : After with { X = x, KE_R = data };
        return new KeyExchangePayload(data);
    }

    private IdentificationPayload Identity()
    {
        var id = doi.Identity(After);
        After = Before.IsInitiator ? After with { IDii = id } : After with { IDir = id };
        return id;
    }

    /// <summary>Made last: both nonces and all that is known of the keys are in the record (RFC 2408 §4.4).</summary>
    [Clause("2408-4.4-03")]
    private Payload Auth()
    {
        DeriveOnce();
        return doi.Authenticate(After);
    }

    /// <summary>The record once all is sent: the responder has its keys with its own KE and nonce.</summary>
    internal IsakmpState Completed()
    {
        DeriveOnce();
        return After;
    }
}
