using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Aggressive Mode authenticated with signatures: RSA, DSS, ECDSA (RFC 2409 §5.1, RFC 4754).</summary>
/// <remarks><code>
///     Initiator                             Responder
///
/// 1   HDR, SA, KE, Ni, IDii        ─────▶
/// 2                                ◀─────   HDR, SA, KE, Nr, IDir, [CERT,] SIG_R
/// 3   HDR*, [CERT,] SIG_I          ─────▶
/// </code>
/// The third message is drawn in clear in the RFC and may be either. The rows are spec/exchanges/aggressive-mode-sig.rows.
/// </remarks>
public static class Signatures
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "AggressiveModeSig";

    /// <summary>Tables and messages.</summary>
    public static Phase1Method Method(Wiring wiring) => new(Exchange, Initiator(wiring), Responder(wiring),
        [
            new(SaKeyNonceId, false, PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce, PayloadType.Identification),
            new(SaKeyNonceIdSignature, false, PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce,
                PayloadType.Identification, PayloadType.Signature),
            new(Signature, null, PayloadType.Signature),
        ],
        MainMode.Signatures.SKEYID);

    [Clause("2409-5.1-02")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitSigR, "2409_5_1_02", send: FirstMessage.SendSaKeyNonceId, payloads: "HDR SA KE Ni IDii")
            .In(AwaitSigR)
                .On(SaKeyNonceIdSignature, Established, "2409_5_1_02", when: SecondMessage.SignatureMatches,
                    send: ThirdMessage.SendSignature, payloads: "HDR* [CERT] SIG_I")
                .Refuse(SaKeyNonceIdSignature, "2409_5_14", when: SecondMessage.ChoiceNotOffered)
                .Refuse(SaKeyNonceIdSignature, "2409_5_05", when: SecondMessage.PublicValueInvalid)
                .Refuse(SaKeyNonceIdSignature, "2409_5_1_06", when: SecondMessage.CertificateRefused)
                .Refuse(SaKeyNonceIdSignature, "2409_5_1_03", when: SecondMessage.SignatureDiffers)
                .On(SaKeyNonceIdSignature, Failed, "2407_4_6_2_02", when: SecondMessage.SignerRefused)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    [Clause("2409-5.1-02")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaKeyNonceId, AwaitSigI, "2409_5_1_02", when: FirstMessage.FirstMessageAcceptable,
                    send: SecondMessage.SendSaKeyNonceIdSignature, payloads: "HDR SA KE Nr IDir [CERT] SIG_R")
                .On(SaKeyNonceId, Failed, "2408_5_4_03", when: FirstMessage.NothingAcceptable, send: SendRefusal, payloads: "HDR N")
                .Refuse(SaKeyNonceId, "2409_5_05", when: FirstMessage.PublicValueInvalid)
                .Refuse(SaKeyNonceId, "2407_4_6_2_02", when: FirstMessage.IdentityRefused)
            .In(AwaitSigI)
                .On(Signature, Established, "2409_5_1_03", when: ThirdMessage.SignatureMatches)
                .Refuse(Signature, "2409_5_1_06", when: ThirdMessage.CertificateRefused)
                .Refuse(Signature, "2409_5_1_03", when: ThirdMessage.SignatureDiffers)
                .On(Signature, Failed, "2407_4_6_2_02", when: ThirdMessage.SignerRefused)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
