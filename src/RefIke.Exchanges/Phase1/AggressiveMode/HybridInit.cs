using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Aggressive Mode with hybrid authentication, begun by the user (draft-zegman-ike-hybrid-auth-01 §4.2).</summary>
/// <remarks><code>
///     Initiator                             Responder
///
/// 1   HDR, SA, KE, Ni, IDii        ─────▶
/// 2                                ◀─────   HDR, SA, KE, Nr, IDir, [CERT,] SIG_R
/// 3   HDR*, HASH_I                 ─────▶
/// </code>
/// The rows are spec/exchanges/aggressive-mode-hybrid-init.rows.
/// </remarks>
public static class HybridInit
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "AggressiveModeHybridInit";

    /// <summary>Tables and messages.</summary>
    public static Phase1Method Method(Wiring wiring) => new(Exchange, Initiator(wiring), Responder(wiring),
        [
            new(SaKeyNonceId, false, PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce, PayloadType.Identification),
            new(SaKeyNonceIdSignature, false, PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce,
                PayloadType.Identification, PayloadType.Signature),
            new(Hash, null, PayloadType.Hash),
        ],
        MainMode.Signatures.SKEYID);

    [Clause("hybrid-4.2-01")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitSigR, "hybrid_4_2_01",
                    send: FirstMessage.SendSaKeyNonceId, payloads: "HDR SA KE Ni IDii")
            .In(AwaitSigR)
                .On(SaKeyNonceIdSignature, Established, "hybrid_4_2_03", when: SecondMessage.SignatureMatches,
                    send: ThirdMessage.SendHash, payloads: "HDR* HASH_I")
                .Refuse(SaKeyNonceIdSignature, "2409_5_14", when: SecondMessage.ChoiceNotOffered)
                .Refuse(SaKeyNonceIdSignature, "2409_5_05", when: SecondMessage.PublicValueInvalid)
                .Refuse(SaKeyNonceIdSignature, "2409_5_1_06", when: SecondMessage.CertificateRefused)
                .Refuse(SaKeyNonceIdSignature, "2409_5_1_03", when: SecondMessage.SignatureDiffers)
                .On(SaKeyNonceIdSignature, Failed, "2407_4_6_2_02", when: SecondMessage.SignerRefused)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    [Clause("hybrid-4.2-01")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaKeyNonceId, AwaitHashI, "hybrid_4_2_01", when: HybridProofs.FirstMessageReadable,
                    send: HybridProofs.SendSaKeyNonceIdSignature, payloads: "HDR SA KE Nr IDir [CERT] SIG_R")
                .On(SaKeyNonceId, Failed, "2408_5_4_03", when: FirstMessage.NothingAcceptable,
                    send: SendRefusal, payloads: "HDR N")
                .Refuse(SaKeyNonceId, "2409_5_05", when: FirstMessage.PublicValueInvalid)
            .In(AwaitHashI)
                .On(Hash, Established, "hybrid_4_2_01", when: HybridProofs.LastHashMatches)
                .Refuse(Hash, "2408_5_11_01", when: HybridProofs.UserHashDiffers)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
