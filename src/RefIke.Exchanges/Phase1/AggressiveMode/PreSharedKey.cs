using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Aggressive Mode authenticated with a pre-shared key (RFC 2409 §5.4).</summary>
/// <remarks><code>
///     Initiator                             Responder
///
/// 1   HDR, SA, KE, Ni, IDii        ─────▶
/// 2                                ◀─────   HDR, SA, KE, Nr, IDir, HASH_R
/// 3   HDR*, HASH_I                 ─────▶
/// </code>
/// The third message is drawn in clear in the RFC and may be either. The rows are spec/exchanges/aggressive-mode-psk.rows.
/// </remarks>
[Clause("2409-5-02")]
public static class PreSharedKey
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "AggressiveModePsk";

    /// <summary>Tables and messages.</summary>
    public static Phase1Method Method(Wiring wiring) => new(Exchange, Initiator(wiring), Responder(wiring),
        [
            new(SaKeyNonceId, false, PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce, PayloadType.Identification),
            new(SaKeyNonceIdHash, false, PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce,
                PayloadType.Identification, PayloadType.Hash),
            new(Hash, null, PayloadType.Hash),
        ],
        MainMode.PreSharedKey.SKEYID);

    [Clause("2409-5.4-04")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitHashR, "2409_5_4_04", send: FirstMessage.SendSaKeyNonceId, payloads: "HDR SA KE Ni IDii")
            .In(AwaitHashR)
                .On(SaKeyNonceIdHash, Established, "2409_5_4_04", when: SecondMessage.HashMatches, send: ThirdMessage.SendHash, payloads: "HDR* HASH_I")
                .Refuse(SaKeyNonceIdHash, "2409_5_14", when: SecondMessage.ChoiceNotOffered)
                .Refuse(SaKeyNonceIdHash, "2409_5_05", when: SecondMessage.PublicValueInvalid)
                .Refuse(SaKeyNonceIdHash, "2408_5_11_01", when: SecondMessage.HashDiffers)
                .On(SaKeyNonceIdHash, Failed, "2407_4_6_2_02", when: SecondMessage.IdentityRefused)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    [Clause("2409-5.4-04")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaKeyNonceId, AwaitHashI, "2409_5_4_04", when: FirstMessage.FirstMessageAcceptable,
                    send: SecondMessage.SendSaKeyNonceIdHash, payloads: "HDR SA KE Nr IDir HASH_R")
                .On(SaKeyNonceId, Failed, "2408_5_4_03", when: FirstMessage.NothingAcceptable, send: SendRefusal, payloads: "HDR N")
                .Refuse(SaKeyNonceId, "2409_5_05", when: FirstMessage.PublicValueInvalid)
                .Refuse(SaKeyNonceId, "2407_4_6_2_02", when: FirstMessage.IdentityRefused)
            .In(AwaitHashI)
                .On(Hash, Established, "2409_5_17", when: ThirdMessage.HashMatches)
                .Refuse(Hash, "2408_5_11_01", when: ThirdMessage.HashDiffers)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
