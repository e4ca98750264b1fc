using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Aggressive Mode authenticated with the revised mode of public key encryption (RFC 2409 §5.3).</summary>
/// <remarks><code>
///     Initiator                                  Responder
///
/// 1   HDR, SA, [HASH(1),]
///     &lt;Ni_b&gt;PubKey_r,
///     &lt;KE_b&gt;Ke_i, &lt;IDii_b&gt;Ke_i,
///     [&lt;Cert-I_b&gt;Ke_i]            ─────▶
/// 2                                     ◀─────   HDR, SA, &lt;Nr_b&gt;PubKey_i, &lt;KE_b&gt;Ke_r, &lt;IDir_b&gt;Ke_r, HASH_R
/// 3   HDR*, HASH_I                      ─────▶
/// </code>
/// The third message is drawn in clear in the RFC and may be either.
/// The rows are spec/exchanges/aggressive-mode-rpke.rows.
/// </remarks>
public static class RevisedPublicKeyEncryption
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "AggressiveModeRpke";

    private static readonly PayloadType[] Drawn =
        [PayloadType.SecurityAssociation, PayloadType.KeyExchange, PayloadType.Nonce, PayloadType.Identification];

    /// <summary>Tables and messages.</summary>
    public static Phase1Method Method(Wiring wiring) => new(Exchange, Initiator(wiring), Responder(wiring),
        [
            new(SaKeyNonceId, false, [.. Drawn]) { Optional = [PayloadType.Hash], From = Role.Initiator },
            new(SaKeyNonceIdHash, false, [.. Drawn, PayloadType.Hash]) { From = Role.Responder },
            new(Hash, null, PayloadType.Hash) { From = Role.Initiator },
        ],
        MainMode.PublicKeyEncryption.SKEYID)
    {
        EncryptedBodies = [PayloadType.Nonce, PayloadType.KeyExchange, PayloadType.Identification, PayloadType.Certificate],
    };

    [Clause("2409-5.3-02")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitHashR, "2409_5_3_02", when: RevisedPayloads.PeerKeyKnown, send: RevisedMessages.SendSaNonceKeyId,
                    payloads: "HDR SA [HASH(1)] <Ni>PubKey_r <KE>Ke_i <IDii>Ke_i [<CERT>Ke_i]")
                .On(Initiate, Failed, "2409_5_2_05", when: RevisedPayloads.PeerKeyUnknown)
            .In(AwaitHashR)
                .On(SaKeyNonceIdHash, Established, "2409_5_3_02", when: RevisedMessages.HashMatches, send: ThirdMessage.SendHash, payloads: "HDR* HASH_I")
                .Refuse(SaKeyNonceIdHash, "2409_5_14", when: SecondMessage.ChoiceNotOffered)
                .Refuse(SaKeyNonceIdHash, "2409_5_3_07", when: RevisedMessages.AnswerUnreadable)
                .Refuse(SaKeyNonceIdHash, "2409_5_05", when: RevisedMessages.PublicValueInvalid)
                .Refuse(SaKeyNonceIdHash, "2408_5_11_01", when: RevisedMessages.HashDiffers)
                .On(SaKeyNonceIdHash, Failed, "2407_4_6_2_02", when: RevisedMessages.IdentityRefused)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    [Clause("2409-5.3-02")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaKeyNonceId, AwaitHashI, "2409_5_3_02", when: RevisedMessages.Answerable, send: RevisedMessages.SendSaNonceKeyIdHash,
                    payloads: "HDR SA <Nr>PubKey_i <KE>Ke_r <IDir>Ke_r HASH_R")
                .On(SaKeyNonceId, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR N")
                .Refuse(SaKeyNonceId, "2409_5_2_03", when: RevisedMessages.OwnKeyUnknown)
                .Refuse(SaKeyNonceId, "2409_5_3_07", when: RevisedMessages.OfferUnreadable)
                .Refuse(SaKeyNonceId, "2409_5_05", when: RevisedMessages.PublicValueOfOfferInvalid)
                .Refuse(SaKeyNonceId, "2409_5_2_05", when: RevisedMessages.Unanswerable)
            .In(AwaitHashI)
                .On(Hash, Established, "2409_5_17", when: EncryptedThirdMessage.HashMatches)
                .Refuse(Hash, "2408_5_11_01", when: ThirdMessage.HashDiffers)
                .On(Hash, Failed, "2407_4_6_2_02", when: EncryptedThirdMessage.IdentityRefused)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
