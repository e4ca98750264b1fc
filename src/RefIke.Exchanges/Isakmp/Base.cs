using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Isakmp.IsakmpEvent;
using static RefIke.Exchanges.Isakmp.IsakmpStep;
using static RefIke.Exchanges.Isakmp.IsakmpTurn;

namespace RefIke.Exchanges.Isakmp;

/// <summary>
/// The Base Exchange (RFC 2408 §4.4): key exchange and authentication in one message, identities in clear.
/// </summary>
/// <remarks><code>
///     Initiator                        Responder
///
/// 1   HDR, SA, NONCE          ─────▶
/// 2                           ◀─────   HDR, SA, NONCE
/// 3   HDR, KE, IDii, AUTH     ─────▶
/// 4                           ◀─────   HDR, KE, IDir, AUTH
/// </code>
/// The responder has the keys with message 3, the initiator with message 4: AUTH of message 3 is made without them.
/// The rows are spec/exchanges/isakmp-base.rows.
/// </remarks>
[Clause("2408-4.4-01")]
internal static class Base
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "IsakmpBase";

    /// <summary>Tables and messages.</summary>
    public static IsakmpTables Tables(Wiring wiring)
        => new(Exchange, ExchangeType.Base, Initiator(wiring), Responder(wiring),
        [
            new(SaAndNonce, false, PayloadType.SecurityAssociation, PayloadType.Nonce),
            new(KeyIdAndAuth, false, PayloadType.KeyExchange, PayloadType.Identification, IsakmpMessage.Auth),
        ]);

    private static Table<IsakmpStep, IsakmpEvent, IsakmpTurn> Initiator(Wiring wiring)
        => new Table<IsakmpStep, IsakmpEvent, IsakmpTurn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitSaR, "2408_4_4_01", send: SendSaAndNonce, payloads: "HDR SA NONCE")
            .In(AwaitSaR)
                .On(SaAndNonce, AwaitAuthR, "2408_4_4_01", when: ChoiceWasOffered, send: SendKeyIdAndAuth,
                    payloads: "HDR KE IDii AUTH")
                .Refuse(SaAndNonce, "2408_4_2_07", when: ChoiceNotOffered)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitAuthR)
                .On(KeyIdAndAuth, Established, "2408_4_4_01", when: AuthMatches)
                .Refuse(KeyIdAndAuth, "2408_5_7_01", when: KeyInvalid)
                .Refuse(KeyIdAndAuth, "2408_4_4_02", when: AuthDiffers)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    private static Table<IsakmpStep, IsakmpEvent, IsakmpTurn> Responder(Wiring wiring)
        => new Table<IsakmpStep, IsakmpEvent, IsakmpTurn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaAndNonce, AwaitAuthI, "2408_4_4_01", when: OfferAcceptable, send: SendSaAndNonce,
                    payloads: "HDR SA NONCE")
                .On(SaAndNonce, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR N")
            .In(AwaitAuthI)
                .On(KeyIdAndAuth, Established, "2408_4_4_01", when: AuthMatches, send: SendKeyIdAndAuth,
                    payloads: "HDR KE IDir AUTH")
                .Refuse(KeyIdAndAuth, "2408_5_7_01", when: KeyInvalid)
                .Refuse(KeyIdAndAuth, "2408_4_4_02", when: AuthDiffers)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
