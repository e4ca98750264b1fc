using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;

namespace RefIke.Cli.Hosting;

/// <summary>
/// What an initiator is asked to do with each child: bring it up, then perhaps rekey it, then perhaps delete it. It
/// hears of every effect, gives orders and knows whether all was done.
/// </summary>
/// <param name="once">Whether the process is to end when all is done.</param>
internal sealed class InitiatorPlan(
    Connection connection, ImmutableArray<string> children, TimeSpan? rekeyAfter, TimeSpan? deleteAfter, bool once)
{
    private readonly Dictionary<string, Progress> progress = children.ToDictionary(c => c, _ => new Progress());
    private bool ended;

    /// <summary>True where all was done, false where something failed, null where it is still to be seen.</summary>
    public bool? Held => progress.Values.Any(p => p.Failed) ? false : progress.Values.All(Done) ? true : null;

    /// <summary>
    /// Whether nothing is left to do: all of it done where the process is to end then, or all of it failed.
    /// </summary>
    public bool IsOver => progress.Values.All(p => p.Failed || (once && Done(p)));

    /// <summary>The first orders.</summary>
    public IEnumerable<Input> Begin() => children.Select(c => new Input.Connect(connection.Name, c));

    /// <summary>From now on nothing counts any more: the peer is leaving.</summary>
    public void End() => ended = true;

    /// <summary>What an effect means for the plan, and the orders that follow from it, each with its delay.</summary>
    public IReadOnlyList<(TimeSpan After, Func<EndpointState, Input?> Order)> Take(EndpointState state, Effect effect)
    {
        if (ended)
        {
            return [];
        }

        switch (effect)
        {
            case Effect.PairEstablished e when Of(e.Pair) is { } child:
                if (child.Up)
                {
                    child.Rekeyed = true;
                    return [];
                }

                child.Up = true;
                return [.. Orders(e.Pair.Child)];
            case Effect.PairDeleted e when Of(e.Pair) is { } child
                && state.Sending(connection.Name, e.Pair.Child) is null:
                child.Gone = true;
                child.Failed |= !Done(child);
                return [];
            case Effect.ExchangeFailed e:
                Fail(state, e);
                return [];
            default:
                return [];
        }
    }

    private IEnumerable<(TimeSpan, Func<EndpointState, Input?>)> Orders(string child)
    {
        if (rekeyAfter is { } rekey)
        {
            yield return (
                rekey, s => s.Sending(connection.Name, child) is { Spi: var spi } ? new Input.Rekey(spi) : null);
        }

        if (deleteAfter is { } delete)
        {
            yield return (
                delete, s => s.Sending(connection.Name, child) is { Spi: var spi } ? new Input.DeletePair(spi) : null);
        }
    }

    private bool Done(Progress child)
        => child.Up && (rekeyAfter is null || child.Rekeyed) && (deleteAfter is null || child.Gone);

    private Progress? Of(IpsecPair pair)
        => pair.Connection == connection.Name ? progress.GetValueOrDefault(pair.Child) : null;

    /// <summary>A phase 1 that fails takes every child that waits for it; a Quick Mode of ours only its own.</summary>
    private void Fail(EndpointState state, Effect.ExchangeFailed failed)
    {
        var quickMode = state.QuickModes.Values.FirstOrDefault(q => q.State.Name == failed.Exchange)?.State;
        foreach (var (name, child) in progress.Where(p => !Done(p.Value)))
        {
            var awaited = !child.Up || (rekeyAfter is not null && !child.Rekeyed);
            child.Failed |= quickMode is null
                ? !child.Up
                : awaited && quickMode.Role == Role.Initiator && quickMode.Terms[0].Name == name;
        }
    }

    private sealed class Progress
    {
        public bool Up { get; set; }

        public bool Rekeyed { get; set; }

        public bool Gone { get; set; }

        public bool Failed { get; set; }
    }
}
