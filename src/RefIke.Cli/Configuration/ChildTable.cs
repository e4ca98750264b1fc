using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;

namespace RefIke.Cli.Configuration;

/// <summary><c>[[connection.child]]</c>: traffic to protect and how.</summary>
internal static class ChildTable
{
    public static readonly ImmutableArray<string> Keys = ["name", "local", "remote", "esp", "lifetime"];

    private static readonly string EspForm =
        $"it is cipher-hash or cipher-hash-group: {string.Join(' ', EspAlgorithms.CipherNames)}; "
        + $"{string.Join(' ', EspAlgorithms.AuthenticationNames)}; {string.Join(' ', GroupList.All.Select(g => g.Name))}";

    public static ChildPolicy Read(TomlSection t)
    {
        var life = t.Seconds("lifetime", "1h");
        var suites = t.Texts("esp")
            .Select(s => SuiteNames.Esp(s, life) ?? throw t.Bad($"esp: {s} is no suite; {EspForm}"))
            .ToImmutableArray();
        if (suites.Select(s => s.PfsGroup).Distinct().Count() > 1)
        {
            throw t.Bad("esp: all suites must have one group, or none (RFC 2409 §5.5: one KE payload for all)");
        }

        if (t.Has("local") != t.Has("remote"))
        {
            throw t.Bad("local and remote go together (RFC 2409 §5.5: IDci and IDcr)");
        }

        return t.Has("local")
            ? new ChildPolicy(t.Text("name"), IdentityText.Traffic(t, "local"), IdentityText.Traffic(t, "remote"), suites)
            : new ChildPolicy(t.Text("name"), null, null, suites);
    }
}
