using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>Certificates that prove nothing (RFC 2408 §3.9, §5.9; RFC 4945 §3, §5).</summary>
internal static class CertificateCases
{
    /// <summary>
    /// What may be wrong with the certificate of an otherwise honest peer, by the configuration's words.
    /// </summary>
    public static readonly (string What, string Words)[] Wrong =
    [
        ("of-another-ca", "is by a CA that is not trusted"),
        ("expired", "has expired"),
        ("not-yet-valid", "is not valid yet"),
        ("of-another-address", "is for another address"),
        ("of-a-dns-name", "is for a domain name, not for the address"),
        ("of-no-name", "has no subjectAltName"),
        ("self-signed", "is signed by itself"),
        ("of-a-peer", "is by a peer that is no CA"),
        ("for-encipherment-alone", "has a KeyUsage for encipherment alone"),
        ("for-crl-signing-alone", "has a KeyUsage for signing CRLs alone"),
        ("for-web-servers-alone", "has an ExtendedKeyUsage for web servers alone"),
        ("with-an-unknown-critical-extension", "has a critical extension that nobody knows"),
        ("of-version-1", "is of X.509 version 1"),
        ("below-an-expired-ca", "is below a CA whose certificate has expired"),
        ("below-a-ca-that-may-not-sign", "is below a CA whose KeyUsage does not allow to sign certificates"),
        ("below-no-ca", "is below a certificate without cA"),
        ("below-too-long-a-path", "is below a CA that allows no CA below it"),
        ("with-another-signature", "names the CA as issuer and is signed by another"),
    ];

    /// <summary>The honest message of a peer with that certificate.</summary>
    public static IEnumerable<Trial> Presented(Scene scene, string words)
    {
        yield return new Trial("presented", $"The peer's certificate {words}; SIG is right.", "CertificateRefused",
            scene.Due)
        { Flags = ["certificate"] };
    }

    /// <summary>CERT payloads that are none, in an otherwise honest message.</summary>
    public static IEnumerable<Trial> Payloads(Scene scene)
    {
        var payloads = scene.Insider.Open(scene.Due);
        var certificate = payloads.First(p => p.Type == (byte)PayloadType.Certificate);
        yield return Of("without", "There is no CERT.", null);
        foreach (var encoding in new byte[] { 0, 2, 3, 6, 8, 9, 11, 255 })
        {
            yield return Of($"encoding-{encoding}", $"The certificate encoding is {encoding}.",
                [encoding, .. certificate.Body.Span[1..]]);
        }

        yield return Of("encoding-7", "The certificate stands where a CRL should.", [7, .. certificate.Body.Span[1..]]);
        yield return Of("encoding-1", "The certificate stands where PKCS #7 should.",
            [1, .. certificate.Body.Span[1..]]);
        yield return Of("encoding-10", "The certificate stands where an attribute certificate should.",
            [10, .. certificate.Body.Span[1..]]);
        yield return Of("no-data", "The certificate has no octets.", [4]);
        yield return Of("cut", "The certificate lacks its last octet.", certificate.Body.Span[..^1].ToArray());
        yield return Of("half", "The certificate is its first half.",
            certificate.Body.Span[..(certificate.Body.Length / 2)].ToArray());
        yield return Of("zeros", "The certificate is zeros.", [4, .. new byte[certificate.Body.Length - 1]]);
        yield return Of("no-der", "The certificate is text.", [4, .. "-----BEGIN CERTIFICATE-----"u8]);
        yield return Of("signature-changed", "The last bit of the CA's signature is changed.",
            [.. certificate.Body.Span[..^1], (byte)(certificate.Body.Span[^1] ^ 1)]);
        yield return Of("long-length", "The outermost DER length says 4 GiB.",
            [4, 0x30, 0x84, 0xff, 0xff, 0xff, 0xff, .. certificate.Body.Span[5..]]);
        yield return Of("own", "The certificate is the endpoint's own.",
            [4, .. scene.Subject.Setup.Connections[0].PublicKeys!.Credentials[0].Certificate.Der.Span]);

        Trial Of(string id, string comment, byte[]? body) =>
            new(id, comment, "CertificateRefused|SignatureRefused", scene.Insider.Seal(scene.Due,
            [.. payloads.Where(p => body is not null || p != certificate)
                .Select(p => p == certificate ? p.With(body!) : p)]))
            {
                Flags = ["certificate"],
            };
    }
}
