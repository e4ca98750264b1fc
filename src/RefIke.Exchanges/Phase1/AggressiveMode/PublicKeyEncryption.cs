using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;

namespace RefIke.Exchanges.Phase1.AggressiveMode;

/// <summary>Aggressive Mode authenticated with public key encryption (RFC 2409 §5.2).</summary>
/// <remarks><code>
///     Initiator                                  Responder
///
/// 1   HDR, SA, [HASH(1),] KE,
///     &lt;IDii_b&gt;PubKey_r,
///     &lt;Ni_b&gt;PubKey_r              ─────▶
/// 2                                     ◀─────   HDR, SA, KE, &lt;IDir_b&gt;PubKey_i, &lt;Nr_b&gt;PubKey_i, HASH_R
/// 3   HDR*, HASH_I                      ─────▶
/// </code>
/// The third message is drawn in clear in the RFC and may be either.
/// The rows are spec/exchanges/aggressive-mode-pke.rows.
/// </remarks>
public static class PublicKeyEncryption
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "AggressiveModePke";

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
        EncryptedBodies = [PayloadType.Identification, PayloadType.Nonce],
    };

    [Clause("2409-5.2-04")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitHashR, "2409_5_2_04", when: EncryptedPayloads.PeerKeyUsable, send: EncryptedMessages.SendSaKeyIdNonce,
                    payloads: "HDR SA [HASH(1)] KE <IDii>PubKey_r <Ni>PubKey_r")
                .On(Initiate, Failed, "2409_5_2_05", when: EncryptedPayloads.PeerKeyUnusable)
            .In(AwaitHashR)
                .On(SaKeyNonceIdHash, Established, "2409_5_2_04", when: EncryptedMessages.HashMatches, send: ThirdMessage.SendHash, payloads: "HDR* HASH_I")
                .Refuse(SaKeyNonceIdHash, "2409_5_14", when: SecondMessage.ChoiceNotOffered)
                .Refuse(SaKeyNonceIdHash, "2409_5_05", when: SecondMessage.PublicValueInvalid)
                .Refuse(SaKeyNonceIdHash, "2408_5_11_01", when: EncryptedMessages.HashDiffers)
                .On(SaKeyNonceIdHash, Failed, "2407_4_6_2_02", when: EncryptedMessages.IdentityRefused)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    [Clause("2409-5.2-04")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaKeyNonceId, AwaitHashI, "2409_5_2_04", when: EncryptedMessages.Answerable, send: EncryptedMessages.SendSaKeyIdNonceHash,
                    payloads: "HDR SA KE <IDir>PubKey_i <Nr>PubKey_i HASH_R")
                .On(SaKeyNonceId, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR N")
                .Refuse(SaKeyNonceId, "2409_5_05", when: EncryptedMessages.PublicValueOfOfferInvalid)
                .Refuse(SaKeyNonceId, "2409_5_2_03", when: EncryptedMessages.OwnKeyUnknown)
                .Refuse(SaKeyNonceId, "2409_5_2_05", when: EncryptedMessages.Unanswerable)
            .In(AwaitHashI)
                .On(Hash, Established, "2409_5_17", when: EncryptedThirdMessage.HashMatches)
                .Refuse(Hash, "2408_5_11_01", when: ThirdMessage.HashDiffers)
                .On(Hash, Failed, "2407_4_6_2_02", when: EncryptedThirdMessage.IdentityRefused)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
