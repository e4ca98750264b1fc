using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Policies;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Cli.Verbs;

/// <summary>What <c>refike explore</c> may be told.</summary>
internal static class ExploreOptions
{
    public static readonly WordOption Name =
        new("--scenario", "only this one; --list names all", "name", [.. Scenario.All.Select(s => s.Name)]);
    public static readonly NumberOption Schedules = new("--schedules", "runs of each scenario", 1, int.MaxValue, 200);
    public static readonly NumberOption InAll =
        new("--schedules-total", "runs of all scenarios together, each its share", 1, int.MaxValue, null);

    public static readonly WordOption StrategyName = new(
        "--strategy", "how Coyote draws; all: each strategy its share", "name", [.. Strategy.All.Select(s => s.Name), "all"], "random");

    public static readonly WordOption ShapeName = new(
        "--shape", "one driver, or endpoints and network as actors", "seam|actors", ["seam", "actors"], "seam");

    public static readonly Option<bool> Covered =
        new("--coverage") { Description = "name the rows of the tables that no schedule took" };

    public static readonly Option<bool> Compare = new("--compare-strategies")
    {
        Description = "in how many schedules each strategy finds seeded faults, and stop",
    };

    public static readonly NumberOption Seed = new("--seed", "of Coyote's choices", 0, uint.MaxValue, 2409);
    public static readonly WordOption MutantId =
        new("--mutant", "seed this fault into endpoint A; --list names all", "id", [.. Mutant.All.Select(m => m.Id)]);
    public static readonly WordOption PolicyName =
        new("--policy", "have both ends follow this policy of the life cycle, and not RefIke's own", "name", [.. LifePolicy.All.Select(p => p.Name)]);
    public static readonly FileOption Replayed = new("--replay", "play a found violation again");
    public static readonly Option<string> Out = new("--out")
    {
        DefaultValueFactory = _ => ".",
        Description = "folder for the replay file of a violation, and for a part",
        HelpName = "folder",
    };

    public static readonly Option<bool> ListAll =
        new("--list") { Description = "say what the scenarios and the seeded faults are, and stop" };
    public static readonly Option<bool> Exhaustive = new("--exhaustive")
    {
        Description = "visit every state within the scenario's budget, and not a sample of schedules",
    };

    public static readonly Option<string?> Shard = new("--shard")
    {
        Description = "this part of so many, 2/4; what it came to goes into the folder of --out",
        HelpName = "i/n",
    };

    public static readonly Option<string?> Merge = new("--merge")
    {
        Description = "join the parts in a folder: what all of them reached together",
        HelpName = "folder",
    };

    public static readonly Option<bool> Policies = new("--policies")
    {
        Description = "search each race of the life cycle with each policy that daemons have for it, and print what comes of it",
    };

    public static readonly Option<bool> Mutants = new("--mutants")
    {
        Description = "have each seeded fault found again by whom spec/kill-matrix.md names: tables, SPIN, Maude, exhaustive search, Coyote",
    };

    public static readonly Option<string?> JudgesAsked = new("--judges")
    {
        Description = "with --mutants: these alone, of rows, spin, maude, exhaustive, coyote, scenarios",
        HelpName = "names",
    };

    public static readonly Option<bool> Record = new("--record")
    {
        Description = "with --mutants: search for what is not found yet too, and write what is found into spec/kill-matrix.md",
    };

    public static readonly WordOption Format = WordOption.Format();

    /// <summary>The seeded fault or the policy that was asked for; null for neither.</summary>
    public static Variation? Varied(ParseResult parsed)
        => Variations.Named(parsed.GetValue(MutantId)) ?? Variations.Named(parsed.GetValue(PolicyName));
}
