using RefIke.Crypto;
using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.KeyExchange;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;
using static RefIke.Exchanges.Phase1.SignedHashes;

namespace RefIke.Exchanges.Phase1.MainMode;

/// <summary>Main Mode authenticated with signatures: RSA, DSS, ECDSA (RFC 2409 §5.1, RFC 4754).</summary>
/// <remarks><code>
///     Initiator                               Responder
///
/// 1   HDR, SA                        ─────▶
/// 2                                  ◀─────   HDR, SA
/// 3   HDR, KE, Ni                    ─────▶
/// 4                                  ◀─────   HDR, KE, Nr
/// 5   HDR*, IDii, [CERT,] SIG_I      ─────▶
/// 6                                  ◀─────   HDR*, IDir, [CERT,] SIG_R
/// </code>
/// A state says what is awaited; each row ends with the message that it sends. The rows are spec/exchanges/main-mode-sig.rows.
/// </remarks>
public static class Signatures
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "MainModeSig";

    /// <summary>Tables and messages.</summary>
    public static Phase1Method Method(Wiring wiring) => new(Exchange, Initiator(wiring), Responder(wiring),
        [
            new(SaPayload, false, PayloadType.SecurityAssociation),
            new(KeyAndNonce, false, PayloadType.KeyExchange, PayloadType.Nonce),
            new(IdAndSignature, true, PayloadType.Identification, PayloadType.Signature),
        ],
        SKEYID);

    /// <summary>SKEYID = prf(Ni_b | Nr_b, g^xy) (RFC 2409 §5).</summary>
    [Clause("2409-5-15")]
    internal static Secret SKEYID(KeySchedule formulas, Phase1State p, Secret g_xy)
        => formulas.SKEYID_Signatures(p.Suite!.Prf, g_xy, p.Ni_b.Span, p.Nr_b.Span);

    [Clause("2409-5.1-01")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitSaR, "2409_5_1_01", send: SendSaPayload, payloads: "HDR SA")
            .In(AwaitSaR)
                .On(SaPayload, AwaitKeR, "2409_5_1_01", when: ChoiceWasOffered, send: SendKeyAndNonce, payloads: "HDR KE Ni")
                .Refuse(SaPayload, "2409_5_14", when: ChoiceNotOffered)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitKeR)
                .On(KeyAndNonce, AwaitSigR, "2409_5_1_01", when: PublicValueValid, send: SendIdAndSignature, payloads: "HDR* IDii [CERT] SIG_I")
                .Refuse(KeyAndNonce, "2409_5_05", when: PublicValueInvalid)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitSigR)
                .On(IdAndSignature, Established, "2409_5_1_03", when: SignatureMatches)
                .Refuse(IdAndSignature, "2409_5_1_06", when: CertificateRefused)
                .Refuse(IdAndSignature, "2409_5_1_03", when: SignatureDiffers)
                .On(IdAndSignature, Failed, "2407_4_6_2_02", when: SignerRefused)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    [Clause("2409-5.1-01")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaPayload, AwaitKeI, "2409_5_1_01", when: OfferAcceptable, send: SendSaPayload, payloads: "HDR SA")
                .On(SaPayload, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR N")
            .In(AwaitKeI)
                .On(KeyAndNonce, AwaitSigI, "2409_5_1_01", when: PublicValueValid, send: SendKeyAndNonce, payloads: "HDR KE Nr")
                .Refuse(KeyAndNonce, "2409_5_05", when: PublicValueInvalid)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01")
            .In(AwaitSigI)
                .On(IdAndSignature, Established, "2409_5_1_01", when: SignatureMatches, send: SendIdAndSignature, payloads: "HDR* IDir [CERT] SIG_R")
                .Refuse(IdAndSignature, "2409_5_1_06", when: CertificateRefused)
                .Refuse(IdAndSignature, "2409_5_1_03", when: SignatureDiffers)
                .On(IdAndSignature, Failed, "2407_4_6_2_02", when: SignerRefused)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
