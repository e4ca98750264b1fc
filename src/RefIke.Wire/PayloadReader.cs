namespace RefIke.Wire;

/// <summary>Which reader takes which payload (RFC 2408 §3.1).</summary>
internal static class PayloadReader
{
    [Clause("2408-5.3-03")]
    public static Payload? Read(Body body, out Malformed? malformed)
    {
        malformed = null;
        return body.Type switch
        {
            PayloadType.SecurityAssociation => SecurityAssociationPayload.Read(body, out malformed),
            PayloadType.KeyExchange => new KeyExchangePayload(body.From(0)),
            PayloadType.Identification => IdentificationPayload.Read(body, out malformed),
            PayloadType.Certificate => body.Has(1, "2408-3.9-01", out malformed)
                ? new CertificatePayload((CertificateEncoding)body.U8(0), body.From(1)) : null,
            PayloadType.CertificateRequest => body.Has(1, "2408-3.10-01", out malformed)
                ? new CertificateRequestPayload((CertificateEncoding)body.U8(0), body.From(1)) : null,
            PayloadType.Hash => new HashPayload(body.From(0)),
            PayloadType.Signature => new SignaturePayload(body.From(0)),
            PayloadType.Nonce => NoncePayload.Read(body, out malformed),
            PayloadType.Notification => NotificationPayload.Read(body, out malformed),
            PayloadType.Delete => DeletePayload.Read(body, out malformed),
            PayloadType.VendorId => new VendorIdPayload(body.From(0)),
            PayloadType.Attributes => AttributesPayload.Read(body, out malformed),
            PayloadType.NatDiscovery or PayloadType.NatDiscoveryDraft => new NatDiscoveryPayload(body.Type, body.From(0)),
            PayloadType.NatOriginalAddress or PayloadType.NatOriginalAddressDraft => NatOriginalAddressPayload.Read(body, out malformed),
            PayloadType.Fragment => FragmentPayload.Read(body, out malformed),
            _ => Unknown(body, out malformed),
        };
    }

    /// <summary>Private numbers are kept and passed over; other unknown ones make the message invalid (D-42).</summary>
    private static UnknownPayload? Unknown(Body body, out Malformed? malformed)
    {
        malformed = (byte)body.Type >= 128
            ? null
            : body.Bad("Next Payload", 0, "2408-5.3-03", $"payload type {(byte)body.Type}", NotifyType.InvalidPayloadType);
        return malformed is null ? new UnknownPayload(body.Type, body.From(0)) : null;
    }
}
