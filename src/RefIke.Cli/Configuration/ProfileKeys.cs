using System.Collections.Immutable;
using RefIke.Engine;

namespace RefIke.Cli.Configuration;

/// <summary>The keys of <c>[[connection]]</c> for what deployed peers speak besides RFC 2409.</summary>
internal static class ProfileKeys
{
    public static readonly ImmutableArray<string> Keys =
        ["nat_traversal", "force_nat", "nat_keepalive", "dpd", "fragmentation", "fragment_size"];

    /// <summary>A connection with them.</summary>
    public static Connection Read(TomlSection t, Connection connection)
    {
        var nat = t.FlagOrWord("nat_traversal", true, "drafts");
        var force = t.Flag("force_nat", false);
        return force && nat == false
            ? throw t.Bad("force_nat needs nat_traversal")
            : connection with
            {
                NatTraversal = nat != false,
                Nat = new NatTraversalPolicy { Drafts = nat is null, Force = force, Keepalive = Keepalive(t) },
                DeadPeer = DeadPeer(t),
                Fragmentation = Fragmentation(t),
            };
    }

    private static long Keepalive(TomlSection t) => !t.IsFlag("nat_keepalive") ? t.Milliseconds("nat_keepalive", "20s")
        : t.Flag("nat_keepalive", true) ? new NatTraversalPolicy().Keepalive
        : 0;

    private static DeadPeerPolicy? DeadPeer(TomlSection t)
        => t.Has("dpd") && !t.IsFlag("dpd") ? new DeadPeerPolicy { Interval = t.Milliseconds("dpd", "30s") }
            : t.Flag("dpd", true) ? new DeadPeerPolicy()
            : null;

    private static FragmentationPolicy? Fragmentation(TomlSection t)
    {
        var spoken = t.FlagOrWord("fragmentation", true, "force");
        var policy = new FragmentationPolicy { Force = spoken is null };
        return spoken == false ? null : policy with { Size = t.Number("fragment_size", policy.Size, 128, 65507) };
    }
}
