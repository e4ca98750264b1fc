using System.Collections.Immutable;
using RefIke.Cli.Configuration;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;

namespace RefIke.Cli.Matrix;

/// <summary>One thing in which handshakes differ, and its values by the names that options and configurations have.</summary>
internal sealed record Axis(string Name, ImmutableArray<string> Values);

/// <summary>
/// All that a handshake between two built-in endpoints can differ in. The first four are run in every combination; the
/// rest so that every two values of any two axes meet.
/// </summary>
internal static class Axes
{
    /// <summary>How many axes, from the first, are a full product.</summary>
    public const int Full = 4;

    public static ImmutableArray<Axis> All { get; } =
    [
        new("auth", [.. AuthenticationNames.Names]),
        new("mode", ["main", "aggressive"]),
        new("nat", ["off", "none", "initiator", "responder"]),
        new("identity", [.. MatrixIdentities.Names]),
        new("pfs", ["no", "yes"]),
        new("fragments", ["no", "yes"]),
        new("cipher", [.. SuiteNames.CipherNames]),
        new("hash", [.. SuiteNames.HashNames]),
        new("group", [.. GroupList.All.Select(g => g.Name)]),
    ];
}

/// <summary>A value of each axis.</summary>
/// <param name="Run">Its number in the matrix, from 1.</param>
internal sealed record Combination(int Run, ImmutableArray<string> Values)
{
    public string Auth => this["auth"];

    public bool IsMain => this["mode"] == "main";

    public bool HasPfs => this["pfs"] == "yes";

    public bool HasFragments => this["fragments"] == "yes";

    public string this[string axis] => Values[Axes.All.IndexOf(Axes.All.First(a => a.Name == axis))];

    /// <summary>Every value with its axis.</summary>
    public override string ToString() => string.Join(", ", Axes.All.Zip(Values, (a, v) => $"{a.Name} {v}"));

    /// <summary>The combinations that a seed gives.</summary>
    public static ImmutableArray<Combination> Choose(ulong seed, int copies)
        => [.. new PairwiseSelection([.. Axes.All.Select(a => a.Values.Length)], Axes.Full, copies, seed).Rows
            .Select((row, n) => new Combination(n + 1, [.. row.Select((value, a) => Axes.All[a].Values[value])]))];
}
