using System.Collections.Immutable;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Vectors.Making;

/// <summary>The keys of a vector's inputs, read.</summary>
internal static class KeyReading
{
    public static PublicKeyTerms Terms(KeyInputs inputs)
    {
        var own = inputs.PrivateKey is { } der ? Private(der) : null;
        var certificates = Certificates(inputs.Certificates);
        return new PublicKeyTerms
        {
            RawKey = own,
            PeerKey = inputs.PeerKey is { } peer ? Public(peer) : null,
            Credentials = certificates.IsEmpty ? [] : [Credential(own!, certificates)],
            Trust = new TrustStore(Certificates(inputs.Trust), Certificates(inputs.Held), []),
            Sending = inputs.Sending ?? CertificateSending.IfAsked,
            NamesPeerCertificate = inputs.NamesPeerCertificate == true,
            AddressMayDiffer = true,
        };
    }

    public static PrivateKey Private(Octets der) => PrivateKey.TryRead(der.Memory, out var key, out var fault)
        ? key
        : throw new InvalidDataException(fault.Reason);

    public static PublicKey Public(Octets der) => PublicKey.TryRead(der.Memory, out var key, out var fault)
        ? key
        : throw new InvalidDataException(fault.Reason);

    public static Certificate Certificate(Octets der)
        => Crypto.Certificates.Certificate.TryRead(der.Memory, out var certificate, out var fault)
            ? certificate
            : throw new InvalidDataException(fault.Reason);

    private static ImmutableArray<Certificate> Certificates(ImmutableArray<Octets>? all)
        => [.. (all ?? []).Select(Certificate)];

    private static Credential Credential(PrivateKey key, ImmutableArray<Certificate> certificates)
        => Crypto.Certificates.Credential.TryCreate(
            key, certificates[0], certificates.RemoveAt(0), out var credential, out var fault)
            ? credential
            : throw new InvalidDataException(fault.Reason);
}
