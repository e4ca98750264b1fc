using RefIke.Engine;
using RefIke.Exploration.Exhaustive;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;
using RefIke.Specification.Promela;
using RefIke.Specification.Symbolic;

namespace RefIke.Exploration.Killing;

/// <summary>
/// Looks for one seeded fault. Each is told what found it before, and then asks that alone; or null, and asks all. What it says is the
/// first finding, null where there is none.
/// </summary>
/// <param name="repository">With tables and models.</param>
/// <param name="rows">The tables' rows.</param>
public sealed class Judges(string repository, IReadOnlyList<Row> rows)
{
    /// <summary>Schedules of each scenario; another number than the tables of strategies have, as most faults are found in the first few.</summary>
    public const int Schedules = 25;

    /// <summary>A search that has not found a fault in so many states is given up.</summary>
    public const int States = 20_000;

    /// <summary>Of Coyote's choices.</summary>
    public const uint Seed = 2409;

    private readonly TraceAcceptance tables = new(rows);

    /// <summary>Whether the machines as the fault configures them are no longer the tables.</summary>
    public string? Rows(Mutant fault)
        => MachineRows.Differences(new Endpoint(fault.Change(Cast.Of(Scenario.All[0])[0])), rows).Count == 0 ? null : "yes";

    /// <summary>Model and property of the first verdict that comes out otherwise.</summary>
    public string? Spin(Mutant fault, string? before, CancellationToken stop)
        => fault.InTables is not { } change ? null
            : SpinRunner.Run(repository, new() { Change = change, Model = before?.Split(' ')[0] }, stop)
                .FirstOrDefault(v => !v.AsExpected) is { } verdict ? $"{verdict.Model.Split(' ')[0]} {verdict.Property}" : null;

    /// <summary>Model and property of the first search that finds what it should not.</summary>
    public string? Maude(Mutant fault, CancellationToken stop)
        => SymbolicFault.All.FirstOrDefault(f => f.Mutant == fault.Id) is not { } written ? null
            : MaudeRunner.Run(repository, stop, only: written.Asks, change: written.Seed)
                .FirstOrDefault(v => v is { Verdict: "violated", AsExpected: false }) is { } verdict
                ? $"{verdict.Search.Model} {verdict.Search.Note[..4]}" : null;

    /// <summary>
    /// Scenario and property of the first violation, by one of the shortest ways: where Coyote found it, and where a peer says what must be
    /// refused, which is too much for a few schedules.
    /// </summary>
    /// <param name="coyotes">What Coyote found.</param>
    public string? Exhaustive(Mutant fault, string? before, string coyotes, CancellationToken stop)
        => First(before, s => s.Name == coyotes.Split(' ')[0] || (s.Budget.Ways & (Attacks.WrongFrame | Attacks.WrongOffer | Attacks.WrongContent)) != 0,
            scenario => new ExhaustiveSearch(scenario, tables, fault).Run(new SearchLimits(States, Workers: 1), stop: stop).Found?.Property);

    /// <summary>Scenario and property of the first schedule that fails; it is played again, and must fail alike.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public string? Coyote(Mutant fault, string? before, CancellationToken stop) => First(before, _ => true, scenario => Sampled(fault, scenario, stop));

    /// <summary>The property that the first schedule violates which fails; null where all hold.</summary>
    public string? Sampled(Mutant fault, Scenario scenario, CancellationToken stop)
    {
        var explorer = new Explorer(tables);
        if (explorer.Explore(scenario, Schedules, Seed, fault, stop).Found is not { } found)
        {
            return null;
        }

        return explorer.Play(scenario, found.Way, fault) is { } again && (again.What, again.Ladder) == (found.What, found.Ladder) ? found.Property
            : throw new InvalidOperationException($"{fault.Id} in {scenario.Name}: the schedule that was found does not end in the same ladder again");
    }

    private static string? First(string? before, Func<Scenario, bool> asked, Func<Scenario, string?> property)
    {
        var only = before?.Split(' ')[0];
        foreach (var scenario in Scenario.All.Where(s => only is null ? asked(s) : s.Name == only))
        {
            if (property(scenario) is { } found)
            {
                return $"{scenario.Name} {found}";
            }
        }

        return null;
    }
}
