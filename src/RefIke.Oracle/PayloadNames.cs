using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Oracle;

/// <summary>Payloads as the drawings of RFC 2409 §5 name them.</summary>
internal static class PayloadNames
{
    /// <summary>The name of a type; of those that have none, the number.</summary>
    public static string Of(PayloadType type) => type switch
    {
        PayloadType.SecurityAssociation => "SA",
        PayloadType.KeyExchange => "KE",
        PayloadType.Identification => "ID",
        PayloadType.Certificate => "CERT",
        PayloadType.CertificateRequest => "CERT_REQ",
        PayloadType.Hash => "HASH",
        PayloadType.Signature => "SIG",
        PayloadType.Nonce => "nonce",
        PayloadType.Notification => "N",
        PayloadType.Delete => "D",
        PayloadType.VendorId => "VID",
        PayloadType.Attributes => "ATTR",
        PayloadType.NatDiscovery or PayloadType.NatDiscoveryDraft => "NAT-D",
        PayloadType.NatOriginalAddress or PayloadType.NatOriginalAddressDraft => "NAT-OA",
        PayloadType.Fragment => "FRAG",
        _ => $"payload {(byte)type}",
    };

    /// <summary>
    /// A message's payloads in their order, each as the RFC writes it in its place: <c>Ni</c>, <c>IDcr</c>,
    /// <c>HASH(2)</c>; in angle brackets where the body is encrypted to a public key.
    /// </summary>
    /// <param name="number">Which message of its exchange, from 1.</param>
    public static IReadOnlyList<string> InPlace(
        ImmutableArray<Payload> payloads, ExchangeType exchange, bool fromInitiator, int number)
    {
        var identities = 0;
        return [.. payloads.Select(p => p is EncryptedBodyPayload ? $"<{Name(p)}>" : Name(p))];

        string Name(Payload p) => p.Type switch
        {
            PayloadType.Nonce => fromInitiator ? "Ni" : "Nr",
            PayloadType.Identification when exchange == ExchangeType.QuickMode => identities++ == 0 ? "IDci" : "IDcr",
            PayloadType.Identification => fromInitiator ? "IDii" : "IDir",
            PayloadType.Hash when exchange is ExchangeType.MainMode or ExchangeType.Aggressive
                => fromInitiator ? "HASH_I" : "HASH_R",
            PayloadType.Signature => fromInitiator ? "SIG_I" : "SIG_R",
            PayloadType.Hash => exchange == ExchangeType.QuickMode ? $"HASH({number})" : "HASH(1)",
            var type => Of(type),
        };
    }
}
