using RefIke.Cli.CommandLine;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Cli.Exploring;

/// <summary>The same as the documents that <c>docs/command-line.md</c> describes.</summary>
internal static class ExplorationJson
{
    public static string Write(IReadOnlyList<Result> results, SamplingPlan plan, RowCoverage coverage, string? replay, bool stopped)
        => JsonText.Document(new
        {
            Document = "refike explore",
            Version = 1,
            Schedules = results.Sum(r => (long)r.Schedules),
            Shape = plan.Shape == Shape.Actors ? "actors" : "seam",
            Strategies = plan.Strategies.Select(s => s.Name),
            plan.Seed,
            plan.Part,
            plan.Of,
            Mutant = plan.Variation?.Label,
            Stopped = stopped,
            Held = results.All(r => r.Found is null),
            Scenarios = results.Select(r => new
            {
                Name = r.Scenario,
                r.Properties,
                r.Schedules,
                r.Different,
                DifferentIsEstimate = r.IsEstimate,
                r.Decisions,
                Violated = Violation(r.Found),
            }),
            Coverage = CoverageText.Json(coverage),
            Replay = replay,
        }) + "\n";

    public static string Write(ReplayFile file, Violation? found) => Replayed(file.Scenario, file.Mutant, found);

    public static string Write(ActorTraceFile file, Violation? found) => Replayed(file.Scenario, file.Mutant, found);

    private static string Replayed(string scenario, string? mutant, Violation? found) => JsonText.Document(new
    {
        Document = "refike explore replay",
        Version = 1,
        Scenario = scenario,
        Mutant = mutant,
        Held = found is null,
        Violated = Violation(found),
    }) + "\n";

    public static string List() => JsonText.Document(new
    {
        Document = "refike explore list",
        Version = 1,
        Scenarios = Scenario.All.Select(s => new { s.Name, s.Words, s.Race, s.Properties }),
        Mutants = Mutant.All.Select(m => new { m.Id, m.Words, m.Clause }),
    }) + "\n";

    private static object? Violation(Violation? found) => found is null ? null : new
    {
        found.Property,
        found.What,
        Ladder = found.Ladder.TrimEnd().ReplaceLineEndings("\n").Split('\n'),
        found.Way,
    };
}
