using RefIke.Wire;

namespace RefIke.Oracle;

/// <summary>Payloads as the drawings of RFC 2409 §5 name them.</summary>
internal static class PayloadNames
{
    /// <summary>The name of one; of those that have none, the number.</summary>
    public static string Of(PayloadType type) => type switch
    {
        PayloadType.SecurityAssociation => "SA",
        PayloadType.KeyExchange => "KE",
        PayloadType.Identification => "ID",
        PayloadType.Certificate => "CERT",
        PayloadType.CertificateRequest => "CERT_REQ",
        PayloadType.Hash => "HASH",
        PayloadType.Signature => "SIG",
        PayloadType.Nonce => "NONCE",
        PayloadType.Notification => "N",
        PayloadType.Delete => "D",
        PayloadType.VendorId => "VID",
        PayloadType.Attributes => "ATTR",
        PayloadType.NatDiscovery or PayloadType.NatDiscoveryDraft => "NAT-D",
        PayloadType.NatOriginalAddress or PayloadType.NatOriginalAddressDraft => "NAT-OA",
        PayloadType.Fragment => "FRAG",
        _ => $"{(byte)type}",
    };
}
