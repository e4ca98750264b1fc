using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Vectors;

/// <summary>
/// The clauses of the ledger that a whole exchange shows: they follow from what it has, so that whoever replays it knows what he has
/// obeyed by then.
/// </summary>
internal static class ShownClauses
{
    private static readonly (Func<VectorFile, bool> Holds, string[] Clauses)[] Phase1 =
    [
        (_ => true, [
            "2408-2.4-01", "2408-2.4-02", "2408-3.1-12", "2409-3.2-01", "2409-3.2-03", "2409-4-06", "2409-4-07", "2409-5-04",
            "2409-5-15", "2409-5-16", "2409-5-17", "2409-5-18", "2409-5-19", "2409-B-03", "2409-B-06", "2409-B-07"]),
        (v => Is(v, ExchangeType.MainMode, AuthenticationMethod.PreSharedKey), ["2409-5.4-01"]),
        (v => Is(v, ExchangeType.Aggressive, AuthenticationMethod.PreSharedKey), ["2409-5.4-04"]),
        (v => Signed(v) && v.Inputs.Mode == ExchangeType.MainMode, ["2409-5.1-01"]),
        (v => Signed(v) && v.Inputs.Mode == ExchangeType.Aggressive, ["2409-5.1-02"]),
        (v => v.Inputs.Method == AuthenticationMethod.RsaSignatures, ["2409-5.1-03"]),
        (v => v.Inputs.Method == AuthenticationMethod.DssSignatures, ["2409-5.1-04"]),
        (v => Has(v, "CERT") && v.Inputs.Method != AuthenticationMethod.RevisedRsaEncryption, ["2409-5.1-05", "2408-3.9-02"]),
        (v => Has(v, "CR"), ["2408-3.10-04", "2409-5-08", "4945-3.2.6-01"]),
        (v => v.Inputs.Mode == ExchangeType.MainMode && Signed(v) && Has(v, "CR") && Only(v, "CR", 4, 5), ["4945-3.2.5-01"]),
        (v => v.Inputs.Mode == ExchangeType.MainMode && Signed(v) && Has(v, "CERT") && Only(v, "CERT", 5, 6), ["4945-3.3.5-01"]),
        (v => v.Inputs.Method is AuthenticationMethod.DssSignatures or AuthenticationMethod.EcdsaP384, ["2409-5.1-07"]),
        (v => v.Inputs.Method == AuthenticationMethod.RsaEncryption, ["2409-5.2-01", "2409-5.2-02", "2409-5.2-07"]),
        (v => Is(v, ExchangeType.Aggressive, AuthenticationMethod.RsaEncryption), ["2409-5.2-04"]),
        (v => v.Phase1.HASH_1 is not null, ["2409-5.2-03"]),
        (v => v.Inputs.Method == AuthenticationMethod.RevisedRsaEncryption, ["2409-5.3-01", "2409-5.3-03", "2409-5.3-05", "2409-5.3-06", "2409-5.3-08"]),
        (v => Is(v, ExchangeType.Aggressive, AuthenticationMethod.RevisedRsaEncryption), ["2409-5.3-02"]),
        (v => Is(v, ExchangeType.MainMode, AuthenticationMethod.RsaEncryption), ["2409-5.2-06"]),
        (v => v.Inputs.Method == AuthenticationMethod.RevisedRsaEncryption && Has(v, "CERT"), ["2409-5.3-09"]),
        (v => Signed(v), ["2409-5.1-08"]),
        (v => v.Inputs.ClearThirdMessage == true, ["2409-5-07"]),
        (v => v.Phase1.Ka.Length > v.Phase1.SKEYID_e.Length, ["2409-B-02"]),
        (v => v.Messages.Any(m => m.Padding is { Length: > 0 } p && !p.Span.ContainsAnyExcept((byte)0)), ["2409-B-04", "2409-B-05"]),
        (v => v.Flags.Contains("leadingZero"), ["2409-5-05"]),
        (v => Suite(v, "des"), ["2409-4-10"]),
        (v => Suite(v, "md5") || Suite(v, "sha1"), ["2409-4-11"]),
        (v => Suite(v, "modp768"), ["2409-4-13", "2409-6.1-01"]),
        (v => Suite(v, "modp1024"), ["2409-6.2-01"]),
        (v => Suite(v, "ec2n155"), ["2409-6.3-01"]),
        (v => Suite(v, "ec2n185"), ["2409-6.4-01"]),
        (v => Suite(v, "idea") || Suite(v, "cast128") || Suite(v, "blowfish128") || Suite(v, "ec2n155"), ["2409-4-17"]),
        (v => Suite(v, "3des") || Suite(v, "tiger") || Suite(v, "modp1024"), ["2409-4-14"]),
        (v => v.Phase1.Suite.StartsWith("rc5", StringComparison.Ordinal), ["2409-B-11"]),
        (v => v.Phase1.Suite == "3des-sha1-modp1024" && v.Inputs.Method == AuthenticationMethod.PreSharedKey, ["4109-3-01"]),
    ];

