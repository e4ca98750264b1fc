using System.Collections.Immutable;
using RefIke.Crypto.Certificates;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Cli.Configuration;

/// <summary>
/// The keys of <c>[[connection]]</c> for the methods with public keys (RFC 2409 §5.1 to §5.3, RFC 4945).
/// </summary>
internal static class PublicKeysTable
{
    public static readonly ImmutableArray<string> Keys =
    [
        "private_key", "certificates", "peer_key", "trusted", "peer_certificates", "crls", "require_crl",
        "send_certificates", "name_peer_certificate", "address_may_differ",
    ];

    /// <summary>Null for a method that has no public keys; then none of the keys may be there.</summary>
    public static PublicKeyTerms? Read(TomlSection t, AuthenticationMethod method, PemFiles files)
    {
        var name = AuthenticationNames.Of(method);
        if (method == AuthenticationMethod.PreSharedKey)
        {
            return Keys.FirstOrDefault(t.Has) is { } needless
                ? throw t.Bad($"{needless} is of no use with auth = \"{name}\"")
                : null;
        }

        var (ownProves, peerProves) = RemoteAccessTable.Proves(t);
        var own = files.PrivateKey(t, "private_key");
        if (own is null && ownProves)
        {
            throw t.Bad($"private_key is missing: auth = \"{name}\" proves who we are with it");
        }

        if (own is not null && !AuthenticationNames.Takes(method, own.PublicKey))
        {
            throw t.Bad($"private_key: {own.Name} is no key for auth = \"{name}\"");
        }

        var peer = files.PublicKey(t, "peer_key");
        if (peer is not null && !AuthenticationNames.Takes(method, peer))
        {
            throw t.Bad($"peer_key: {peer.Name} is no key for auth = \"{name}\"");
        }

        var terms = new PublicKeyTerms
        {
            RawKey = own,
            PeerKey = peer,
            Trust = new TrustStore(files.Certificates(t, "trusted"), files.Certificates(t, "peer_certificates"),
                files.RevocationLists(t, "crls")),
            Path = PathPolicy.Rfc4945 with { RequireRevocationInformation = t.Flag("require_crl", false) },
            NamesPeerCertificate = t.Flag("name_peer_certificate", false),
            AddressMayDiffer = t.Flag("address_may_differ", false),
            Sending = t.Word("send_certificates", "asked", ["asked", "always", "never"]) switch
            {
                "always" => CertificateSending.Always,
                "never" => CertificateSending.Never,
                _ => CertificateSending.IfAsked,
            },
        };
        if (peerProves && peer is null && terms.Trust.Anchors.IsEmpty)
        {
            throw t.Bad("trusted or peer_key is missing: nothing would prove who the peer is");
        }

        if (method == AuthenticationMethod.RsaEncryption && peer is null && terms.Trust.Known.IsEmpty)
        {
            throw t.Bad("peer_key or peer_certificates is missing: nonces are encrypted to that key (RFC 2409 §5.2)");
        }

        return t.Has("certificates") && own is not null
            ? terms with { RawKey = null, Credentials = [Credential(t, own, files.Certificates(t, "certificates"))] }
            : terms;
    }

    private static Credential Credential(TomlSection t, Crypto.Keys.PrivateKey key, ImmutableArray<Certificate> chain)
        => Crypto.Certificates.Credential.TryCreate(key, chain[0], chain[1..], out var made, out var fault)
            ? made
            : throw t.Bad($"certificates: the first must be that of private_key: {fault.Reason}");
}
