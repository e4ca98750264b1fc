using System.Collections.Immutable;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles;

/// <summary>The profiles of one connection as one: payloads of each in turn, every one learns, any may float.</summary>
public sealed class ProfileSet(params ImmutableArray<IProfile> profiles) : IProfile
{
    /// <summary>RFC 2409 alone.</summary>
    public static ProfileSet None { get; } = new([]);

    /// <summary>What it is made of, in the order in which their payloads are sent.</summary>
    public ImmutableArray<IProfile> Profiles => profiles;

    /// <inheritdoc/>
    public ImmutableArray<Payload> Extra(int number, Phase1State phase1)
        => [.. profiles.SelectMany(p => p.Extra(number, phase1))];

    /// <inheritdoc/>
    public Phase1State Learn(int number, Phase1State phase1, ImmutableArray<Payload> payloads)
        => profiles.Aggregate(phase1, (learnt, p) => p.Learn(number, learnt, payloads));

    /// <inheritdoc/>
    public bool Floats(Phase1State phase1) => profiles.Any(p => p.Floats(phase1));

    /// <inheritdoc/>
    public EncapsulationMode Encapsulate(EncapsulationMode wanted, Phase1State phase1)
        => profiles.Aggregate(wanted, (mode, p) => p.Encapsulate(mode, phase1));

    /// <inheritdoc/>
    public ImmutableArray<Payload> ExtraOfQuickMode(Role role, EncapsulationMode mode, Phase1State phase1)
        => [.. profiles.SelectMany(p => p.ExtraOfQuickMode(role, mode, phase1))];
}
