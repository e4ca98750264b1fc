using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Vectors;

/// <summary>
/// What a vector asks of an implementation that wants to replay it; README.md says what each flag means.
/// </summary>
internal static class Flags
{
    private static readonly string[] Weak =
    [
        "des", "desiv32", "desiv64", "desmac", "md5", "modp768", "modp1024", "ec2n155", "ec2n185", "rc5_40", "cast40",
        "blowfish40",
    ];

    private static readonly (string Name, Func<VectorFile, bool> Holds)[] All =
    [
        ("foreign", v => v.IsForeign),
        ("privateValuesUnknown", v => v.Phase1.xi is null),
        ("aggressive", v => v.Inputs.Mode == ExchangeType.Aggressive),
        ("clearThirdMessage", v => v.Inputs.ClearThirdMessage == true),
        ("signatures", v => v.Phase1.SIG_I is not null || v.Phase1.SIG_R is not null),
        ("certificates", v => v.Inputs.UnixSeconds is not null),
        ("publicKeyEncryption", v => v.Inputs.Method == AuthenticationMethod.RsaEncryption),
        ("revisedPublicKeyEncryption", v => v.Inputs.Method == AuthenticationMethod.RevisedRsaEncryption),
        ("xauth", v => v.Inputs.Xauth is not null),
        ("hybrid", v => v.Inputs.Xauth is { Hybrid: true }),
        ("modeConfig", v => v.Inputs.ModeConfig is not null),
        ("natTraversal", v => v.Inputs.NatTraversal),
        ("nat", v => v.Inputs.Nat is not null),
        ("fragmentation", v => v.Inputs.FragmentSize is not null),
        ("deadPeerDetection", v => v.Inputs.DeadPeerDetection == true),
        ("newGroup", v => v.NewGroups is not null),
        ("pfs", v => v.QuickModes.Any(q => q.g_qm_xy is not null)),
        ("ah", v => Has(v, Protocol.Ah)),
        ("ipcomp", v => Has(v, Protocol.Ipcomp)),
        ("bundle", v => v.QuickModes.Any(q => q.Sas.Any(s => s.Length > 1))),
        ("severalSas", v => v.QuickModes.Any(q => q.Sas.Length > 1)),
        ("transport", v => v.QuickModes.Any(q => q.Protocols.Any(p => p.Mode is EncapsulationMode.Transport
            or EncapsulationMode.UdpEncapsulatedTransport))),
        ("commitBit", v => v.QuickModes.Any(q => q.HASH_4 is not null)),
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
        ("weak", v => Names(v).Any(Weak.Contains)),
    ];

    /// <summary>Every flag.</summary>
    public static IEnumerable<string> Names() => All.Select(f => f.Name);

    public static ImmutableArray<string> Of(VectorFile vector)
        => [.. All.Where(f => f.Holds(vector)).Select(f => f.Name)];

    private static IEnumerable<Octets> Agreed(VectorFile v)
        => v.QuickModes.SelectMany(q => new[] { q.g_xi, q.g_xr, q.g_qm_xy }).Select(o => o ?? default)
            .Concat([v.Phase1.g_xi, v.Phase1.g_xr, v.Phase1.g_xy]);

    private static IEnumerable<string> Names(VectorFile v)
        => v.QuickModes.SelectMany(q => q.Protocols).Select(p => p.Suite ?? "").Append(v.Phase1.Suite)
            .SelectMany(s => s.Split('-'));

    private static bool Has(VectorFile v, Protocol protocol)
        => v.QuickModes.Any(q => q.Protocols.Any(p => p.Protocol == protocol));
}
