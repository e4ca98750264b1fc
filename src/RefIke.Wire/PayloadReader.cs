namespace RefIke.Wire;

/// <summary>Which reader takes which payload (RFC 2408 §3.1).</summary>
internal static class PayloadReader
{
    public static Payload? Read(Body body, out Malformed? malformed)
    {
        malformed = null;
        return body.Type switch
        {
            PayloadType.SecurityAssociation => SecurityAssociationPayload.Read(body, out malformed),
            PayloadType.KeyExchange => new KeyExchangePayload(body.From(0)),
            PayloadType.Identification => IdentificationPayload.Read(body, out malformed),
            PayloadType.Certificate => CertificatePayload.Read(body, out malformed),
            PayloadType.CertificateRequest => CertificateRequestPayload.Read(body, out malformed),
            PayloadType.Hash => new HashPayload(body.From(0)),
            PayloadType.Signature => new SignaturePayload(body.From(0)),
            PayloadType.Nonce => NoncePayload.Read(body, out malformed),
            PayloadType.Notification => NotificationPayload.Read(body, out malformed),
            PayloadType.Delete => DeletePayload.Read(body, out malformed),
            PayloadType.VendorId => new VendorIdPayload(body.From(0)),
            PayloadType.Attributes => AttributesPayload.Read(body, out malformed),
            PayloadType.NatDiscovery or PayloadType.NatDiscoveryDraft
                => new NatDiscoveryPayload(body.Type, body.From(0)),
            PayloadType.NatOriginalAddress or PayloadType.NatOriginalAddressDraft
                => NatOriginalAddressPayload.Read(body, out malformed),
            PayloadType.Fragment => FragmentPayload.Read(body, out malformed),
            _ => new UnknownPayload(body.Type, body.From(0)),
        };
    }
}
