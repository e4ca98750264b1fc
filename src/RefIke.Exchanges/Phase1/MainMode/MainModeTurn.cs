using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1.MainMode;

/// <summary>
/// One event's work on a Main Mode exchange. It starts from the record before; its guards are predicates over record and
/// message, its sends fill what goes out and the record after.
/// </summary>
public sealed class MainModeTurn
{
    private readonly ExchangeMeans means;
    private bool? hashIsRight;
    private PublicValueFault? publicValue;
    private (ProposalPayload Proposal, TransformPayload Transform, Phase1Suite Suite)? choice;
    private bool chosen;

    internal MainModeTurn(ExchangeMeans means, Phase1State before, ImmutableArray<Payload> payloads)
        => (this.means, Before, After, Payloads) = (means, before, before, payloads);

    /// <summary>The record before the event.</summary>
    public Phase1State Before { get; }

    /// <summary>The record after it; the machine's state is set when the step ends.</summary>
    public Phase1State After { get; set; }

    /// <summary>The payloads received; empty for orders and time-outs.</summary>
    public ImmutableArray<Payload> Payloads { get; }

    /// <summary>The payloads to send; empty where nothing is sent.</summary>
    public ImmutableArray<Payload> Outgoing { get; set; } = [];

    /// <summary>Why the message was refused.</summary>
    public Rejection? Rejection { get; set; }

    /// <summary>The notify to send, where the row says so.</summary>
    public Refusal? Refusal { get; set; }

    private bool IsInitiator => Before.Role == Role.Initiator;

    // Guards: message 1 at the responder, message 2 at the initiator.

    /// <summary>Some offered transform is acceptable by local policy.</summary>
    public static bool OfferAcceptable(MainModeTurn t) => t.Choose() is not null;

    /// <summary>None is.</summary>
    public static bool NothingAcceptable(MainModeTurn t) => t.Choose() is null;

    /// <summary>The responder's choice is one of ours, unmodified (RFC 2409 §5).</summary>
    public static bool ChoiceWasOffered(MainModeTurn t) => t.Chosen() is not null;

    /// <summary>It is not.</summary>
    public static bool ChoiceNotOffered(MainModeTurn t) => t.Chosen() is null;

    // Guards: messages 3 and 4.

    /// <summary>The peer's public value is one of the group, and nothing is an echo of ours.</summary>
    public static bool PublicValueValid(MainModeTurn t) => t.CheckPublicValue() == PublicValueFault.None && !t.Echoed();

    /// <summary>It is not.</summary>
    public static bool PublicValueInvalid(MainModeTurn t) => !PublicValueValid(t);

    // Guards: messages 5 and 6.

    /// <summary>HASH verifies and the identity is the expected one.</summary>
    public static bool HashMatches(MainModeTurn t) => t.HashIsRight() && t.IdentityIsRight();

    /// <summary>HASH does not verify.</summary>
    public static bool HashDiffers(MainModeTurn t) => !t.HashIsRight();

    /// <summary>HASH verifies, but policy expects somebody else.</summary>
    public static bool IdentityRefused(MainModeTurn t) => t.HashIsRight() && !t.IdentityIsRight();

    // Sends, in the order of the drawing.

    /// <summary>Messages 1 and 2.</summary>
    public static void SendSaPayload(MainModeTurn t)
    {
        if (t.IsInitiator)
        {
            var offer = Phase1Negotiation.Offer(t.Before.Terms!.Suites);
            t.After = t.After with { SAi_b = offer.Body };
            t.Outgoing = [offer, .. t.means.Profile.Extra(1, t.After)];
            return;
        }

        var (proposal, transform, suite) = t.choice!.Value;
        t.After = t.means.Profile.Learn(1, t.After, t.Payloads) with
        {
            SAi_b = t.Payloads.One<SecurityAssociationPayload>()!.Body,
            Suite = suite,
        };
        t.Outgoing = [Phase1Negotiation.Answer(proposal, transform), .. t.means.Profile.Extra(2, t.After)];
    }

