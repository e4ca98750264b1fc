using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Vectors;

/// <summary>
/// What a vector asks of an implementation that wants to replay it; README.md says what each flag means.
/// </summary>
internal static class Flags
{
    private static readonly (string Name, Func<VectorFile, bool> Holds)[] All =
    [
        ("foreign", v => v.Inputs.Initiator.Random.Length == 0),
        ("privateValuesUnknown", v => v.Phase1.xi is null),
        ("natTraversal", v => v.Inputs.NatTraversal),
        ("pfs", v => v.QuickModes.Any(q => q.g_qm_xy is not null)),
        ("noIdentities", v => v.QuickModes.Any(q => q.IDci_b is null)),
        ("rekey", v => v.QuickModes.Where(q => q.HASH_3 is not null).GroupBy(q => (q.IDci_b, q.IDcr_b))
            .Any(g => g.Count() > 1)),
        ("severalQuickModes", v => v.QuickModes.Length > 1),
        ("responderStartsQuickMode", v => v.QuickModes.Any(q => q.From == Exchanges.Role.Responder)),
        ("refused", v => v.QuickModes.Any(q => q.HASH_3 is null)),
        ("delete", v => v.Messages.Any(
            m => m.Exchange == ExchangeType.Informational && m.Payloads.Split(' ').Contains("D"))),
        ("keyExpansion", v => v.Phase1.Ka.Length > v.Phase1.SKEYID_e.Length),
        ("leadingZero", v => Agreed(v).Any(o => o.Length > 0 && o.Span[0] == 0)),
        ("wholeBlockOfPadding", v => v.Messages.Any(m => m.Padding is { } p && p.Length >= v.Phase1.Iv.Length)),
        ("weak", v => Names(v).Any(n => n is "des" or "md5" or "modp768" or "modp1024")),
    ];

    public static ImmutableArray<string> Of(VectorFile vector)
        => [.. All.Where(f => f.Holds(vector)).Select(f => f.Name)];

    private static IEnumerable<Octets> Agreed(VectorFile v)
        => v.QuickModes.SelectMany(q => new[] { q.g_xi, q.g_xr, q.g_qm_xy }).Select(o => o ?? default)
            .Concat([v.Phase1.g_xi, v.Phase1.g_xr, v.Phase1.g_xy]);

    private static IEnumerable<string> Names(VectorFile v)
        => v.QuickModes.Select(q => q.Suite ?? "").Append(v.Phase1.Suite).SelectMany(s => s.Split('-'));
}
