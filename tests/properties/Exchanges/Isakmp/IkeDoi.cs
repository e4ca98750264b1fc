using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Isakmp;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Properties.Exchanges.Isakmp;

/// <summary>
/// A domain of interpretation for the exchanges of RFC 2408: IKE's offers, keys and HASH with a pre-shared key (RFC
/// 2409 §5.4). For Identity Protection and Aggressive these are the standard's; for Base and Authentication Only nobody
/// has defined any, so HASH covers there what is known when it is made, and is nobody's standard (D-200).
/// </summary>
internal sealed record IkeDoi(
    string Name, Phase1Suite Suite, string Secret, IdentificationPayload Own, IdentificationPayload Peer) : IIsakmpDoi
{
    private static readonly KeySchedule Formulas = KeySchedule.Rfc2409;

    /// <summary>What is offered and taken besides the suite.</summary>
    public Func<SecurityAssociationPayload, SecurityAssociationPayload> Change { get; init; } = sa => sa;

    public PayloadType Auth => PayloadType.Hash;

    private NamedRandomness Random => new(1, Name);

    public SecurityAssociationPayload Offer(IsakmpState exchange) => Change(Phase1Negotiation.Offer([Suite]));

    public SecurityAssociationPayload? Choose(
        IsakmpState exchange, SecurityAssociationPayload offer, out Rejection? why)
        => Phase1Negotiation.Choose(offer, [Suite], out why) is { } c
            ? Change(Phase1Negotiation.Answer(c.Proposal, c.Transform)) : null;

    public Rejection? CheckChoice(IsakmpState exchange, SecurityAssociationPayload answer)
    {
        Phase1Negotiation.Check(answer, [Suite], out var why);
        return why;
    }

    public Octets Nonce(IsakmpState exchange)
        => Random.Bytes("N", new(exchange.CKY_I, exchange.CKY_R, exchange.M_ID), 32);

    public (Secret Private, Octets Public) MakeKey(IsakmpState exchange)
    {
        var name = new ExchangeName(exchange.CKY_I, exchange.CKY_R, exchange.M_ID);
        var x = RefIke.Crypto.Secret.Of(Random.Bytes("x", name, Suite.Group.PrivateLength));
        return (x, DiffieHellman.Best.PublicValue(Suite.Group, x));
    }

    public Rejection? CheckKey(IsakmpState exchange, Octets peer)
        => DiffieHellman.Best.Check(Suite.Group, peer.Span) is var fault and not PublicValueFault.None
            ? new Rejection.BadPublicValue($"{fault}") : null;

    public IsakmpKeys Derive(IsakmpState exchange)
    {
        DiffieHellman.Best.TrySharedSecret(Suite.Group, exchange.X!, exchange.PeerKe.Span, out var g_xy);
        var (prf, s) = (Suite.Prf, SKEYID(exchange));
        byte[] CKY_I = exchange.CKY_I.ToArray(), CKY_R = exchange.CKY_R.ToArray();
        var d = Formulas.SKEYID_d(prf, s, g_xy!, CKY_I, CKY_R);
        var a = Formulas.SKEYID_a(prf, s, d, g_xy!, CKY_I, CKY_R);
        var e = Formulas.SKEYID_e(prf, s, a, g_xy!, CKY_I, CKY_R);
        return new IsakmpKeys(Suite.Cipher, Formulas.Ka(prf, e, Suite.Cipher),
            Formulas.Phase1Iv(Suite.Hash, exchange.KE_I.Span, exchange.KE_R.Span, Suite.Cipher.BlockLength));
    }

    public IdentificationPayload Identity(IsakmpState exchange) => Own;

    public Payload Authenticate(IsakmpState exchange) => new HashPayload(HASH(exchange, exchange.Role));

    public Rejection? Verify(IsakmpState exchange, Payload auth)
    {
        var (claimed, whose) = exchange.IsInitiator ? (exchange.IDir, Role.Responder) : (exchange.IDii, Role.Initiator);
        return !ConstantTime.Equal(HASH(exchange, whose), ((HashPayload)auth).Data.Span)
            ? new Rejection.HashMismatch(whose == Role.Initiator ? "HASH_I" : "HASH_R")
            : claimed == Peer ? null : new Rejection.WrongIdentity($"{claimed}");
    }

    private Secret SKEYID(IsakmpState exchange) => Formulas.SKEYID_PreSharedKey(
        Suite.Prf, RefIke.Crypto.Secret.Of(System.Text.Encoding.UTF8.GetBytes(Secret)),
        exchange.Ni_b.Span, exchange.Nr_b.Span);

    private byte[] HASH(IsakmpState p, Role whose)
    {
        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray();
        var (s, SAi_b) = (SKEYID(p), p.Offer!.Body);
        return whose == Role.Initiator
            ? Formulas.HASH_I(Suite.Prf, s, p.KE_I.Span, Before(p, p.KE_R), CKY_I, CKY_R, SAi_b.Span, p.IDii!.Body.Span)
            : Formulas.HASH_R(Suite.Prf, s, p.KE_R.Span, p.KE_I.Span, CKY_R, CKY_I, SAi_b.Span, p.IDir!.Body.Span);
    }

    /// <summary>In the Base Exchange the initiator's HASH is made before the responder's KE is there.</summary>
    private static ReadOnlySpan<byte> Before(IsakmpState p, Octets later)
        => p.Type == ExchangeType.Base ? [] : later.Span;
}
