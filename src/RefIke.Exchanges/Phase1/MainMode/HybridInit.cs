using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.HybridProofs;
using static RefIke.Exchanges.Phase1.KeyExchange;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;
using static RefIke.Exchanges.Phase1.SignedHashes;

namespace RefIke.Exchanges.Phase1.MainMode;

/// <summary>Main Mode with hybrid authentication, begun by the user (draft-zegman-ike-hybrid-auth-01 §4.2).</summary>
/// <remarks><code>
///     Initiator                      Responder
///
/// 1   HDR, SA                 ─────▶
/// 2                           ◀─────   HDR, SA
/// 3   HDR, KE, Ni             ─────▶
/// 4                           ◀─────   HDR, KE, Nr
/// 5   HDR*, IDii, HASH_I      ─────▶
/// 6                           ◀─────   HDR*, IDir, [CERT,] SIG_R
/// </code>
/// The rows are spec/exchanges/main-mode-hybrid-init.rows.
/// </remarks>
public static class HybridInit
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "MainModeHybridInit";

    /// <summary>Tables and messages.</summary>
    public static Phase1Method Method(Wiring wiring) => new(Exchange, Initiator(wiring), Responder(wiring),
        [
            new(SaPayload, false, PayloadType.SecurityAssociation),
            new(KeyAndNonce, false, PayloadType.KeyExchange, PayloadType.Nonce),
            new(IdAndHash, true, PayloadType.Identification, PayloadType.Hash),
            new(IdAndSignature, true, PayloadType.Identification, PayloadType.Signature),
        ],
        Signatures.SKEYID);

    [Clause("hybrid-4.2-01")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitSaR, "hybrid_4_2_01", send: SendSaPayload, payloads: "HDR SA")
            .In(AwaitSaR)
                .On(SaPayload, AwaitKeR, "hybrid_4_2_01", when: ChoiceWasOffered,
                    send: SendKeyAndNonce, payloads: "HDR KE Ni")
                .Refuse(SaPayload, "2409_5_14", when: ChoiceNotOffered)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitKeR)
                .On(KeyAndNonce, AwaitSigR, "hybrid_4_2_01", when: PublicValueValid,
                    send: SendIdAndHash, payloads: "HDR* IDii HASH_I")
                .Refuse(KeyAndNonce, "2409_5_05", when: PublicValueInvalid)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitSigR)
                .On(IdAndSignature, Established, "hybrid_4_2_03", when: SignatureMatches)
                .Refuse(IdAndSignature, "2409_5_1_06", when: CertificateRefused)
                .Refuse(IdAndSignature, "2409_5_1_03", when: SignatureDiffers)
                .On(IdAndSignature, Failed, "2407_4_6_2_02", when: SignerRefused)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    [Clause("hybrid-4.2-01")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaPayload, AwaitKeI, "hybrid_4_2_01", when: OfferAcceptable,
                    send: SendSaPayload, payloads: "HDR SA")
                .On(SaPayload, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR N")
            .In(AwaitKeI)
                .On(KeyAndNonce, AwaitHashI, "hybrid_4_2_01", when: PublicValueValid,
                    send: SendKeyAndNonce, payloads: "HDR KE Nr")
                .Refuse(KeyAndNonce, "2409_5_05", when: PublicValueInvalid)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01")
            .In(AwaitHashI)
                .On(IdAndHash, Established, "hybrid_4_2_01", when: UserHashMatches,
                    send: SendIdAndSignature, payloads: "HDR* IDir [CERT] SIG_R")
                .Refuse(IdAndHash, "2408_5_11_01", when: UserHashDiffers)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
