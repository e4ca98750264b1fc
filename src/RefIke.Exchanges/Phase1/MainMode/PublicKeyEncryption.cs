using RefIke.Crypto;
using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;

namespace RefIke.Exchanges.Phase1.MainMode;

/// <summary>Main Mode authenticated with public key encryption (RFC 2409 §5.2).</summary>
/// <remarks><code>
///     Initiator                                  Responder
///
/// 1   HDR, SA                           ─────▶
/// 2                                     ◀─────   HDR, SA
/// 3   HDR, KE, [HASH(1),]
///     &lt;IDii_b&gt;PubKey_r,
///     &lt;Ni_b&gt;PubKey_r              ─────▶
/// 4                                     ◀─────   HDR, KE, &lt;IDir_b&gt;PubKey_i, &lt;Nr_b&gt;PubKey_i
/// 5   HDR*, HASH_I                      ─────▶
/// 6                                     ◀─────   HDR*, HASH_R
/// </code>
/// Who can read the nonces proves it by HASH. What cannot be decrypted is told apart by nothing but HASH (D-114).
/// The rows are spec/exchanges/main-mode-pke.rows.
/// </remarks>
public static class PublicKeyEncryption
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "MainModePke";

    private static readonly PayloadType[] Drawn = [PayloadType.KeyExchange, PayloadType.Identification, PayloadType.Nonce];

    /// <summary>Tables and messages.</summary>
    public static Phase1Method Method(Wiring wiring) => new(Exchange, Initiator(wiring), Responder(wiring),
        [
            new(SaPayload, false, PayloadType.SecurityAssociation),
            new(KeyIdNonce, false, [.. Drawn]) { Optional = [PayloadType.Hash], From = Role.Initiator },
            new(KeyIdNonce, false, [.. Drawn]) { From = Role.Responder },
            new(Hash, true, PayloadType.Hash),
        ],
        SKEYID)
    {
        EncryptedBodies = [PayloadType.Identification, PayloadType.Nonce],
    };

    /// <summary>SKEYID = prf(hash(Ni_b | Nr_b), CKY-I | CKY-R) (RFC 2409 §5).</summary>
    [Clause("2409-5-15")]
    internal static Secret SKEYID(KeySchedule formulas, Phase1State p, Secret g_xy) => formulas.SKEYID_PublicKeyEncryption(
        p.Suite!.Prf, p.Suite.Hash, p.Ni_b.Span, p.Nr_b.Span, p.CKY_I.ToArray(), p.CKY_R.ToArray());

    [Clause("2409-5.2-01")]
    [Clause("2409-5.2-06")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitSaR, "2409_5_2_01", when: EncryptedPayloads.PeerKeyUsable, send: SendSaPayload, payloads: "HDR SA")
                .On(Initiate, Failed, "2409_5_2_05", when: EncryptedPayloads.PeerKeyUnusable)
            .In(AwaitSaR)
                .On(SaPayload, AwaitKeR, "2409_5_2_01", when: ChoiceWasOffered, send: EncryptedPayloads.SendKeyIdNonce,
                    payloads: "HDR KE [HASH(1)] <IDii>PubKey_r <Ni>PubKey_r")
                .Refuse(SaPayload, "2409_5_14", when: ChoiceNotOffered)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitKeR)
                .On(KeyIdNonce, AwaitHashR, "2409_5_2_01", when: KeyExchange.PublicValueValid, send: EncryptedPayloads.SendHash, payloads: "HDR* HASH_I")
                .Refuse(KeyIdNonce, "2409_5_05", when: KeyExchange.PublicValueInvalid)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitHashR)
                .On(Hash, Established, "2409_5_18", when: Hashes.HashMatches)
                .Refuse(Hash, "2408_5_11_01", when: Hashes.HashDiffers)
                .On(Hash, Failed, "2407_4_6_2_02", when: Hashes.IdentityRefused)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    [Clause("2409-5.2-01")]
    [Clause("2409-5.2-06")]
    private static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaPayload, AwaitKeI, "2409_5_2_01", when: OfferAcceptable, send: SendSaPayload, payloads: "HDR SA")
                .On(SaPayload, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR N")
            .In(AwaitKeI)
                .On(KeyIdNonce, AwaitHashI, "2409_5_2_01", when: EncryptedPayloads.Answerable, send: EncryptedPayloads.SendKeyIdNonce,
                    payloads: "HDR KE <IDir>PubKey_i <Nr>PubKey_i")
                .Refuse(KeyIdNonce, "2409_5_05", when: KeyExchange.PublicValueInvalid)
                .Refuse(KeyIdNonce, "2409_5_2_03", when: EncryptedPayloads.OwnKeyUnknown)
                .On(KeyIdNonce, Failed, "2409_5_2_05", when: EncryptedPayloads.Unanswerable)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01")
            .In(AwaitHashI)
                .On(Hash, Established, "2409_5_2_01", when: Hashes.HashMatches, send: Hashes.SendHash, payloads: "HDR* HASH_R")
                .Refuse(Hash, "2408_5_11_01", when: Hashes.HashDiffers)
                .On(Hash, Failed, "2407_4_6_2_02", when: Hashes.IdentityRefused)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");
}
