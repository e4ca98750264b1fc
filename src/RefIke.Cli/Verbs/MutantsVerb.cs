using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Exploring;
using RefIke.Exploration.Killing;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike explore --mutants</c>: which judge finds which seeded fault, and which scenario finds one.</summary>
internal static class MutantsVerb
{
    private const string ScenarioColumn = "scenarios";

    /// <summary>Asks those whom the matrix names again; or all, and records what they say.</summary>
    public static int Run(ParseResult parsed, bool json, CancellationToken stop)
    {
        var repository = SpecVerb.Repository();
        var (record, matrix, watch) = (parsed.GetValue(ExploreOptions.Record), KillMatrix.Read(repository), Stopwatch.StartNew());
        var only = parsed.GetValue(ExploreOptions.MutantId);
        var (asked, ofScenarios) = Asked(parsed.GetValue(ExploreOptions.JudgesAsked));
        Mutant[] faults = [.. Mutant.All.Where(m => asked.Count > 0 && (only is null || m.Id == only))];
        var run = new KillRun(new Judges(repository, SpecificationTables.Rows), matrix, asked, record);
        var made = new List<(MatrixRow Row, bool AsKept)>();
        var scenarios = new List<(string Name, string? Finding, bool AsKept)>();
        using (var progress = new CheckProgress(faults.Length))
        {
            run.Faults(faults, row =>
            {
                var kept = matrix.Rows.GetValueOrDefault(row.Id);
                made.Add((row, record || (kept is not null && kept.Cells.SequenceEqual(row.Cells))));
                if (record)
                {
                    matrix.Keep(row);
                }

                progress.Print(json ? null : MutantsText.Line(made[^1].Row, asked, made[^1].AsKept));
                progress.Began(row.Id);
            }, stop);
            if (only is null && ofScenarios)
            {
                run.OfScenarios(Scenario.All, Scenario.All[0], (scenario, finding) =>
                {
                    scenarios.Add((scenario.Name, finding, record || matrix.Scenarios.GetValueOrDefault(scenario.Name) == finding));
                    if (record)
                    {
                        matrix.Keep(scenario.Name, finding ?? MatrixRow.None);
                    }

                    progress.Print(json ? null : MutantsText.Line(scenario.Name, finding, scenarios[^1].AsKept));
                }, stop);
            }
        }

        var held = made.All(m => m.AsKept) && scenarios.All(s => s.AsKept && s.Finding is not null);
        Console.Out.Write(json ? MutantsText.Json([.. made.Select(m => m.Row)], [.. scenarios.Select(s => (s.Name, s.Finding))], held, watch.Elapsed)
            : MutantsText.Sum([.. made.Select(m => m.Row)], watch.Elapsed));
        return held ? ExitCodes.Held : ExitCodes.Failed;
    }

    private static (ImmutableHashSet<Judge> Judges, bool Scenarios) Asked(string? words)
    {
        if (words is null)
        {
            return (KillRun.Columns, true);
        }

        var names = words.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var known = KillRun.Columns.ToImmutableDictionary(c => $"{c}", StringComparer.OrdinalIgnoreCase);
        var unknown = names.FirstOrDefault(n => n != ScenarioColumn && !known.ContainsKey(n));
        return unknown is null ? ([.. names.Where(known.ContainsKey).Select(n => known[n])], names.Contains(ScenarioColumn))
            : throw new BadInputException($"--judges: {unknown} is unknown; known are rows, spin, maude, exhaustive, coyote, {ScenarioColumn}");
    }
}
