using System.Collections.Immutable;
using System.Security.Cryptography;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Crypto.Signatures;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Oracle.Captures;
using RefIke.Oracle.KeyLogs;
using RefIke.Wire;

namespace RefIke.Oracle;

/// <summary>
/// One ISAKMP SA of a capture: its messages read by RefIke's reader, opened with the logged keys and RefIke's
/// encryption, and every HASH and SIG computed again by RefIke's formulas, for both sides (RFC 2409 §5, §5.5, §5.7,
/// App. B).
/// </summary>
internal sealed class IsakmpReplay(KeyLog log, Secret? preSharedKey)
{
    private static readonly KeySchedule F = KeySchedule.Rfc2409;

    /// <summary>Bodies that public key encryption may hide (RFC 2409 §5.2, §5.3).</summary>
    private static readonly PayloadType[] MayBeEncrypted =
        [PayloadType.KeyExchange, PayloadType.Nonce, PayloadType.Identification, PayloadType.Certificate];

    private readonly Dictionary<uint, Octets> ivs = [];
    private readonly Dictionary<uint, List<Octets>> nonces = [];
    private readonly HashSet<string> taken = [];
    private readonly List<string> checks = [];
    private readonly Dictionary<bool, PublicKey> keys = [];
    private Header header;
    private string? fault;
    private string? unverified;
    private bool wasOpened;
    private string? initiator;
    private Octets SAi_b, CKY_I, CKY_R, g_xi, g_xr, Ni_b, Nr_b;
    private Octets? IDii_b, IDir_b, g_xy, openedWith, nextIv;
    private Phase1Suite? suite;
    private LoggedSecrets? secrets;

    /// <summary>The first IV of phase 1 (RFC 2409 App. B); none before both public values are known.</summary>
    public Octets FirstIv { get; private set; }

    /// <summary>All that was taken, in order.</summary>
    public List<ReplayedMessage> Messages { get; } = [];

    /// <summary>The suite that was answered, as far as it was.</summary>
    public Phase1Suite? Suite => suite;

    /// <summary>The keys that the log has of this SA.</summary>
    public LoggedSecrets? Secrets => secrets;

    /// <summary>The shared secret, as far as the log has it.</summary>
    public Octets? SharedSecret => g_xy;

    /// <summary>The next datagram with the cookies of this SA.</summary>
    public ReplayedMessage Take(CapturedDatagram datagram, string fragment = "")
    {
        var message = Read(datagram, fragment);
        Messages.Add(message);
        return message;
    }

    private ReplayedMessage Read(CapturedDatagram datagram, string fragment)
    {
        checks.Clear();
        (fault, unverified, wasOpened, openedWith, nextIv) = (null, null, false, null, null);
        if (!Header.TryRead(datagram.Octets.Span, out header, out var malformed))
        {
            return new ReplayedMessage(datagram, null, "", [], malformed!.Reason, null);
        }

        initiator ??= IsAnswer(header) ? $"{datagram.To.Address}" : $"{datagram.From.Address}";
        var fromInitiator = initiator == $"{datagram.From.Address}";
        if (!taken.Add(datagram.Octets.ToHex()))
        {
            return new ReplayedMessage(datagram, header, "sent again", [], null, null)
            {
                IsRepeated = true,
                FromInitiator = fromInitiator,
            };
        }

        var payloads = Open(datagram.Octets, out var afterHash);
        var isPhase1 = header.ExchangeType is ExchangeType.MainMode or ExchangeType.Aggressive;
        if (payloads.Length > 0 && header.MessageId == 0 && isPhase1)
        {
            TakePhase1(payloads, fromInitiator);
        }
        else if (payloads.Length > 0 && header.IsEncrypted)
        {
            TakePhase2(payloads, afterHash);
        }

        var number = 1 + Messages.Count(m => !m.IsRepeated && m.Header?.ExchangeType == header.ExchangeType
            && m.Header?.MessageId == header.MessageId);
        var line = string.Join(", ", PayloadNames.InPlace(
            payloads, header.ExchangeType, Begins(fromInitiator), number));
        return new ReplayedMessage(datagram, header, line + fragment, [.. checks], fault, unverified)
        {
            SKEYID = secrets?.SKEYID,
            IsOpened = wasOpened,
            FromInitiator = fromInitiator,
            Payloads = payloads,
            Iv = openedWith,
            NextIv = nextIv,
            Notifies = [.. payloads.OfType<NotificationPayload>().Select(n => n.NotifyType)],
        };
    }

    /// <summary>What phase 1 does for the method agreed on (draft-beaulieu-ike-xauth-02 §7.2).</summary>
    private AuthenticationMethod? Method => suite is null ? null : XauthMethods.Alone(suite.Method);

