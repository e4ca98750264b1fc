using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Exchanges;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Phase1;

namespace RefIke.Engine;

/// <summary>Everything that is fixed for an endpoint's life: where it is, whom it knows, with what it computes.</summary>
/// <param name="Local">Where it sends from and listens, UDP 500 by default.</param>
/// <param name="NatLocal">Its NAT traversal port, UDP 4500 by default (RFC 3947 §4).</param>
public sealed record EndpointSetup(
    string Name, IPEndPoint Local, IPEndPoint NatLocal, ImmutableArray<Connection> Connections, IRandomness Randomness)
{
    /// <summary>How long things wait.</summary>
    public Timing Timing { get; init; } = new();

    /// <summary>The time of day at <see cref="Instant.Zero"/>, in seconds since 1970: certificates are judged by it.</summary>
    public long UnixSecondsAtZero { get; init; }

    /// <summary>What bounds its tables.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>The formulas of RFC 2409 §5 and App. B.</summary>
    public KeySchedule Formulas { get; init; } = KeySchedule.Rfc2409;

    /// <summary>The encrypted bodies of RFC 2409 §5.2.</summary>
    public RsaEncryption Encryption { get; init; } = RsaEncryption.Rfc2409;

    /// <summary>The ephemeral keys of RFC 2409 §5.3.</summary>
    public RevisedKeySchedule RevisedFormulas { get; init; } = RevisedKeySchedule.Rfc2409;

    /// <summary>Which certificate speaks for a peer (RFC 4945).</summary>
    public PeerCertificates PeerCertificates { get; init; } = PeerCertificates.Rfc4945;

    /// <summary>Who makes our signatures: with the keys of the connections, or what holds a key that cannot be had.</summary>
    public OwnSignatures OwnSignatures { get; init; } = OwnSignatures.Configured;

    /// <summary>Who exponentiates.</summary>
    public IDiffieHellman DiffieHellman { get; init; } = Crypto.DiffieHellman.Best;

    /// <summary>How the machines are wired.</summary>
    public Wiring Wiring { get; init; } = Wiring.AsWritten;
}
