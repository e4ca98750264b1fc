using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Cli.Configuration;

/// <summary><c>[[connection.child]]</c>: traffic to protect and how.</summary>
internal static class ChildTable
{
    public static readonly ImmutableArray<string> Keys =
    [
        "name", "local", "remote", "esp", "ah", "ipcomp", "mode", "esn", "lifetime", "lifetime_kb", "commit_bit",
        "identity_pfs",
    ];

    public static ChildPolicy Read(TomlSection t)
    {
        if (t.Has("local") != t.Has("remote"))
        {
            throw t.Bad("local and remote go together (RFC 2409 §5.5: IDci and IDcr)");
        }

        (IdentificationPayload? own, IdentificationPayload? peer) = t.Has("local")
            ? (Traffic(t, "local"), Traffic(t, "remote"))
            : (null, null);
        return new ChildPolicy(t.Text("name"), own, peer, ChildSuites.Of(t))
        {
            CommitBit = t.Flag("commit_bit", false),
            OwnIsAssigned = t.Has("local") && IsAssigned(t, "local"),
            PeerIsAssigned = t.Has("local") && IsAssigned(t, "remote"),
            IdentityPfs = t.Flag("identity_pfs", false),
        };
    }

    private static IdentificationPayload? Traffic(TomlSection t, string key)
        => IsAssigned(t, key) ? null : IdentityText.Traffic(t, key);

    /// <summary>The address that Mode Config gives.</summary>
    private static bool IsAssigned(TomlSection t, string key) => t.Text(key) == "assigned";
}