    private ImmutableArray<Payload> Open(Octets datagram, out Octets afterHash)
    {
        afterHash = default;
        if (!header.IsEncrypted)
        {
            if (MessageReader.TryRead(datagram.Memory, out var message, out var malformed)
                || MessageReader.TryRead(datagram.Memory, MayBeEncrypted, out message, out malformed))
            {
                return message!.Payloads;
            }

            fault = malformed!.Reason;
            return [];
        }

        if (suite is null || secrets is null)
        {
            fault = suite is null ? "encrypted before there is a suite" : null;
            unverified = suite is null ? null : "no keys for it in the log";
            return [];
        }

        if (header.MessageId == 0 && Method == AuthenticationMethod.RevisedRsaEncryption)
        {
            unverified = "the first IV is made of public values that are encrypted to the peer's key (RFC 2409 §5.3)";
            var block = suite.Cipher.BlockLength;
            ivs[0] = datagram.Slice((int)header.Length - block, block);
            nextIv = ivs[0];
            return [];
        }

        if (!ivs.TryGetValue(header.MessageId, out var iv))
        {
            iv = F.Phase2Iv(suite.Hash, ivs[0].Span, header.MessageId, suite.Cipher.BlockLength);
        }

        if (secrets.Ka.Length != suite.Cipher.KeyLength)
        {
            fault = $"Ka of {secrets.Ka.Length} octets, where the suite has one of {suite.Cipher.KeyLength}";
            return [];
        }

        var Ka = Secret.Of(secrets.Ka.Span);
        if (Protection.Open(datagram, header, suite.Cipher, Ka, iv, out var opened) is { } rejection)
        {
            fault = rejection.Reason;
            return [];
        }

        (wasOpened, openedWith, nextIv) = (true, iv, opened!.LastBlock);
        ivs[header.MessageId] = opened.LastBlock;
        afterHash = opened.Payloads[0] is HashPayload ? opened.AfterHash : default;
        return opened.Payloads;
    }

    /// <summary>
    /// Whether a message is of the side that begins its exchange: a Quick Mode may be begun by either (RFC 2409 §5.5).
    /// </summary>
    private bool Begins(bool fromInitiator)
        => (Messages.FirstOrDefault(m => m.Header?.ExchangeType == header.ExchangeType
            && m.Header?.MessageId == header.MessageId)?.FromInitiator ?? fromInitiator) == fromInitiator;

    /// <summary>A capture may begin with the responder's first message: it has an SA and both cookies.</summary>
    private static bool IsAnswer(Header header)
        => !header.ResponderCookie.IsZero && header.NextPayload == PayloadType.SecurityAssociation;

    private void TakePhase1(ImmutableArray<Payload> payloads, bool fromInitiator)
    {
        if (payloads.OfType<SecurityAssociationPayload>().FirstOrDefault() is { } sa)
        {
            if (fromInitiator)
            {
                SAi_b = sa.Body;
            }
            else if (!Phase1Suite.TryRead(sa.Proposals[0].Transforms[0], out suite, out var why))
            {
                fault = why;
            }
        }

        if (payloads.OfType<KeyExchangePayload>().FirstOrDefault() is { } ke)
        {
            var nonce = payloads.OfType<NoncePayload>().FirstOrDefault()?.Data ?? Octets.Empty;
            (g_xi, Ni_b, g_xr, Nr_b) = fromInitiator ? (ke.Data, nonce, g_xr, Nr_b) : (g_xi, Ni_b, ke.Data, nonce);
        }

        if (payloads.OfType<IdentificationPayload>().FirstOrDefault() is { } id)
        {
            IDii_b = fromInitiator ? id.Body : IDii_b;
            IDir_b = fromInitiator ? IDir_b : id.Body;
        }

        foreach (var certificate in payloads.OfType<CertificatePayload>())
        {
            if (Certificate.TryRead(certificate.Data.Memory, out var read, out _))
            {
                keys.TryAdd(fromInitiator, read.PublicKey);
            }
        }

        if (secrets is null && suite is not null && g_xi.Length > 0 && g_xr.Length > 0)
        {
            Derive();
        }

        Prove(payloads, fromInitiator);
    }

