using System.CommandLine;
using System.Reflection;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Exploring;
using RefIke.Exploration.Exhaustive;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike explore --exhaustive</c>: every state within a budget.</summary>
internal static class ExhaustiveVerb
{
    private const int Most = 100_000_000;

    private static readonly NumberOption MostStates = new("--states", "with --exhaustive: stop after so many", 1, Most, 20_000_000);
    private static readonly NumberOption Losses = new("--losses", "with --exhaustive: datagrams that may vanish, in place of the scenario's own", 0, 1000, null);
    private static readonly NumberOption Copies = new("--copies", "likewise: datagrams that may arrive twice", 0, 1000, null);
    private static readonly NumberOption Replays = new("--replays", "likewise: old datagrams that may come again", 0, 100, null);
    private static readonly NumberOption Delays = new("--delays", "likewise: datagrams that may be held back", 0, 100, null);
    private static readonly NumberOption Premature = new("--premature", "likewise: timers that may fire too early", 0, 100, null);
    private static readonly NumberOption Attacks = new("--attacks", "likewise: how often the attacker may act, where the scenario has one", 0, 100, null);
    private static readonly Option<string?> Resume = new("--resume")
    {
        Description = "with --exhaustive: write down there how far it has come, and go on from there after a stop",
        HelpName = "folder",
    };

    private static readonly NumberOption InMemory =
        new("--in-memory", "with --resume: states known in memory; older ones go to disk", 1000, Most, 50_000_000);

    /// <summary>The program's version: what another one wrote is not gone on with, and not joined.</summary>
    public static string Version { get; } =
        typeof(ExhaustiveVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The options of an exhaustive search.</summary>
    public static void AddTo(Command verb)
    {
        foreach (var option in new Option[] { MostStates, Losses, Copies, Replays, Delays, Premature, Attacks, Resume, InMemory })
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Each scenario to its end, one after the other with all processors; the first violation ends it.</summary>
    /// <exception cref="BadInputException">The part is none, or the folder to go on from holds another search or a damaged one.</exception>
    public static int Run(
        IReadOnlyList<Scenario> scenarios, Variation? mutant, string? shard, string output, bool json, ParseResult parsed, CancellationToken stop)
    {
        var (part, of) = ShardFiles.Part(shard);
        var results = new List<ExhaustiveResult>();
        foreach (var scenario in scenarios.Select(s => Within(s, parsed)))
        {
            results.Add(Search(scenario, mutant, Limits(parsed, scenario, part, of), stop));
            var replay = results[^1].Found is { } found ? Counterexample.Write(output, scenario, scenario.InSearch, mutant, found) : null;
            if (!json)
            {
                ExhaustiveText.Write(results[^1], replay);
            }

            if (of > 1 && (results[^1].IsWhole || results[^1].Found is not null))
            {
                ShardFiles.Write(output, results[^1], part, of);
            }

            if (results[^1].Found is not null || stop.IsCancellationRequested)
            {
                break;
            }
        }

        if (json)
        {
            Console.Out.Write(ExhaustiveText.Json(results));
        }

        return results.Any(r => r.Found is not null) ? ExitCodes.Failed
            : results.All(r => r.IsWhole) ? ExitCodes.Held : ExitCodes.Undecided;
    }

    private static ExhaustiveResult Search(Scenario scenario, Variation? mutant, SearchLimits limits, CancellationToken stop)
    {
        using var progress = new SearchLine(scenario.Name);
        try
        {
            return new ExhaustiveSearch(scenario, new TraceAcceptance(SpecificationTables.Rows), mutant).Run(limits, progress.Show, stop);
        }
        catch (CheckpointException e)
        {
            throw new BadInputException($"--resume: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--resume: {e.Message}");
        }
    }

    private static SearchLimits Limits(ParseResult parsed, Scenario scenario, int part, int of)
        => new((int)parsed.GetValue(MostStates)!.Value, Environment.ProcessorCount, part, of)
        {
            Folder = parsed.GetValue(Resume) is { } folder ? Path.Combine(folder, of == 1 ? scenario.Name : $"{scenario.Name}.{part}-of-{of}") : null,
            MostInMemory = (int)parsed.GetValue(InMemory)!.Value,
            Version = Version,
        };

    /// <summary>A scenario with the budget that was asked for.</summary>
    private static Scenario Within(Scenario scenario, ParseResult parsed)
    {
        int Or(NumberOption option, int own) => (int)(parsed.GetValue(option) ?? (ulong)own);
        var own = scenario.InSearch;
        return scenario with
        {
            Bounded = own with
            {
                Losses = Or(Losses, own.Losses),
                Copies = Or(Copies, own.Copies),
                Replays = Or(Replays, own.Replays),
                Delays = Or(Delays, own.Delays),
                PrematureTimers = Or(Premature, own.PrematureTimers),
                Attacks = Or(Attacks, own.Attacks),
            },
        };
    }
}
