using System.Collections.Immutable;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles;

/// <summary>
/// The points at which what deployed IKEv1 added to RFC 2409 meets the core: extra payloads of phase 1 messages, what is learnt
/// from the peer's, where the next message goes, and how a mode is encapsulated. <see cref="NoProfile"/> is RFC 2409 alone.
/// </summary>
public interface IProfile
{
    /// <summary>Extra payloads for phase 1 message <paramref name="number"/> (1 to 6, in Aggressive Mode 1 to 3) that this side is about to send.</summary>
    ImmutableArray<Payload> Extra(int number, Phase1State phase1);

    /// <summary>What message <paramref name="number"/> of the peer tells.</summary>
    Phase1State Learn(int number, Phase1State phase1, ImmutableArray<Payload> payloads);

    /// <summary>Whether this side, as initiator, moves to the NAT traversal port with message 5, in Aggressive Mode 3 (RFC 3947 §4).</summary>
    bool Floats(Phase1State phase1);

    /// <summary>The mode to offer or accept for tunnel mode under this SA (RFC 3947 §5.1).</summary>
    EncapsulationMode Tunnel(Phase1State phase1);
}

/// <summary>RFC 2409 alone.</summary>
public sealed class NoProfile : IProfile
{
    /// <summary>The one instance.</summary>
    public static NoProfile Instance { get; } = new();

    /// <inheritdoc/>
    public ImmutableArray<Payload> Extra(int number, Phase1State phase1) => [];

    /// <inheritdoc/>
    public Phase1State Learn(int number, Phase1State phase1, ImmutableArray<Payload> payloads) => phase1;

    /// <inheritdoc/>
    public bool Floats(Phase1State phase1) => false;

    /// <inheritdoc/>
    public EncapsulationMode Tunnel(Phase1State phase1) => EncapsulationMode.Tunnel;
}
