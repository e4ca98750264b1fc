using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>A scene as a file has it.</summary>
internal static class Settings
{
    public static Setting Of(Scene scene)
    {
        var subject = scene.Subject;
        return new Setting(
            scene.Exchange, scene.Role, scene.Awaits, subject.Configuration, Inputs(subject.Setup),
            [.. subject.Randomness.Draws], [.. subject.Past], Keys(subject.State));
    }

    /// <summary>What an endpoint is told, for who has no RefIke.</summary>
    public static SettingInputs Inputs(EndpointSetup setup)
    {
        var c = setup.Connections[0];
        var keys = c.PublicKeys;
        var credential = keys?.Credentials is [var first, ..] ? first : null;
        return new SettingInputs(
            $"{setup.Local}", $"{c.Remote}", $"{c.Mode}", $"{c.Method}", c.PreSharedKey is { } psk
                ? psk.Reveal().ToArray() : (Octets?)null,
            c.OwnIdentity.Body, c.PeerIdentity.Body, [.. c.Suites.Select(s => s.Name)],
            [.. c.Children.Select(k => new ChildInputs(k.Name, k.Own?.Body, k.Peer?.Body,
                [.. k.Suites.Select(s => s.Name)]))],
            (credential?.PrivateKey ?? keys?.RawKey) is { } own ? own.Reveal().Reveal().ToArray() : (Octets?)null,
            keys?.PeerKey?.SubjectPublicKeyInfo is { } peer ? peer : (Octets?)null,
            [.. (credential?.Chain ?? []).Select(k => (Octets)k.Der)],
            [.. (keys?.Trust.Anchors ?? []).Select(k => (Octets)k.Der)],
            [.. Profiles(c)], setup.UnixSecondsAtZero);
    }

    private static IEnumerable<string> Profiles(Connection c)
    {
        (bool Spoken, string Name)[] all =
        [
            (c.NatTraversal, "RFC 3947"),
            (c.DeadPeer is not null, "RFC 3706"),
            (c.Fragmentation is not null, "fragments"),
            (c.NewGroups is not null, "new groups taken"),
            (c.Xauth is not null, "XAUTH"),
            (c.ModeConfig is not null, "Mode Config"),
        ];
        return all.Where(p => p.Spoken).Select(p => p.Name);
    }

    private static SettingKeys? Keys(EndpointState state)
    {
        var p = state.Isakmp.Values.LastOrDefault(e => e.Phase1 is { Keys: not null, Suite: not null })?.Phase1;
        return p is null ? null : new SettingKeys(
            p.CKY_I.ToArray(), p.CKY_R.ToArray(), p.Suite!.Name, p.Keys!.SKEYID.Reveal().ToArray(),
            p.Keys.SKEYID_d.Reveal().ToArray(),
            p.Keys.SKEYID_a.Reveal().ToArray(), p.Keys.SKEYID_e.Reveal().ToArray(), p.Keys.Ka.Reveal().ToArray(), p.Iv);
    }
}
