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
            ? (IdentityText.Traffic(t, "local"), IdentityText.Traffic(t, "remote"))
            : (null, null);
        return new ChildPolicy(t.Text("name"), own, peer, ChildSuites.Of(t))
        {
            CommitBit = t.Flag("commit_bit", false),
            IdentityPfs = t.Flag("identity_pfs", false),
        };
    }
}
