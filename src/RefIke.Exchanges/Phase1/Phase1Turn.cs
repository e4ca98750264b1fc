using System.Collections.Immutable;
using RefIke.Exchanges.Profiles;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>
/// One event's work on a phase 1 exchange. It starts from the record before; the guards of a table are predicates over record
/// and message, its sends fill what goes out and the record after. Both are functions in the files beside this one.
/// </summary>
public sealed class Phase1Turn
{
    private readonly Dictionary<string, object?> known = [];

    internal Phase1Turn(ExchangeMeans means, Phase1Method method, Phase1State before, ImmutableArray<Payload> payloads, long unixSeconds)
        => (Means, Method, Before, After, Payloads, UnixSeconds) = (means, method, before, before, payloads, unixSeconds);

    /// <summary>The record before the event.</summary>
    public Phase1State Before { get; }

    /// <summary>The record after it; the machine's state is set when the step ends.</summary>
    public Phase1State After { get; set; }

    /// <summary>The payloads received; empty for orders and time-outs.</summary>
    public ImmutableArray<Payload> Payloads { get; internal set; }

    /// <summary>The payloads to send; empty where nothing is sent.</summary>
    public ImmutableArray<Payload> Outgoing { get; private set; } = [];

    /// <summary>Whether what is sent is HDR*.</summary>
    public bool Encrypts { get; set; }

    /// <summary>Why the message was refused.</summary>
    public Rejection? Rejection { get; set; }

    /// <summary>The notify to send, where the row says so.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>The time of day, in seconds since 1970, for certificates.</summary>
    public long UnixSeconds { get; }

    internal ExchangeMeans Means { get; }

    internal Phase1Method Method { get; }

    internal bool IsInitiator => Before.Role == Role.Initiator;

    internal Role PeerRole => IsInitiator ? Role.Responder : Role.Initiator;

    /// <summary>HDR and these payloads.</summary>
    internal void SendClear(params ImmutableArray<Payload> payloads) => (Outgoing, Encrypts) = (payloads, false);

    /// <summary>HDR* and these payloads.</summary>
    internal void SendEncrypted(params ImmutableArray<Payload> payloads) => (Outgoing, Encrypts) = (payloads, true);

    /// <summary>CERT and CR may stand in any message of phase 1 (RFC 2408 §3.9, §3.10, D-57); no more are kept than are ever looked at.</summary>
    internal void TakeCertificates()
    {
        const int Most = 32;
        if (!Payloads.Any(p => p is CertificatePayload or CertificateRequestPayload))
        {
            return;
        }

        After = After with
        {
            CertificatesReceived = [.. Before.CertificatesReceived.Concat(Payloads.OfType<CertificatePayload>()).Take(Most)],
            CertificateRequests = [.. Before.CertificateRequests.Concat(Payloads.OfType<CertificateRequestPayload>()).Take(Most)],
        };
    }

    /// <summary>
    /// VID may stand in any message of phase 1 and in any number (RFC 2408 §3.16, D-60): those that are known are kept,
    /// each once.
    /// </summary>
    [Clause("2408-3.16-03")]
    internal void TakeVendorIds()
    {
        foreach (var payload in Payloads.OfType<VendorIdPayload>())
        {
            if (VendorIds.Of(payload.Data) is { } known && !After.PeerVendorIds.Contains(known))
            {
                After = After with { PeerVendorIds = After.PeerVendorIds.Add(known) };
            }
        }
    }

    /// <summary>
    /// Status notifies may stand in the last messages of Main Mode, and must not in Aggressive Mode (RFC 2407 §4.6.3,
    /// D-145): in the latter, and in clear, they are left alone.
    /// </summary>
    [Clause("2407-4.6.3-02")]
    internal void TakeNotifies()
        => After = After with
        {
            Hinted = Before is { Mode: ExchangeType.MainMode, Keys: not null }
                ? [.. Payloads.OfType<NotificationPayload>()] : [],
        };

    /// <summary>What the profiles add to message <paramref name="number"/>, which this side is about to send.</summary>
    internal ImmutableArray<Payload> Extra(int number) => After.Profiles.Extra(number, After);

    /// <summary>What message <paramref name="number"/> of the peer tells the profiles, into the record after.</summary>
    internal void Learn(int number) => After = After.Profiles.Learn(number, After, Payloads);

    /// <summary>A result that guards and sends of one turn share: guards are asked more than once, and exponentiations cost.</summary>
    internal T Once<T>(string what, Func<T> compute)
    {
        if (!known.TryGetValue(what, out var result))
        {
            known[what] = result = compute();
        }

        return (T)result!;
    }
}
