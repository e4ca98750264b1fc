using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Isakmp.IsakmpEvent;
using static RefIke.Exchanges.Isakmp.IsakmpStep;
using static RefIke.Exchanges.Isakmp.IsakmpTurn;

namespace RefIke.Exchanges.Isakmp;

/// <summary>
/// The Aggressive Exchange (RFC 2408 §4.7): all in three messages, one transform, identities in clear.
/// </summary>
/// <remarks><code>
///     Initiator                        Responder
///
/// 1   HDR, SA, KE, NONCE, IDii ────▶
/// 2                           ◀─────   HDR, SA, KE, NONCE, IDir, AUTH
/// 3   HDR*, AUTH              ─────▶
/// </code>
/// With IKE's keys and HASH it is Aggressive Mode (RFC 2409 §5). The rows are spec/exchanges/isakmp-aggressive.rows.
/// </remarks>
[Clause("2408-4.7-02")]
internal static class Aggressive
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "IsakmpAggressive";

    /// <summary>Tables and messages.</summary>
    public static IsakmpTables Tables(Wiring wiring)
        => new(Exchange, ExchangeType.Aggressive, Initiator(wiring), Responder(wiring),
        [
            new(SaKeyNonceAndId, false, PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce,
                PayloadType.Identification) { From = Role.Initiator },
            new(SaKeyNonceIdAndAuth, false, PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce,
                PayloadType.Identification, IsakmpMessage.Auth) { From = Role.Responder },
            new(IsakmpEvent.Auth, true, IsakmpMessage.Auth) { From = Role.Initiator },
        ]);

    private static Table<IsakmpStep, IsakmpEvent, IsakmpTurn> Initiator(Wiring wiring)
        => new Table<IsakmpStep, IsakmpEvent, IsakmpTurn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitAuthR, "2408_4_7_02", send: SendSaKeyNonceAndId, payloads: "HDR SA KE NONCE IDii")
            .In(AwaitAuthR)
                .On(SaKeyNonceIdAndAuth, Established, "2408_4_7_02", when: AuthMatches, send: SendAuthEncrypted,
                    payloads: "HDR* AUTH")
                .Refuse(SaKeyNonceIdAndAuth, "2408_4_2_07", when: ChoiceNotOffered)
                .Refuse(SaKeyNonceIdAndAuth, "2408_5_7_01", when: KeyInvalid)
                .Refuse(SaKeyNonceIdAndAuth, "2408_4_4_02", when: AuthDiffers)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    private static Table<IsakmpStep, IsakmpEvent, IsakmpTurn> Responder(Wiring wiring)
        => new Table<IsakmpStep, IsakmpEvent, IsakmpTurn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaKeyNonceAndId, AwaitAuthI, "2408_4_7_02", when: OfferAcceptable, send: SendSaKeyNonceIdAndAuth,
                    payloads: "HDR SA KE NONCE IDir AUTH")
                .On(SaKeyNonceAndId, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal,
                    payloads: "HDR N")
                .Refuse(SaKeyNonceAndId, "2408_5_7_01", when: KeyInvalid)
            .In(AwaitAuthI)
                .On(IsakmpEvent.Auth, Established, "2408_4_7_02", when: AuthMatches)
                .Refuse(IsakmpEvent.Auth, "2408_4_4_02", when: AuthDiffers)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
