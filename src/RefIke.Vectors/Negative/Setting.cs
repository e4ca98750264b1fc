using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>
/// Where an exchange stands when the case begins, and all that a replay needs to bring an endpoint there.
/// </summary>
/// <param name="Exchange">The exchange that the case is about.</param>
/// <param name="Role">Which side of it the endpoint plays.</param>
/// <param name="Awaits">The message that it awaits.</param>
/// <param name="Configuration">RefIke's name of what the endpoint was told.</param>
/// <param name="Inputs">The same, spelt out.</param>
/// <param name="Random">The octets that the endpoint draws.</param>
/// <param name="Before">What happened to it and what it sent, in order.</param>
internal sealed record Setting(
    string Exchange, string Role, string Awaits, string Configuration, SettingInputs Inputs,
    ImmutableArray<Draw> Random, ImmutableArray<Occurrence> Before, SettingKeys? Keys);

/// <summary>What the endpoint was told.</summary>
internal sealed record SettingInputs(
    string Address, string PeerAddress, string Mode, string Method, Octets? PreSharedKey, Octets Identity,
    Octets PeerIdentity, ImmutableArray<string> Suites, ImmutableArray<ChildInputs> Children, Octets? PrivateKey,
    Octets? PeerKey, ImmutableArray<Octets> Certificates, ImmutableArray<Octets> Trusted,
    ImmutableArray<string> Profiles, long UnixSeconds);

/// <summary>
/// Traffic to protect; own and peer are ID payload bodies, absent where the hosts themselves are meant.
/// </summary>
internal sealed record ChildInputs(string Name, Octets? Own, Octets? Peer, ImmutableArray<string> Suites);

/// <summary>One thing that happened: an order, a timer, a datagram received or sent.</summary>
internal sealed record Occurrence(
    string What, long At, string? Order = null, string? From = null, string? To = null, Octets? Datagram = null);

/// <summary>What the ISAKMP SA's keys are by then, for who wants to open or make what is encrypted.</summary>
internal sealed record SettingKeys(
    Octets CKY_I, Octets CKY_R, string Suite, Octets SKEYID, Octets SKEYID_d, Octets SKEYID_a, Octets SKEYID_e,
    Octets Ka,
    Octets Iv);
