using RefIke.Cli.CommandLine;
using RefIke.Cli.Exploring;
using RefIke.Exploration.Policies;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike explore --policies</c>: what each policy of the life cycle makes of each race.</summary>
internal static class PoliciesVerb
{
    /// <summary>Searches all, and prints the tables. RefIke's own policy must hold everywhere.</summary>
    public static int Run(bool json, CancellationToken stop)
    {
        var (line, gate, done) = (new StatusLine(), new Lock(), 0);
        var outcomes = PolicyRaces.All(new TraceAcceptance(SpecificationTables.Rows), o =>
        {
            lock (gate)
            {
                line.Show($"{++done} searches, the last {o.Policy.Name} in {o.Race}");
            }
        }, stop);
        line.Show("");
        Console.Out.Write(json ? PolicyTable.Json(outcomes) : PolicyTable.Text(outcomes));
        return outcomes.All(o => o.Policy != LifePolicy.All[0] || o.Violated is null) ? ExitCodes.Held : ExitCodes.Failed;
    }
}
