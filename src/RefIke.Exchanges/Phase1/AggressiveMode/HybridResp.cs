using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Aggressive Mode with hybrid authentication, begun by the edge device (draft-zegman-ike-hybrid-auth-01 §4.2).</summary>
/// <remarks><code>
///     Initiator                             Responder
///
/// 1   HDR, SA, KE, Ni, IDii        ─────▶
/// 2                                ◀─────   HDR, SA, KE, Nr, IDir, HASH_R
/// 3   HDR*, [CERT,] SIG_I          ─────▶
/// </code>
/// The rows are spec/exchanges/aggressive-mode-hybrid-resp.rows.
/// </remarks>
public static class HybridResp
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "AggressiveModeHybridResp";

    /// <summary>Tables and messages.</summary>
    public static Phase1Method Method(Wiring wiring) => new(Exchange, Initiator(wiring), Responder(wiring),
        [
            new(SaKeyNonceId, false, PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce, PayloadType.Identification),
            new(SaKeyNonceIdHash, false, PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce,
                PayloadType.Identification, PayloadType.Hash),
            new(Signature, null, PayloadType.Signature),
        ],
        MainMode.Signatures.SKEYID);

    [Clause("hybrid-4.2-01")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitHashR, "hybrid_4_2_01",
                    send: FirstMessage.SendSaKeyNonceId, payloads: "HDR SA KE Ni IDii")
            .In(AwaitHashR)
                .On(SaKeyNonceIdHash, Established, "hybrid_4_2_01", when: HybridProofs.SecondHashMatches,
                    send: ThirdMessage.SendSignature, payloads: "HDR* [CERT] SIG_I")
                .Refuse(SaKeyNonceIdHash, "2409_5_14", when: SecondMessage.ChoiceNotOffered)
                .Refuse(SaKeyNonceIdHash, "2409_5_05", when: SecondMessage.PublicValueInvalid)
                .Refuse(SaKeyNonceIdHash, "2408_5_11_01", when: HybridProofs.SecondHashDiffers)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    [Clause("hybrid-4.2-01")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaKeyNonceId, AwaitSigI, "hybrid_4_2_01", when: FirstMessage.FirstMessageAcceptable,
                    send: HybridProofs.SendSaKeyNonceIdHash, payloads: "HDR SA KE Nr IDir HASH_R")
                .On(SaKeyNonceId, Failed, "2408_5_4_03", when: FirstMessage.NothingAcceptable,
                    send: SendRefusal, payloads: "HDR N")
                .Refuse(SaKeyNonceId, "2409_5_05", when: FirstMessage.PublicValueInvalid)
                .Refuse(SaKeyNonceId, "2407_4_6_2_02", when: FirstMessage.IdentityRefused)
            .In(AwaitSigI)
                .On(Signature, Established, "hybrid_4_2_03", when: ThirdMessage.SignatureMatches)
                .Refuse(Signature, "2409_5_1_06", when: ThirdMessage.CertificateRefused)
                .Refuse(Signature, "2409_5_1_03", when: ThirdMessage.SignatureDiffers)
                .On(Signature, Failed, "2407_4_6_2_02", when: ThirdMessage.SignerRefused)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
