using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges;

/// <summary>Which payloads a message has, to tell which message of an exchange it is.</summary>
internal static class PayloadSets
{
    /// <summary>
    /// Whether each type of <paramref name="needed"/> is there exactly once, and nothing else but what may stand in any message
    /// (vendor ids, notifies, certificates and requests, NAT discovery, private and unknown payloads): RFC 2409 §5, D-43, D-48.
    /// </summary>
    [Clause("2409-5-21")]
    public static bool Are(this ImmutableArray<Payload> payloads, params ReadOnlySpan<PayloadType> needed)
        => Are(payloads, needed, []);

    /// <summary>The same, where some further types may be there once.</summary>
    public static bool Are(this ImmutableArray<Payload> payloads, ImmutableArray<PayloadType> needed, ImmutableArray<PayloadType> optional)
        => Are(payloads, needed.AsSpan(), optional.AsSpan());

    private static bool Are(ImmutableArray<Payload> payloads, ReadOnlySpan<PayloadType> needed, ReadOnlySpan<PayloadType> optional)
    {
        foreach (var type in needed)
        {
            if (payloads.Count(p => p.Type == type) != 1)
            {
                return false;
            }
        }

        foreach (var payload in payloads)
        {
            var known = needed.Contains(payload.Type)
                || (optional.Contains(payload.Type) && payloads.Count(p => p.Type == payload.Type) == 1);
            if (!known && !MayStandAnywhere(payload.Type))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The one payload of a kind, or null.</summary>
    public static T? One<T>(this ImmutableArray<Payload> payloads)
        where T : Payload => payloads.OfType<T>().FirstOrDefault();

    /// <summary>For people: <c>SA KE Ni</c>.</summary>
    public static string Names(this ImmutableArray<Payload> payloads) => string.Join(' ', payloads.Select(p => p.Type));

    [Clause("2408-3.9-01")]
    [Clause("2408-3.10-01")]
    [Clause("2408-3.16-03")]
    [Clause("2409-5-08")]
    [Clause("2408-5.9-01")]
    [Clause("2408-5.10-01")]
    private static bool MayStandAnywhere(PayloadType type) => type is PayloadType.VendorId or PayloadType.Notification
        or PayloadType.Certificate or PayloadType.CertificateRequest or PayloadType.NatDiscovery or PayloadType.NatOriginalAddress
        || (byte)type >= 128;
}
