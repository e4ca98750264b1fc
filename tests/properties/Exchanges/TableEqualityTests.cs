using RefIke.Exchanges.Isakmp;
using RefIke.Exchanges.Machines;
using RefIke.Exploration.Killing;
using RefIke.Properties.Engine;
using RefIke.Properties.Exchanges.Isakmp;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Exchanges;

/// <summary>The tables of the specification and the Stateless machines are the same set of transitions, both ways.</summary>
public sealed class TableEqualityTests
{
    private static readonly IReadOnlyList<Drop> Drops = RowFile.ReadAllDrops(Pair.Repository);

    /// <summary>RFC 2408's own exchanges, which no endpoint speaks.</summary>
    internal static IsakmpExchange Isakmp { get; } = new(IsakmpPair.A, Wiring.AsWritten);

    [Fact]
    public void RowsOfTheSpecificationAreTheRowsOfTheMachines() => Assert.Empty(Differences(new Pair().A.Endpoint));

    /// <summary>Rows that only the specification has, or only the machines.</summary>
    internal static IReadOnlyCollection<Transition> Differences(RefIke.Engine.Endpoint endpoint)
        => Differences(endpoint, RowFile.ReadAll(Pair.Repository));

    /// <summary>The same with other rows than the repository has.</summary>
    internal static IReadOnlyCollection<Transition> Differences(RefIke.Engine.Endpoint endpoint, IEnumerable<Row> rows)
    {
        var spec = rows.Select(MachineRows.Of).ToHashSet();
        IEnumerable<Transition> code = [.. MachineRows.Of(endpoint), .. Isakmp.All.SelectMany(e => e.Initiator.Transitions.Concat(e.Responder.Transitions))];
        spec.SymmetricExceptWith(code);
        return spec;
    }

    /// <summary>Stateless permits what the rows say and nothing else; what the specification says is dropped, the machine drops.</summary>
    [Fact]
    public void StatelessWasConfiguredWithTheSameTransitions()
    {
        var endpoint = new Pair().A.Endpoint;
        foreach (var exchange in endpoint.Phase1.All)
        {
            Same(exchange.Method.Initiator);
            Same(exchange.Method.Responder);
        }

        foreach (var exchange in Isakmp.All)
        {
            Same(exchange.Initiator);
            Same(exchange.Responder);
        }

        Same(endpoint.QuickMode.Initiator);
        Same(endpoint.QuickMode.Responder);
        Same(endpoint.NewGroupMode.Initiator);
        Same(endpoint.NewGroupMode.Responder);
        Same(endpoint.Informational.Sender);
        Same(endpoint.Informational.Receiver);
        Same(endpoint.Transaction.Initiator);
        Same(endpoint.Transaction.Responder);
    }

    private static void Same<TState, TEvent, TTurn>(Table<TState, TEvent, TTurn> table)
        where TState : struct, Enum
        where TEvent : struct, Enum
        where TTurn : class
    {
        Assert.All(Drops.Where(d => (d.Exchange, d.Role) == (table.Exchange, table.Role)), drop => Assert.All(drop.Events, e =>
        {
            var state = Enum.Parse<TState>(drop.State);
            Assert.Equal((state, null), table.Step(state, Enum.Parse<TEvent>(e), null!));       // no guard is asked, nothing moves
        }));
        var info = table.Machine.GetInfo();
        var stateless = info.States.SelectMany(s => s.FixedTransitions.Select(t => (
            $"{s.UnderlyingState}", $"{t.Trigger.UnderlyingTrigger}", t.GuardConditionsMethodDescriptions.Single().Description,
            $"{t.DestinationState.UnderlyingState}"))).ToHashSet();
        var rows = table.Transitions.Select(t => (t.State, t.Event, t.Guard, t.Next)).ToHashSet();
        Assert.Empty(rows.Except(stateless));
        Assert.Empty(stateless.Except(rows));
    }
}
