using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Cli.Configuration;

/// <summary>
/// The suites of a child: what its keys <c>esp</c>, <c>ah</c>, <c>ipcomp</c>, <c>mode</c> and the lives make.
/// </summary>
internal static class ChildSuites
{
    private static readonly string EspForm =
        $"it is cipher-hash or cipher-hash-group: {Words(EspAlgorithms.CipherNames)}; "
        + $"{Words(EspAlgorithms.AuthenticationNames)}; {Words(GroupList.All.Select(g => g.Name))}";

    private static readonly string AhForm =
        $"it is hash or hash-group: {Words(AhAlgorithms.All.Select(a => a.Name))}; "
        + $"{Words(GroupList.All.Select(g => g.Name))}";

    /// <summary>
    /// Every AH suite with every ESP suite where both are named; with IPCOMP inside first, then without, where that is
    /// wanted (RFC 3173 §4.1: a peer need not compress).
    /// </summary>
    public static ImmutableArray<ProtectionSuite> Of(TomlSection t)
    {
        if (!t.Has("ah") && !t.Has("esp"))
        {
            throw t.Bad("one of esp and ah must be there");
        }

        var life = t.Seconds("lifetime", "1h");
        var esp = !t.Has("esp") ? [] : t.Texts("esp")
            .Select(s => SuiteNames.Esp(s, life) ?? throw t.Bad($"esp: {s} is no suite; {EspForm}")).ToArray();
        var ah = !t.Has("ah") ? [] : t.Texts("ah")
            .Select(s => SuiteNames.Ah(s, life) ?? throw t.Bad($"ah: {s} is no suite; {AhForm}")).ToArray();
        if (esp.Select(s => s.PfsGroup).Concat(ah.Select(s => s.PfsGroup)).Distinct().Count() > 1)
        {
            throw t.Bad(
                "esp: all suites must have one group, or none, and ah's too (RFC 2409 §5.5: one KE payload for all)");
        }

        ImmutableArray<ProtocolSuite[]> units = (ah.Length, esp.Length) switch
        {
            (0, _) => [.. esp.Select(e => new ProtocolSuite[] { e })],
            (_, 0) => [.. ah.Select(a => new ProtocolSuite[] { a })],
            _ => [.. esp.SelectMany(e => ah.Select(a => new ProtocolSuite[] { a, e }))],
        };
        var framed = units.Select(unit => unit.Select(p => Framed(t, p)).ToArray()).ToArray();
        var plain = framed.Select(unit => new ProtectionSuite([.. unit]));
        return t.Flag("ipcomp", false) ? [.. framed.Select(Compressed), .. plain] : [.. plain];
    }

    private static ProtectionSuite Compressed(ProtocolSuite[] unit) => new(
    [
        .. unit,
        new IpcompSuite(IpcompTransform.Deflate, unit[0].PfsGroup, unit[0].Mode, unit[0].LifeSeconds)
        {
            LifeKilobytes = unit[0].LifeKilobytes,
        },
    ]);

    private static ProtocolSuite Framed(TomlSection t, ProtocolSuite suite) => suite with
    {
        Mode = (t.Has("mode") ? t.Text("mode") : "tunnel") switch
        {
            "tunnel" => EncapsulationMode.Tunnel,
            "transport" => EncapsulationMode.Transport,
            var other => throw t.Bad($"mode must be tunnel or transport, not {other}"),
        },
        ExtendedSequenceNumbers = t.Flag("esn", false),
        LifeKilobytes = t.Has("lifetime_kb") ? (ulong)t.Number("lifetime_kb", 0, 1, int.MaxValue) : null,
    };

    private static string Words(IEnumerable<string> words) => string.Join(" ", words);
}
