using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Exhaustive;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>
/// Each property that judges what is spoken besides RFC 2409 §5 can fail: a fault put round A's steps, or into the policy of both ends,
/// is found by it in a scenario that otherwise holds.
/// </summary>
public sealed class ProfileMonitorTests
{
    private static readonly TraceAcceptance Tables = new(RowFile.ReadAll(Pair.Repository));

    public static TheoryData<string, string, string> Faults => new()
    {
        { "S-16", "rekey", "no timer ends a pair" },
        { "S-20", "delete-before-hash-3", "the old pair goes at once" },
        { "S-22", "new-group-without-parent", "exchanges outlive their ISAKMP SA" },
        { "S-23", "identity-pfs", "no PFS of identities" },
        { "S-24", "copies-from-elsewhere-without-nat", "whoever speaks is followed" },
        { "S-25", "dead-peer", "one question kills" },
        { "S-26", "fragments-lost", "a last part before others" },
        { "S-27", "xauth", "the gate shuts behind a Quick Mode" },
        { "S-30", "rekey", "the private value stays" },
        { "S-33", "new-group-first", "groups are forgotten" },
        { "S-36", "rekey", "a pair comes untold" },
        { "L-09", "dead-peer", "nobody asks" },
        { "L-13", "nat-rebinding-while-idle", "nobody asks" },
        { "L-16", "fragments-altered", "parts are kept for ever" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void FaultIsFoundByItsProperty(string property, string scenario, string fault)
    {
        var found = Search(Named(scenario), Of(fault)).Found;
        Assert.Equal(property, found?.Property);
    }

    /// <summary>L-10 and L-05 hold within their assumption alone: one more loss, or a margin that is too short, and they do not.</summary>
    [Theory]
    [InlineData("L-10", "questions-lost")]
    [InlineData("L-05", "rekey-margin")]
    public void AssumptionIsNeeded(string property, string scenario)
    {
        var named = Named(scenario);
        var worse = property == "L-10" ? named with { Budget = named.Budget with { Losses = Cast.Questions, Copies = 0 } } : named with { Life = 20 };
        Assert.Equal(property, Search(worse, null).Found?.Property);
    }

    /// <summary>S-28: a pair that comes up while CONNECTED is awaited comes by a message or by the end of the wait, not by an order.</summary>
    [Fact]
    public void PairBeforeConnectedIsFound()
    {
        var pair = new Pair(changeB: s => Connections(s, c => c with { Children = [.. c.Children.Select(k => k with { CommitBit = true })] }));
        pair.Connect(pair.A);
        while (!pair.A.State.QuickModes.Values.Any(q => q.State.Step == QuickModeStep.AwaitConnected))
        {
            pair.DeliverNext();
        }

        var waiting = pair.A.State;
        pair.Settle();
        ImmutableArray<Effect> up = [pair.A.Told.OfType<Effect.PairEstablished>().Single()];
        Fault? Judged(Input input) => OfProfiles.Judge(new Taken(pair.Now, waiting, input, pair.A.State, up, false));
        Assert.Equal("S-28", Judged(new Input.Connect("t", "c"))?.Property);
        Assert.Null(Judged(new Input.TimerFired(new TimerId(TimerKind.Resend, default, 0))));
    }

    private static Mutant Of(string fault) => new("M-0", fault, "")
    {
        AtBothEnds = true,
        Change = setup => fault switch
        {
            "the old pair goes at once" => setup with { Timing = setup.Timing with { DeleteOldAfter = 0 } },
            "no PFS of identities" => Connections(setup, c => c with { Children = [.. c.Children.Select(k => k with { IdentityPfs = false })] }),
            "one question kills" => Connections(setup, c => c with { DeadPeer = c.DeadPeer! with { Tries = 1 } }),
            "nobody asks" => Connections(setup, c => c with { DeadPeer = c.DeadPeer! with { Interval = null } }),
            "parts are kept for ever" => setup with { Timing = setup.Timing with { Fragments = 1_000_000_000 } },
            _ => setup,
        },
        Around = step => (state, now, input) =>
        {
            var (after, effects) = step(state, now, input);
            return fault switch
            {
                "no timer ends a pair" => (after with { Timers = after.Timers.RemoveRange(after.Timers.Keys.Where(t => t.Kind == TimerKind.PairExpires)) }, effects),
                "exchanges outlive their ISAKMP SA" => (after with { NewGroups = after.NewGroups.SetItems(state.NewGroups) }, effects),
                "whoever speaks is followed" when input is Input.DatagramArrived d => (Entries(after, e => e with { Remote = d.Remote }), effects),
                "a last part before others" => (after with { Fragments = after.Fragments.SetItems(after.Fragments.Select(f => KeyValuePair.Create(f.Key, f.Value with { Last = 0 }))) }, effects),
                "the gate shuts behind a Quick Mode" when !after.QuickModes.IsEmpty
                    => (Entries(after, e => e with { Access = e.Access! with { Step = AccessStep.Xauth } }), effects),
                "the private value stays" => (Entries(after, e => e with { Phase1 = e.Phase1 with { X = state.Isakmp.GetValueOrDefault(e.Own.Value)?.Phase1.X ?? e.Phase1.X } }), effects),
                "groups are forgotten" when !after.QuickModes.IsEmpty => (Entries(after, e => e with { Phase1 = e.Phase1 with { PrivateGroups = e.Phase1.PrivateGroups.Clear() } }), effects),
                "a pair comes untold" => (after, effects.RemoveAll(e => e is Effect.PairEstablished)),
                _ => (after, effects),
            };
        },
    };

    private static EndpointState Entries(EndpointState state, Func<IsakmpEntry, IsakmpEntry> change)
        => state with { Isakmp = state.Isakmp.SetItems(state.Isakmp.Select(e => KeyValuePair.Create(e.Key, change(e.Value)))) };

    private static EndpointSetup Connections(EndpointSetup setup, Func<Connection, Connection> change)
        => setup with { Connections = [.. setup.Connections.Select(change)] };

    private static Scenario Named(string name) => Scenario.All.Single(s => s.Name == name);

    private static ExhaustiveResult Search(Scenario scenario, Mutant? mutant)
        => new ExhaustiveSearch(scenario, Tables, mutant).Run(new SearchLimits(), stop: TestContext.Current.CancellationToken);
}
