using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Isakmp.IsakmpEvent;
using static RefIke.Exchanges.Isakmp.IsakmpStep;
using static RefIke.Exchanges.Isakmp.IsakmpTurn;

namespace RefIke.Exchanges.Isakmp;

/// <summary>The Authentication Only Exchange (RFC 2408 §4.6): who the peer is, without the cost of keys.</summary>
/// <remarks><code>
///     Initiator                        Responder
///
/// 1   HDR, SA, NONCE          ─────▶
/// 2                           ◀─────   HDR, SA, NONCE, IDir, AUTH
/// 3   HDR, IDii, AUTH         ─────▶
/// </code>
/// As a second phase all three are HDR*, by the keys of the first. The bit of the same name in the header is another
/// matter: it
/// is for Informational exchanges (§3.1). The rows are spec/exchanges/isakmp-authentication-only.rows.
/// </remarks>
[Clause("2408-4.6-01")]
internal static class AuthenticationOnly
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "IsakmpAuthenticationOnly";

    /// <summary>Tables and messages.</summary>
    public static IsakmpTables Tables(Wiring wiring)
        => new(Exchange, ExchangeType.AuthenticationOnly, Initiator(wiring), Responder(wiring),
        [
            new(SaAndNonce, false, PayloadType.SecurityAssociation, PayloadType.Nonce) { From = Role.Initiator },
            new(SaNonceIdAndAuth, false, PayloadType.SecurityAssociation, PayloadType.Nonce, PayloadType.Identification,
                IsakmpMessage.Auth) { From = Role.Responder },
            new(IdAndAuth, false, PayloadType.Identification, IsakmpMessage.Auth) { From = Role.Initiator },
        ]);

    private static Table<IsakmpStep, IsakmpEvent, IsakmpTurn> Initiator(Wiring wiring)
        => new Table<IsakmpStep, IsakmpEvent, IsakmpTurn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitAuthR, "2408_4_6_01", send: SendSaAndNonce, payloads: "HDR SA NONCE")
            .In(AwaitAuthR)
                .On(SaNonceIdAndAuth, Established, "2408_4_6_01", when: AuthMatches, send: SendIdAndAuth,
                    payloads: "HDR IDii AUTH")
                .Refuse(SaNonceIdAndAuth, "2408_4_2_07", when: ChoiceNotOffered)
                .Refuse(SaNonceIdAndAuth, "2408_4_4_02", when: AuthDiffers)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    private static Table<IsakmpStep, IsakmpEvent, IsakmpTurn> Responder(Wiring wiring)
        => new Table<IsakmpStep, IsakmpEvent, IsakmpTurn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaAndNonce, AwaitAuthI, "2408_4_6_01", when: OfferAcceptable, send: SendSaNonceIdAndAuth,
                    payloads: "HDR SA NONCE IDir AUTH")
                .On(SaAndNonce, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR N")
            .In(AwaitAuthI)
                .On(IdAndAuth, Established, "2408_4_6_01", when: AuthMatches)
                .Refuse(IdAndAuth, "2408_4_4_02", when: AuthDiffers)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
