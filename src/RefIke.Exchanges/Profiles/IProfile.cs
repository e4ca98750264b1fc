using System.Collections.Immutable;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles;

/// <summary>
/// The points at which what deployed IKEv1 added to RFC 2409 meets the exchanges: extra payloads, what is learnt from
/// the peer's, where the next message goes, and how a mode is encapsulated. Each is RFC 2409 alone unless a profile
/// says otherwise.
/// </summary>
public interface IProfile
{
    /// <summary>
    /// Extra payloads for phase 1 message <paramref name="number"/> (1 to 6, in Aggressive Mode 1 to 3) that this side
    /// is about to send.
    /// </summary>
    ImmutableArray<Payload> Extra(int number, Phase1State phase1) => [];

    /// <summary>
    /// What message <paramref name="number"/> of the peer tells. Its vendor ids are in the record already.
    /// </summary>
    Phase1State Learn(int number, Phase1State phase1, ImmutableArray<Payload> payloads) => phase1;

    /// <summary>Whether this side, as initiator, moves to the NAT traversal port with message 5, in Aggressive Mode 3 (RFC 3947 §4).</summary>
    bool Floats(Phase1State phase1) => false;

    /// <summary>
    /// The mode to offer or accept under this SA where policy wants <paramref name="wanted"/> (RFC 3947 §5.1, D-178).
    /// </summary>
    EncapsulationMode Encapsulate(EncapsulationMode wanted, Phase1State phase1) => wanted;

    /// <summary>
    /// Extra payloads for Quick Mode message 1 or 2, where a suite with this mode is offered or was chosen (RFC 3947
    /// §5.2).
    /// </summary>
    ImmutableArray<Payload> ExtraOfQuickMode(Role role, EncapsulationMode mode, Phase1State phase1) => [];
}
