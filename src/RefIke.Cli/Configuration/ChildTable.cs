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
        "identity_pfs", "private_pfs_group", "replay_detection", "sa_payloads",
    ];

    private const int MostSaPayloads = 8;

    public static ChildPolicy Read(TomlSection t)
    {
        if (t.Has("local") != t.Has("remote"))
        {
            throw t.Bad("local and remote go together (RFC 2409 §5.5: IDci and IDcr)");
        }

        (IdentificationPayload? own, IdentificationPayload? peer) = t.Has("local")
            ? (Traffic(t, "local"), Traffic(t, "remote"))
            : (null, null);
        var suites = ChildSuites.Of(t);
        return new ChildPolicy(t.Text("name"), own, peer, suites)
        {
            Further = [.. Enumerable.Repeat(suites, t.Number("sa_payloads", 1, 1, MostSaPayloads) - 1)],
            PrivatePfsGroup = t.Has("private_pfs_group") ? t.PrivateGroup("private_pfs_group") : null,
            ReplayDetection = t.Has("replay_detection") ? t.Flag("replay_detection", true) : null,
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
