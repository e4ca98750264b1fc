using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling;

/// <summary>
/// Which turn a random run takes: first whether harm is done, so that a budget is spent over the whole of a run and not at its beginning; then of
/// which kind; then which one of that kind.
/// </summary>
internal sealed class RandomTurns(IChoices choices, Budget budget)
{
    /// <summary>The number of the turn.</summary>
    public int Choose(JointState? state, IReadOnlyList<Turn> turns)
    {
        if (turns.Count == 1)
        {
            return 0;
        }

        var harm = Enumerable.Range(0, turns.Count).Where(n => turns[n].Name.IsHarm).ToArray();
        if (harm.Length > 0 && (harm.Length == turns.Count || choices.Choose(budget.HarmOneIn) == 0))
        {
            var kinds = harm.Select(n => turns[n].Name.Kind).Distinct().ToArray();
            var kind = kinds[choices.Choose(kinds.Length)];
            return One([.. harm.Where(n => turns[n].Name.Kind == kind)]);
        }

        return One([.. Enumerable.Range(0, turns.Count).Where(n => !turns[n].Name.IsHarm)]);
    }

    private int One(int[] of) => of[choices.Choose(of.Length)];
}