    private static readonly (Func<VectorFile, bool> Holds, string[] Clauses)[] Phase2 =
    [
        (v => v.QuickModes.Any(q => q.HASH_3 is not null), [
            "2409-5.5-01", "2409-5.5-02", "2409-5.5-03", "2409-5.5-11", "2409-5.5-12", "2409-5.5-13", "2409-5.5-14", "2409-5.5-15",
            "2409-5.5-17", "2409-5.5-20", "2409-5.5-21"]),
        (v => v.QuickModes.Any(q => q.Protocols.Any(p => p.KEYMAT_i is { } k && k.Length > v.Phase1.SKEYID_d.Length)), ["2409-5.5-16"]),
        (v => v.QuickModes.Any(q => q.g_qm_xy is not null), ["2409-5.5-05", "2409-5.5-09"]),
        (v => v.QuickModes.Any(q => q.IDci_b is null), ["2409-5.5-06"]),
        (v => v.QuickModes.Any(q => q.IDci_b is not null), ["2409-5.5-07"]),
        (v => v.QuickModes.Length > 1, ["2409-5.5-04"]),
        (v => v.QuickModes.Any(q => q.Sas.Length > 1), ["2409-5.5-10", "2409-5.5-19"]),
        (v => v.QuickModes.Any(q => q.Sas.Any(s => s.Length > 1)), ["2408-4.2-01"]),
        (v => v.QuickModes.Any(q => q.From == Role.Responder), ["2409-4-04", "2409-4-05"]),
        (v => v.QuickModes.Any(q => q.HASH_3 is null), ["2408-5.4-03", "2409-5-20"]),
        (v => v.QuickModes.Any(q => q.HASH_4 is not null), ["2408-3.1-06", "2408-3.1-07"]),
        (v => v.Inputs.Initiator.Children.Concat(v.Inputs.Responder.Children).Any(c => c.IdentityPfs == true), ["2409-10-02"]),
        (v => Has(v, NotifyType.ResponderLifetime), ["2407-4.5.4-02", "2407-4.6.3.1-01"]),
        (v => Has(v, NotifyType.ReplayStatus), ["2407-4.6.3.2-01"]),
        (v => Has(v, NotifyType.InitialContact), ["2407-4.6.3.3-01"]),
        (v => v.NewGroups is not null, ["2409-5.6-01", "2409-5.6-02", "2409-5.6-03"]),
        (v => v.Informational.Length > 0, ["2408-4.8-01", "2409-5.7-01", "2409-5.7-02", "2409-B-08"]),
        (v => v.Messages.Any(m => m.Exchange == ExchangeType.Informational && Names(m).Contains("D")), ["2408-3.15-02"]),
    ];