    /// <summary>Messages 3 and 4.</summary>
    [Clause("2408-5.13-01")]
    public static void SendKeyAndNonce(MainModeTurn t)
    {
        var random = t.means.Randomness;
        var suite = t.After.Suite!;
        var name = t.After.Name;
        var x = Secret.Of(random.Bytes(t.IsInitiator ? "xi" : "xr", name, suite.Group.PrivateLength));
        Octets own = t.means.DiffieHellman.PublicValue(suite.Group, x);
        Octets nonce = random.Bytes(t.IsInitiator ? "Ni" : "Nr", name, 32);
        if (t.IsInitiator)
        {
            t.After = t.means.Profile.Learn(2, t.After, t.Payloads) with { X = x, g_xi = own, Ni_b = nonce };
        }
        else
        {
            t.TakeKeAndNonce();
            t.After = t.means.Profile.Learn(3, t.After, t.Payloads) with { X = x, g_xr = own, Nr_b = nonce };
            t.DeriveKeys();
        }

        t.Outgoing = [new KeyExchangePayload(own), new NoncePayload(nonce), .. t.means.Profile.Extra(t.IsInitiator ? 3 : 4, t.After)];
    }

    /// <summary>Messages 5 and 6.</summary>
    [Clause("2407-4.2.1-01")]
    public static void SendIdAndHash(MainModeTurn t)
    {
        if (t.IsInitiator)
        {
            t.TakeKeAndNonce();
            t.After = t.means.Profile.Learn(4, t.After, t.Payloads);
            t.DeriveKeys();
        }

        var id = t.Before.Terms!.OwnIdentity;
        t.Outgoing = [id, new HashPayload(t.Hash(t.Before.Role, id.Body))];
    }

    /// <summary>Instead of message 2: a clear notify (RFC 2409 §5.7, RFC 2408 §5.4).</summary>
    [Clause("2409-5-20")]
    [Clause("2408-3.14-01")]
    [Clause("2408-5.4-03")]
    public static void SendRefusal(MainModeTurn t)
        => t.Refusal = new Refusal(t.Rejection?.Notify ?? NotifyType.NoProposalChosen, Protocol.Isakmp, Octets.Empty);

    private (ProposalPayload, TransformPayload, Phase1Suite)? Choose()
    {
        if (!chosen)
        {
            choice = Phase1Negotiation.Choose(Payloads.One<SecurityAssociationPayload>()!, Before.Terms!.Suites, out var refusal);
            (chosen, Rejection) = (true, refusal);
        }

        return choice;
    }

    private Phase1Suite? Chosen()
    {
        if (!chosen)
        {
            var suite = Phase1Negotiation.Check(
                Payloads.One<SecurityAssociationPayload>()!, Before.Terms!.Suites, out var refusal);
            (chosen, Rejection) = (true, refusal);
            After = After with { Suite = suite };
        }

        return After.Suite;
    }

    [Clause("2409-5-05")]
    [Clause("2408-5.7-01")]
    private PublicValueFault CheckPublicValue()
    {
        publicValue ??= means.DiffieHellman.Check(Before.Suite!.Group, Payloads.One<KeyExchangePayload>()!.Data.Span);
        if (publicValue != PublicValueFault.None)
        {
            Rejection = new Rejection.BadPublicValue($"{publicValue}");
        }

        return publicValue.Value;
    }

    /// <summary>Our own KE or nonce come back (D-115).</summary>
    private bool Echoed()
    {
        var echoed = IsInitiator && (Payloads.One<KeyExchangePayload>()!.Data.Equals(Before.g_xi)
            || Payloads.One<NoncePayload>()!.Data.Equals(Before.Ni_b));
        if (echoed)
        {
            Rejection = new Rejection.Reflected("KE or nonce is our own");
        }

        return echoed;
    }

