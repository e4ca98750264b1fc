using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Isakmp.IsakmpEvent;
using static RefIke.Exchanges.Isakmp.IsakmpStep;
using static RefIke.Exchanges.Isakmp.IsakmpTurn;

namespace RefIke.Exchanges.Isakmp;

/// <summary>
/// The Identity Protection Exchange (RFC 2408 §4.5): identities and AUTH under keys that are there before.
/// </summary>
/// <remarks><code>
///     Initiator                        Responder
///
/// 1   HDR, SA                 ─────▶
/// 2                           ◀─────   HDR, SA
/// 3   HDR, KE, NONCE          ─────▶
/// 4                           ◀─────   HDR, KE, NONCE
/// 5   HDR*, IDii, AUTH        ─────▶
/// 6                           ◀─────   HDR*, IDir, AUTH
/// </code>
/// With IKE's keys and HASH it is Main Mode (RFC 2409 §5). The rows are spec/exchanges/isakmp-identity-protection.rows.
/// </remarks>
[Clause("2408-4.5-01")]
internal static class IdentityProtection
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "IsakmpIdentityProtection";

    /// <summary>Tables and messages.</summary>
    public static IsakmpTables Tables(Wiring wiring)
        => new(Exchange, ExchangeType.MainMode, Initiator(wiring), Responder(wiring),
        [
            new(Sa, false, PayloadType.SecurityAssociation),
            new(KeyAndNonce, false, PayloadType.KeyExchange, PayloadType.Nonce),
            new(IdAndAuth, true, PayloadType.Identification, IsakmpMessage.Auth),
        ]);

    private static Table<IsakmpStep, IsakmpEvent, IsakmpTurn> Initiator(Wiring wiring)
        => new Table<IsakmpStep, IsakmpEvent, IsakmpTurn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitSaR, "2408_4_5_01", send: SendSa, payloads: "HDR SA")
            .In(AwaitSaR)
                .On(Sa, AwaitKeR, "2408_4_5_01", when: ChoiceWasOffered, send: SendKeyAndNonce,
                    payloads: "HDR KE NONCE")
                .Refuse(Sa, "2408_4_2_07", when: ChoiceNotOffered)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitKeR)
                .On(KeyAndNonce, AwaitAuthR, "2408_4_5_02", when: KeyValid, send: SendIdAndAuthEncrypted,
                    payloads: "HDR* IDii AUTH")
                .Refuse(KeyAndNonce, "2408_5_7_01", when: KeyInvalid)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitAuthR)
                .On(IdAndAuth, Established, "2408_4_5_01", when: AuthMatches)
                .Refuse(IdAndAuth, "2408_4_4_02", when: AuthDiffers)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    private static Table<IsakmpStep, IsakmpEvent, IsakmpTurn> Responder(Wiring wiring)
        => new Table<IsakmpStep, IsakmpEvent, IsakmpTurn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(Sa, AwaitKeI, "2408_4_5_01", when: OfferAcceptable, send: SendSa, payloads: "HDR SA")
                .On(Sa, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR N")
            .In(AwaitKeI)
                .On(KeyAndNonce, AwaitAuthI, "2408_4_5_01", when: KeyValid, send: SendKeyAndNonce,
                    payloads: "HDR KE NONCE")
                .Refuse(KeyAndNonce, "2408_5_7_01", when: KeyInvalid)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01")
            .In(AwaitAuthI)
                .On(IdAndAuth, Established, "2408_4_5_02", when: AuthMatches, send: SendIdAndAuthEncrypted,
                    payloads: "HDR* IDir AUTH")
                .Refuse(IdAndAuth, "2408_4_4_02", when: AuthDiffers)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
