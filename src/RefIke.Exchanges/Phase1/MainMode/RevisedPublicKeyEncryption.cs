using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;

namespace RefIke.Exchanges.Phase1.MainMode;

/// <summary>Main Mode authenticated with the revised mode of public key encryption (RFC 2409 §5.3).</summary>
/// <remarks><code>
///     Initiator                                  Responder
///
/// 1   HDR, SA                           ─────▶
/// 2                                     ◀─────   HDR, SA
/// 3   HDR, [HASH(1),]
///     &lt;Ni_b&gt;PubKey_r,
///     &lt;KE_b&gt;Ke_i, &lt;IDii_b&gt;Ke_i,
///     [&lt;Cert-I_b&gt;Ke_i]            ─────▶
/// 4                                     ◀─────   HDR, &lt;Nr_b&gt;PubKey_i, &lt;KE_b&gt;Ke_r, &lt;IDir_b&gt;Ke_r
/// 5   HDR*, HASH_I                      ─────▶
/// 6                                     ◀─────   HDR*, HASH_R
/// </code>
/// The nonce is encrypted to the peer, the rest with a key made of the nonce: half of the public key operations of §5.2.
/// The rows are spec/exchanges/main-mode-rpke.rows.
/// </remarks>
public static class RevisedPublicKeyEncryption
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "MainModeRpke";

    private static readonly PayloadType[] Drawn = [PayloadType.KeyExchange, PayloadType.Identification, PayloadType.Nonce];

    /// <summary>Tables and messages.</summary>
    public static Phase1Method Method(Wiring wiring) => new(Exchange, Initiator(wiring), Responder(wiring),
        [
            new(SaPayload, false, PayloadType.SecurityAssociation),
            new(NonceKeyId, false, [.. Drawn]) { Optional = [PayloadType.Hash], From = Role.Initiator },
            new(NonceKeyId, false, [.. Drawn]) { From = Role.Responder },
            new(Hash, true, PayloadType.Hash),
        ],
        PublicKeyEncryption.SKEYID)
    {
        EncryptedBodies = [PayloadType.Nonce, PayloadType.KeyExchange, PayloadType.Identification, PayloadType.Certificate],
    };

    [Clause("2409-5.3-01")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitSaR, "2409_5_3_01", when: RevisedPayloads.PeerKeyKnown, send: SendSaPayload, payloads: "HDR SA")
                .On(Initiate, Failed, "2409_5_2_05", when: RevisedPayloads.PeerKeyUnknown)
            .In(AwaitSaR)
                .On(SaPayload, AwaitKeR, "2409_5_3_01", when: ChoiceWasOffered, send: RevisedPayloads.SendNonceKeyId,
                    payloads: "HDR [HASH(1)] <Ni>PubKey_r <KE>Ke_i <IDii>Ke_i [<CERT>Ke_i]")
                .Refuse(SaPayload, "2409_5_14", when: ChoiceNotOffered)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitKeR)
                .On(NonceKeyId, AwaitHashR, "2409_5_3_01", when: RevisedPayloads.PublicValueValid, send: RevisedPayloads.SendHash, payloads: "HDR* HASH_I")
                .Refuse(NonceKeyId, "2409_5_3_07", when: RevisedPayloads.Unreadable)
                .Refuse(NonceKeyId, "2409_5_05", when: RevisedPayloads.PublicValueInvalid)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitHashR)
                .On(Hash, Established, "2409_5_18", when: Hashes.HashMatches)
                .Refuse(Hash, "2408_5_11_01", when: Hashes.HashDiffers)
                .On(Hash, Failed, "2407_4_6_2_02", when: Hashes.IdentityRefused)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    [Clause("2409-5.3-01")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaPayload, AwaitKeI, "2409_5_3_01", when: OfferAcceptable, send: SendSaPayload, payloads: "HDR SA")
                .On(SaPayload, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR N")
            .In(AwaitKeI)
                .On(NonceKeyId, AwaitHashI, "2409_5_3_01", when: RevisedPayloads.Answerable, send: RevisedPayloads.SendNonceKeyId,
                    payloads: "HDR <Nr>PubKey_i <KE>Ke_r <IDir>Ke_r")
                .Refuse(NonceKeyId, "2409_5_2_03", when: RevisedPayloads.OwnKeyUnknown)
                .Refuse(NonceKeyId, "2409_5_3_07", when: RevisedPayloads.Unreadable)
                .Refuse(NonceKeyId, "2409_5_05", when: RevisedPayloads.PublicValueInvalid)
                .On(NonceKeyId, Failed, "2409_5_2_05", when: RevisedPayloads.Unanswerable)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01")
            .In(AwaitHashI)
                .On(Hash, Established, "2409_5_3_01", when: Hashes.HashMatches, send: Hashes.SendHash, payloads: "HDR* HASH_R")
                .Refuse(Hash, "2408_5_11_01", when: Hashes.HashDiffers)
                .On(Hash, Failed, "2407_4_6_2_02", when: Hashes.IdentityRefused)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
