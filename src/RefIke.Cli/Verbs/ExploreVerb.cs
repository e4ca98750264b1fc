using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RefIke.Exploration;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;
using Spectre.Console;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike explore</c>: Coyote over the real core, scenario by scenario.</summary>
internal static class ExploreVerb
{
    private static readonly Option<string?> Name = new("--scenario")
    {
        Description = "only this one of " + string.Join(", ", Scenario.All.Select(s => s.Name)),
    };

    private static readonly Option<int> Schedules = new("--schedules") { DefaultValueFactory = _ => 1500, Description = "runs of each scenario" };
    private static readonly Option<uint> Seed = new("--seed") { DefaultValueFactory = _ => 2409, Description = "of Coyote's choices" };
    private static readonly Option<string?> ReplayFile = new("--replay") { Description = "play a found violation again" };
    private static readonly Option<string?> MutantId = new("--mutant")
    {
        Description = "seed this fault into A: " + string.Join(", ", Mutant.All.Select(m => m.Id)),
    };

    private static readonly Option<string> Format = new("--format") { DefaultValueFactory = _ => "text", Description = "text or json" };

    public static Command Create()
    {
        var verb = new Command("explore", "Explore interleavings of the real core. Example: refike explore --scenario rekey --schedules 5000")
        {
            Name, Schedules, Seed, ReplayFile, MutantId, Format,
        };
        verb.SetAction((parsed, stop) => Task.FromResult(Run(parsed, stop)));
        return verb;
    }

    private sealed record Recorded(string Scenario, string? Mutant, string Violation, IReadOnlyList<int> Choices);

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        var repository = RowFile.FindRepository(Environment.CurrentDirectory) ?? RowFile.FindRepository(AppContext.BaseDirectory);
        var explorer = new Explorer(repository is null ? null : new TraceAcceptance(RowFile.ReadAll(repository)));
        if (parsed.GetValue(ReplayFile) is { } file)
        {
            return PlayAgain(explorer, file);
        }

        var scenarios = Scenario.All.Where(s => parsed.GetValue(Name) is not { } n || s.Name == n).ToArray();
        var mutant = Mutant.All.FirstOrDefault(m => m.Id == parsed.GetValue(MutantId));
        if (scenarios.Length == 0 || (mutant is null && parsed.GetValue(MutantId) is not null))
        {
            Console.Error.WriteLine("no such scenario or mutant; see refike explore --help");
            return ExitCodes.BadInput;
        }

        var results = new List<Result>();
        foreach (var scenario in scenarios)
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }

            var result = explorer.Explore(scenario, parsed.GetValue(Schedules), parsed.GetValue(Seed), mutant, stop);
            results.Add(result);
            if (!Console.IsOutputRedirected)
            {
                Console.Error.WriteLine($"{scenario.Name}: {result.Schedules} schedules");
            }

            if (result.Found is not null)
            {
                break;
            }
        }

        Print(results, parsed.GetValue(Format) == "json");
        var found = results.FirstOrDefault(r => r.Found is not null);
        return found is null ? stop.IsCancellationRequested ? ExitCodes.Undecided : ExitCodes.Held : Report(found, mutant);
    }

    private static void Print(List<Result> results, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(results.Select(r => new
            {
                r.Scenario,
                r.Properties,
                r.Schedules,
                r.Different,
                r.Decisions,
                seconds = r.Time.TotalSeconds,
                violated = r.Found?.What,
            })));
            return;
        }

        var table = new Table().AddColumns("scenario", "schedules", "different", "decisions", "time", "properties", "verdict");
        table.Border = TableBorder.Simple;
        foreach (var r in results)
        {
            table.AddRow(r.Scenario, N(r.Schedules), N(r.Different), N(r.Decisions), $"{r.Time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s",
                string.Join(' ', r.Properties), r.Found is null ? "held" : $"{r.Found.Property} VIOLATED");
        }

        AnsiConsole.Profile.Width = Console.IsOutputRedirected ? 170 : AnsiConsole.Profile.Width;
        AnsiConsole.Write(table);
        Console.WriteLine("Coyote samples schedules: this is no proof. 'different' counts runs whose choices differ from all before.");
    }

    private static int Report(Result result, Mutant? mutant)
    {
        var found = result.Found!;
        var file = $"{result.Scenario}.replay.json";
        File.WriteAllText(file, JsonSerializer.Serialize(new Recorded(result.Scenario, mutant?.Id, found.What, found.Choices)));
        Console.WriteLine();
        Console.WriteLine($"{result.Scenario}: {found.What}");
        Console.WriteLine(found.Ladder);
        Console.WriteLine($"choices: {string.Join(' ', found.Choices)}");
        Console.WriteLine($"again: refike explore --replay {file}");
        return ExitCodes.Failed;
    }

    private static int PlayAgain(Explorer explorer, string file)
    {
        Recorded? recorded = null;
        try
        {
            recorded = JsonSerializer.Deserialize<Recorded>(File.ReadAllText(file));
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            Console.Error.WriteLine($"{file}: {e.Message}");
        }

        var scenario = Scenario.All.FirstOrDefault(s => s.Name == recorded?.Scenario);
        if (recorded is null || scenario is null)
        {
            Console.Error.WriteLine($"{file}: no replay of a known scenario");
            return ExitCodes.BadInput;
        }

        var found = explorer.Play(scenario, new Replay(recorded.Choices), Mutant.All.FirstOrDefault(m => m.Id == recorded.Mutant));
        Console.WriteLine(found is null ? "Every property holds in this run." : $"{found.What}\n{found.Ladder}");
        return found is null ? ExitCodes.Held : ExitCodes.Failed;
    }

    private static string N(long n) => n.ToString(CultureInfo.InvariantCulture);
}
