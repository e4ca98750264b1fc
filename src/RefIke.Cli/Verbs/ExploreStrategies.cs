using System.CommandLine;
using System.Globalization;
using RefIke.Cli.CommandLine;
using RefIke.Exploration.Sampling;
using static RefIke.Cli.Verbs.ExploreOptions;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike explore --compare-strategies</c>: strategy × seeded fault, as a table of Markdown or as JSON.</summary>
internal static class ExploreStrategies
{
    private const int Seeds = 3;

    public static int Run(ParseResult parsed, Explorer explorer, bool json, CancellationToken stop)
    {
        var (most, seed) = ((int)parsed.GetValue(Schedules)!.Value, (uint)parsed.GetValue(Seed)!.Value);
        var lines = new List<StrategyComparison.Line>();
        var status = new StatusLine();
        foreach (var fault in StrategyComparison.Faults.Where(f => parsed.GetValue(MutantId) is not { } id || f.Mutant == id).TakeWhile(_ => !stop.IsCancellationRequested))
        {
            status.Show($"{fault.Mutant} in {fault.Scenario}");
            lines.Add(StrategyComparison.Of(explorer, fault, most, seed, Seeds, stop));
        }

        status.Show("");
        if (stop.IsCancellationRequested)
        {
            lines = lines[..Math.Max(0, lines.Count - 1)];     // the last was not measured to its end
        }

        Console.Out.Write(json ? Json(lines, most, seed) : Text(lines, most, seed));
        return stop.IsCancellationRequested ? ExitCodes.Undecided : ExitCodes.Held;
    }

    private static string Text(IReadOnlyList<StrategyComparison.Line> lines, int most, uint seed)
        => string.Create(CultureInfo.InvariantCulture, $"Schedules until a fault is found: median of seeds {seed} to {seed + Seeds - 1}; –: not in {most}\n\n")
            + Table("through the driver", lines, l => l.Seam) + "\n" + Table("among actors", lines, l => l.Actors);

    private static string Table(string shape, IReadOnlyList<StrategyComparison.Line> lines, Func<StrategyComparison.Line, IEnumerable<int?>> of)
        => $"| {shape} | {string.Join(" | ", Strategy.Each.Select(s => s.Name))} |\n|---|{string.Concat(Strategy.Each.Select(_ => "---:|"))}\n"
            + string.Concat(lines.Select(l => $"| {l.Mutant} {l.Scenario} | {string.Join(" | ", of(l).Select(n => n?.ToString(CultureInfo.InvariantCulture) ?? "–"))} |\n"));

    private static string Json(IReadOnlyList<StrategyComparison.Line> lines, int most, uint seed) => JsonText.Document(new
    {
        Document = "refike explore strategies",
        Version = 1,
        Schedules = most,
        Seed = seed,
        Seeds,
        Strategies = Strategy.Each.Select(s => s.Name),
        Faults = lines.Select(l => new { l.Mutant, l.Scenario, l.Seam, l.Actors }),
    }) + "\n";
}
