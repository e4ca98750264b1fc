using RefIke.Crypto;
using RefIke.Exchanges.Machines;
using RefIke.Wire;
using static RefIke.Exchanges.Phase1.ChoosingSa;
using static RefIke.Exchanges.Phase1.Hashes;
using static RefIke.Exchanges.Phase1.KeyExchange;
using static RefIke.Exchanges.Phase1.Phase1Event;
using static RefIke.Exchanges.Phase1.Phase1Step;

namespace RefIke.Exchanges.Phase1.MainMode;

/// <summary>Main Mode authenticated with a pre-shared key (RFC 2409 §5.4).</summary>
/// <remarks><code>
///     Initiator                        Responder
///
/// 1   HDR, SA                 ─────▶
/// 2                           ◀─────   HDR, SA
/// 3   HDR, KE, Ni             ─────▶
/// 4                           ◀─────   HDR, KE, Nr
/// 5   HDR*, IDii, HASH_I      ─────▶
/// 6                           ◀─────   HDR*, IDir, HASH_R
/// </code>
/// A state says what is awaited; each row ends with the message that it sends. The rows are spec/exchanges/main-mode-psk.rows.
/// </remarks>
[Clause("2409-4-12")]
public static class PreSharedKey
{
    /// <summary>The exchange's name in the rows.</summary>
    public const string Exchange = "MainModePsk";

    /// <summary>Tables and messages.</summary>
    public static Phase1Method Method(Wiring wiring) => new(Exchange, Initiator(wiring), Responder(wiring),
        [
            new(SaPayload, false, PayloadType.SecurityAssociation),
            new(KeyAndNonce, false, PayloadType.KeyExchange, PayloadType.Nonce),
            new(IdAndHash, true, PayloadType.Identification, PayloadType.Hash),
        ],
        SKEYID);

    /// <summary>The initiator's table.</summary>
    [Clause("2409-5.4-01")]
    internal static Table<Phase1Step, Phase1Event, Phase1Turn> Initiator(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Initiator", wiring)
            .In(Idle)
                .On(Initiate, AwaitSaR, "2409_5_4_01", send: SendSaPayload, payloads: "HDR SA")
            .In(AwaitSaR)
                .On(SaPayload, AwaitKeR, "2409_5_4_01", when: ChoiceWasOffered, send: SendKeyAndNonce, payloads: "HDR KE Ni")
                .Refuse(SaPayload, "2409_5_14", when: ChoiceNotOffered)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitKeR)
                .On(KeyAndNonce, AwaitHashR, "2409_5_4_01", when: PublicValueValid, send: SendIdAndHash, payloads: "HDR* IDii HASH_I")
                .Refuse(KeyAndNonce, "2409_5_05", when: PublicValueInvalid)
                .On(RetriesSpent, Failed, "2408_5_1_05")
            .In(AwaitHashR)
                .On(IdAndHash, Established, "2409_5_18", when: HashMatches)
                .Refuse(IdAndHash, "2408_5_11_01", when: HashDiffers)
                .On(IdAndHash, Failed, "2407_4_6_2_02", when: IdentityRefused)
                .On(RetriesSpent, Failed, "2408_5_1_05");

    /// <summary>The responder's table.</summary>
    [Clause("2409-5.4-01")]
    internal static Table<Phase1Step, Phase1Event, Phase1Turn> Responder(Wiring wiring)
        => new Table<Phase1Step, Phase1Event, Phase1Turn>(Exchange, "Responder", wiring)
            .In(Idle)
                .On(SaPayload, AwaitKeI, "2409_5_4_01", when: OfferAcceptable, send: SendSaPayload, payloads: "HDR SA")
                .On(SaPayload, Failed, "2408_5_4_03", when: NothingAcceptable, send: SendRefusal, payloads: "HDR N")
            .In(AwaitKeI)
                .On(KeyAndNonce, AwaitHashI, "2409_5_4_01", when: PublicValueValid, send: SendKeyAndNonce, payloads: "HDR KE Nr")
                .Refuse(KeyAndNonce, "2409_5_05", when: PublicValueInvalid)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01")
            .In(AwaitHashI)
                .On(IdAndHash, Established, "2409_5_17", when: HashMatches, send: SendIdAndHash, payloads: "HDR* IDir HASH_R")
                .Refuse(IdAndHash, "2408_5_11_01", when: HashDiffers)
                .On(IdAndHash, Failed, "2407_4_6_2_02", when: IdentityRefused)
                .On(HalfOpenExpired, Failed, "2408_1_7_1_01");

    /// <summary>SKEYID = prf(pre-shared-key, Ni_b | Nr_b) (RFC 2409 §5).</summary>
    [Clause("2409-5-15")]
    internal static Secret SKEYID(KeySchedule formulas, Phase1State p, Secret g_xy)
        => formulas.SKEYID_PreSharedKey(p.Suite!.Prf, p.Terms!.PreSharedKey!, p.Ni_b.Span, p.Nr_b.Span);
}