    /// <summary>
    /// The logged set of this exchange; the formulas of RFC 2409 §5 and App. B over it give what is logged.
    /// </summary>
    private void Derive()
    {
        (CKY_I, CKY_R) = (header.InitiatorCookie.ToArray(), header.ResponderCookie.ToArray());
        var iv = (Octets)F.Phase1Iv(suite!.Hash, g_xi.Span, g_xr.Span, suite.Cipher.BlockLength);
        (ivs[0], FirstIv) = (iv, iv);
        secrets = log.Isakmp.FirstOrDefault(s => s.Iv == iv || s.CKY_I == CKY_I);
        g_xy = secrets?.g_xy ?? log.SharedSecret(g_xi, g_xr);
        if (secrets is not { SKEYID: { } skeyid, SKEYID_d: { } d, SKEYID_a: { } a, SKEYID_e: { } e })
        {
            return;
        }

        var (prf, SKEYID) = (suite.Prf, Secret.Of(skeyid.Span));
        if (g_xy is { } secret)
        {
            var g = Secret.Of(secret.Span);
            Check("SKEYID_d", d, F.SKEYID_d(prf, SKEYID, g, CKY_I.Span, CKY_R.Span).Reveal());
            Check("SKEYID_a", a, F.SKEYID_a(prf, SKEYID, Secret.Of(d.Span), g, CKY_I.Span, CKY_R.Span).Reveal());
            Check("SKEYID_e", e, F.SKEYID_e(prf, SKEYID, Secret.Of(a.Span), g, CKY_I.Span, CKY_R.Span).Reveal());
        }

        Check("Ka", secrets.Ka, F.Ka(prf, Secret.Of(e.Span), suite.Cipher).Reveal());
        if (SignatureMethod.TryGet((int)Method!, out _) && g_xy is { } shared)
        {
            Check("SKEYID", skeyid, F.SKEYID_Signatures(prf, Secret.Of(shared.Span), Ni_b.Span, Nr_b.Span).Reveal());
        }
        else if (preSharedKey is not null && Method == AuthenticationMethod.PreSharedKey)
        {
            Check("SKEYID", skeyid, F.SKEYID_PreSharedKey(prf, preSharedKey, Ni_b.Span, Nr_b.Span).Reveal());
        }
    }

    private void Prove(ImmutableArray<Payload> payloads, bool fromInitiator)
    {
        var (name, id) = fromInitiator ? ("I", IDii_b) : ("R", IDir_b);
        var hash = payloads.OfType<HashPayload>().FirstOrDefault();
        var signature = payloads.OfType<SignaturePayload>().FirstOrDefault();
        if (hash is null && signature is null)
        {
            return;
        }

        if (Method is AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption)
        {
            unverified = $"HASH_{name}: the identities are encrypted to the peer's key (RFC 2409 §5.2, §5.3)";
            return;
        }

        if (suite is null || id is not { } identity)
        {
            fault = "HASH or SIG before SA and ID";
            return;
        }

        if (secrets?.SKEYID is not { } skeyid)
        {
            unverified = "no SKEYID in the log";
            return;
        }

        SignatureMethod.TryGet((int)Method!, out var method);
        var (prf, SKEYID) = (suite.Prf, Secret.Of(skeyid.Span));
        if (signature is not null && method is not null)
        {
            prf = method.HashPrf(prf);
        }

        var HASH = fromInitiator
            ? F.HASH_I(prf, SKEYID, g_xi.Span, g_xr.Span, CKY_I.Span, CKY_R.Span, SAi_b.Span, identity.Span)
            : F.HASH_R(prf, SKEYID, g_xr.Span, g_xi.Span, CKY_R.Span, CKY_I.Span, SAi_b.Span, identity.Span);
        if (hash is not null)
        {
            Check($"HASH_{name}", hash.Data, HASH);
        }
        else if (method is null || !keys.TryGetValue(fromInitiator, out var key))
        {
            unverified = $"SIG_{name}: no certificate was sent";
        }
        else
        {
            Verified($"SIG_{name}", method?.Verify(key, HASH, signature!.Data.Span) is null);
        }
    }

    private void TakePhase2(ImmutableArray<Payload> payloads, Octets afterHash)
    {
        if (payloads[0] is not HashPayload { Data: var sent } || secrets?.SKEYID_a is not { } a)
        {
            fault = payloads[0] is HashPayload ? null : "HASH does not come first";
            unverified = fault is null ? "no SKEYID_a in the log" : null;
            return;
        }

        var (prf, SKEYID_a, M_ID) = (suite!.Prf, Secret.Of(a.Span), header.MessageId);
        var seen = nonces.TryGetValue(M_ID, out var list) ? list : nonces[M_ID] = [];
        var hasNonce = payloads.OfType<NoncePayload>().Any();
        if (hasNonce)
        {
            seen.Add(payloads.OfType<NoncePayload>().First().Data);
        }

        var isQuick = header.ExchangeType == ExchangeType.QuickMode;
        if (isQuick && payloads.Length == 1)
        {
            if (seen.Count == 2)
            {
                Check("HASH(3)", sent, F.HASH_3(prf, SKEYID_a, M_ID, seen[0].Span, seen[1].Span));
            }
            else
            {
                fault = "a last Quick Mode message without its first two";
            }
        }
        else if (isQuick && seen.Count == 2 && hasNonce)
        {
            Check("HASH(2)", sent, F.HASH_2(prf, SKEYID_a, M_ID, seen[0].Span, afterHash.Span));
        }
        else
        {
            Check("HASH(1)", sent, F.HASH_1(prf, SKEYID_a, M_ID, afterHash.Span));
        }
    }

    private void Check(string what, Octets expected, ReadOnlySpan<byte> computed)
        => Verified(what, CryptographicOperations.FixedTimeEquals(expected.Span, computed));

    private void Verified(string what, bool holds)
    {
        if (holds)
        {
            checks.Add(what);
        }
        else
        {
            fault = fault is null ? $"{what} does not verify" : $"{fault}, {what}";
        }
    }
}
