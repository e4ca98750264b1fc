using RefIke.Cli.CommandLine;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Worlds;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;

namespace RefIke.Cli.Exploring;

/// <summary>The same as the documents that <c>docs/command-line.md</c> describes.</summary>
internal static class ExplorationJson
{
    public static string Write(IReadOnlyList<Result> results, int schedules, uint seed, Mutant? mutant, string? replay)
        => JsonText.Document(new
        {
            Document = "refike explore",
            Version = 1,
            Schedules = schedules,
            Seed = seed,
            Mutant = mutant?.Id,
            Held = results.All(r => r.Found is null),
            Scenarios = results.Select(r => new
            {
                Name = r.Scenario,
                r.Properties,
                r.Schedules,
                r.Different,
                r.Decisions,
                Violated = Violation(r.Found),
            }),
            Replay = replay,
        }) + "\n";

    public static string Write(ReplayFile file, Violation? found) => JsonText.Document(new
    {
        Document = "refike explore replay",
        Version = 1,
        file.Scenario,
        file.Mutant,
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