    private static readonly (Func<VectorFile, bool> Holds, string[] Clauses)[] Profiles =
    [
        (v => v.Inputs.Xauth is not null, ["xauth-4-01", "xauth-6-01", "xauth-6.1-01", "xauth-6.1-02", "xauth-6.2-01", "xauth-7.2-01"]),
        (v => v.Inputs.Xauth?.Type == XauthType.RadiusChap, ["xauth-6.3-01"]),
        (v => v.Inputs.Xauth is { Hybrid: true }, ["hybrid-4-01", "hybrid-4.2-01", "hybrid-5-01"]),
        (v => v.Transactions is not null, ["modecfg-3.1.1-01", "modecfg-3.1.1-02", "modecfg-3.1.1-03"]),
        (v => v.Inputs.ModeConfig is { Pushed: false }, ["modecfg-2-01", "modecfg-5.1-01", "modecfg-5.1-02"]),
        (v => v.Inputs.ModeConfig is { Pushed: true }, ["modecfg-2-02"]),
        (v => Has(v, "NAT-D"), ["3947-3.1-01", "3947-3.2-01", "3947-3.2-03"]),
        (v => v.Inputs.Nat is not null, ["3947-3-01", "3947-4-01", "3947-4-03", "3947-5.1-01"]),
        (v => Has(v, "NAT-OA"), ["3947-5.2-01", "3947-5.2-03"]),
        (v => v.Inputs.FragmentSize is not null, ["msikee-2.2-01", "msikee-2.2-02", "msikee-2.2-03"]),
        (v => Has(v, NotifyType.RUThere) && Has(v, NotifyType.RUThereAck), ["3706-5.2-01", "3706-5.3-01", "3706-6.1-01", "3706-6.2-01"]),
    ];

    /// <summary>Every clause that some vector may show.</summary>
    public static IEnumerable<string> All => Phase1.Concat(Phase2).Concat(Profiles).SelectMany(s => s.Clauses).Distinct();

    public static ImmutableArray<string> Of(VectorFile vector)
        => [.. Phase1.Concat(Phase2).Concat(Profiles).Where(s => s.Holds(vector)).SelectMany(s => s.Clauses).Distinct()
            .Order(StringComparer.Ordinal)];

    private static bool Is(VectorFile v, ExchangeType mode, AuthenticationMethod method)
        => v.Inputs.Mode == mode && v.Inputs.Method == method;

    private static bool Signed(VectorFile v) => v.Phase1 is { SIG_I: not null, SIG_R: not null };

    private static bool Suite(VectorFile v, string name) => v.Phase1.Suite.Split('-').Contains(name);

    private static bool Has(VectorFile v, string payload) => v.Messages.Any(m => Names(m).Contains(payload));

    /// <summary>Whether a payload stands in these messages of phase 1 alone.</summary>
    private static bool Only(VectorFile v, string payload, params int[] messages)
        => v.Phase1Messages.Select((m, n) => (m, Number: n + 1)).All(x => !Names(x.m).Contains(payload) || messages.Contains(x.Number));

    private static string[] Names(Datagram m) => m.Payloads.Split(' ');

    /// <summary>Whether an encrypted message has this notify: DOI, protocol, the SPI's size, and then the type (RFC 2408 §3.14).</summary>
    private static bool Has(VectorFile v, NotifyType type)
        => v.Messages.Any(m => m is { IsWhole: true, Clear: { } clear } && Bodies(m, clear.Span).Any(
            n => n.Name == "N" && BinaryPrimitives.ReadUInt16BigEndian(clear.Span[(n.At + 6)..]) == (ushort)type));

    /// <summary>Where the bodies of a clear chain begin.</summary>
    private static List<(string Name, int At)> Bodies(Datagram m, ReadOnlySpan<byte> clear)
    {
        var (bodies, at) = (new List<(string, int)>(), 0);
        foreach (var name in Names(m))
        {
            bodies.Add((name, at + 4));
            at += BinaryPrimitives.ReadUInt16BigEndian(clear[(at + 2)..]);
        }

        return bodies;
    }
}
