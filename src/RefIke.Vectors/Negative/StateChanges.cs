using System.Collections.Immutable;
using System.Reflection;
using RefIke.Engine;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles.ModeConfig;

namespace RefIke.Vectors.Negative;

/// <summary>What differs between two states of an endpoint, by name and in a fixed order.</summary>
internal static class StateChanges
{
    /// <summary>Every table, entry and field that is not as it was.</summary>
    public static ImmutableArray<string> Between(EndpointState before, EndpointState after) =>
    [
        .. Table("ISAKMP SA", before.Isakmp, after.Isakmp, k => $"{k:x16}"),
        .. Table("message 1", before.FirstMessages, after.FirstMessages, k =>
            $"{k.CKY_I}").Order(StringComparer.Ordinal),
        .. Table("Quick Mode", before.QuickModes, after.QuickModes, k => $"{k.M_ID:x8}"),
        .. Table("Transaction", before.Transactions, after.Transactions, k => $"{k.M_ID:x8}"),
        .. Table("New Group Mode", before.NewGroups, after.NewGroups, k => $"{k.M_ID:x8}"),
        .. Table("IPsec SA", before.Pairs, after.Pairs, k => $"{k:x8}"),
        .. Table("fragments", before.Fragments, after.Fragments, k => $"{k}"),
        .. Table("timer", before.Timers, after.Timers, k => $"{k}"),
        .. before.Gathered == after.Gathered ? (string[])[] : ["fragments: begun"],
        .. before.Begun == after.Begun ? (string[])[] : ["exchanges: begun"],
    ];

    /// <summary>Whether an exchange has come to its end or gone, or was told to have failed.</summary>
    public static bool HasEnded(EndpointState before, EndpointState after, IReadOnlyCollection<Effect> effects)
        => effects.Any(e => e is Effect.ExchangeFailed or Effect.IsakmpDeleted or Effect.PairDeleted)
            || before.Isakmp.Keys.Any(k => !after.Isakmp.ContainsKey(k));

    /// <summary>Whether every exchange awaits what it awaited, and every SA is there as it was.</summary>
    public static bool AllStand(EndpointState before, EndpointState after)
        => before.Pairs.SequenceEqual(after.Pairs) && Steps(before).SequenceEqual(Steps(after));

    private static IEnumerable<string> Steps(EndpointState state) =>
    [
        .. state.Isakmp.Select(e => $"{e.Key} {e.Value.Phase1.Step}"),
        .. state.QuickModes.Where(q => q.Value.State.Step != QuickModeStep.Failed)
            .Select(e => $"{e.Key} {e.Value.State.Step}"),
        .. state.Transactions.Where(q => q.Value.State.Step != TransactionStep.Failed)
            .Select(e => $"{e.Key} {e.Value.State.Step}"),
        .. state.NewGroups.Where(q => q.Value.State.Step != NewGroupStep.Failed)
            .Select(e => $"{e.Key} {e.Value.State.Step}"),
    ];

    private static IEnumerable<string> Table<TKey, TValue>(
        string what, IReadOnlyDictionary<TKey, TValue> before, IReadOnlyDictionary<TKey, TValue> after, Func<TKey,
        string> name)
        where TKey : notnull
    {
        if (ReferenceEquals(before, after))
        {
            return [];
        }

        return before.Keys.Where(k => !after.ContainsKey(k)).Select(k => $"{what} {name(k)}: gone")
            .Concat(after.Keys.Where(k => !before.ContainsKey(k)).Select(k => $"{what} {name(k)}: new"))
            .Concat(before.Where(e => after.TryGetValue(e.Key, out var now) && !Equals(e.Value, now))
                .Select(e => $"{what} {name(e.Key)}: {Fields(e.Value!, after[e.Key]!)}"));
    }

    /// <summary>The fields of a record that differ, in the order in which it has them.</summary>
    private static string Fields(object before, object after)
    {
        var differ = before.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && !Equals(p.GetValue(before), p.GetValue(after)))
            .Select(p => p.GetValue(before) is Phase1State one && p.GetValue(after) is Phase1State other
                && one.Step != other.Step
                ? $"{one.Step} to {other.Step}" : p.Name);
        return string.Join(", ", differ);
    }
}