    private void TakeKeAndNonce()
    {
        Octets ke = Payloads.One<KeyExchangePayload>()!.Data, nonce = Payloads.One<NoncePayload>()!.Data;
        After = IsInitiator ? After with { g_xr = ke, Nr_b = nonce } : After with { g_xi = ke, Ni_b = nonce };
    }

    /// <summary>g^xy, SKEYID and what follows from it, Ka and the first IV (RFC 2409 §5, App. B).</summary>
    [Clause("2409-5-16")]
    [Clause("2409-B-03")]
    private void DeriveKeys()
    {
        var (p, f) = (After, means.Formulas);
        var suite = p.Suite!;
        var peer = IsInitiator ? p.g_xr : p.g_xi;
        if (means.DiffieHellman.TrySharedSecret(suite.Group, p.X!, peer.Span, out var g_xy) != PublicValueFault.None)
        {
            throw new InvalidOperationException("the public value was checked by the guard");
        }

        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray();
        var SKEYID = PreSharedKey.SKEYID(f, p);
        var SKEYID_d = f.SKEYID_d(suite.Prf, SKEYID, g_xy!, CKY_I, CKY_R);
        var SKEYID_a = f.SKEYID_a(suite.Prf, SKEYID, SKEYID_d, g_xy!, CKY_I, CKY_R);
        var SKEYID_e = f.SKEYID_e(suite.Prf, SKEYID, SKEYID_a, g_xy!, CKY_I, CKY_R);
        After = p with
        {
            X = null,
            Keys = new Phase1Keys(SKEYID, SKEYID_d, SKEYID_a, SKEYID_e, f.Ka(suite.Prf, SKEYID_e, suite.Cipher)),
            Iv = f.Phase1Iv(suite.Hash, p.g_xi.Span, p.g_xr.Span, suite.Cipher.BlockLength),
        };
    }

    /// <summary>HASH_I or HASH_R over the ID body as it stands on the wire (RFC 2409 §5).</summary>
    [Clause("2409-5-17")]
    [Clause("2409-5-18")]
    [Clause("2409-5-19")]
    private byte[] Hash(Role whose, Octets id)
    {
        var (p, prf) = (After, After.Suite!.Prf);
        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray();
        return whose == Role.Initiator
            ? means.Formulas.HASH_I(prf, p.Keys!.SKEYID, p.g_xi.Span, p.g_xr.Span, CKY_I, CKY_R, p.SAi_b.Span, id.Span)
            : means.Formulas.HASH_R(prf, p.Keys!.SKEYID, p.g_xr.Span, p.g_xi.Span, CKY_R, CKY_I, p.SAi_b.Span, id.Span);
    }

    [Clause("2408-5.11-01")]
    private bool HashIsRight()
    {
        if (hashIsRight is null)
        {
            var peer = IsInitiator ? Role.Responder : Role.Initiator;
            hashIsRight = ConstantTime.Equal(
                Hash(peer, Payloads.One<IdentificationPayload>()!.Body), Payloads.One<HashPayload>()!.Data.Span);
            Rejection = hashIsRight.Value ? Rejection : new Rejection.HashMismatch(IsInitiator ? "HASH_R" : "HASH_I");
        }

        return hashIsRight.Value;
    }

    /// <summary>Type and value equal what policy expects; protocol and port 0/0, 17/500, 17/0 or 17/4500 (RFC 2407 §4.6.2, D-82).</summary>
    [Clause("2407-4.6.2-02")]
    [Clause("2408-5.8-01")]
    private bool IdentityIsRight()
    {
        var (id, expected) = (Payloads.One<IdentificationPayload>()!, Before.Terms!.PeerIdentity);
        var portsFit = (id.ProtocolId, id.Port) is (0, 0) or (17, 0) or (17, 500) or (17, 4500);
        if (id.IdType == expected.IdType && id.Data.Equals(expected.Data) && portsFit)
        {
            After = After with { PeerIdentity = id };
            return true;
        }

        Rejection = new Rejection.WrongIdentity($"{id.IdType} {id.Data} protocol {id.ProtocolId} port {id.Port} is not the peer's");
        return false;
    }
}
