using System.Reflection;
using System.Text.RegularExpressions;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Properties.Engine;
using RefIke.Specification;
using RefIke.Specification.Promela;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary><c>spec/properties.md</c> lists what is checked, where, and nothing else.</summary>
public sealed partial class PropertyListTests
{
    private static readonly string Spec = Path.Combine(Pair.Repository, "spec");

    private static readonly Dictionary<string, Listed> List = File.ReadLines(Path.Combine(Spec, "properties.md"))
        .Select(l => Line().Match(l)).Where(m => m.Success).Select(m => m.Groups)
        .ToDictionary(g => g[1].Value, g => new Listed(g[2].Value, Names(g[4].Value), Names(g[5].Value)));

    /// <summary>Each <c>ltl</c> block of each model.</summary>
    private static readonly (string Model, string Ltl)[] Blocks =
        [.. from file in Directory.GetFiles(Path.Combine(Spec, "models"), "*.pml")
            from Match match in LtlName().Matches(File.ReadAllText(file))
            select (Path.GetFileNameWithoutExtension(file), match.Groups[1].Value)];

    /// <summary>The blocks that are no witness.</summary>
    private static readonly (string Model, string Ltl)[] Checked =
        [.. Blocks.Where(b => !ModelQuestion.IsWitness(b.Ltl))];

    private sealed record Listed(string Words, string[] Models, string[] Monitors);

    /// <summary>What is watched; S-31 is what <c>Explorer.Play</c> finds when the core throws.</summary>
    private static IEnumerable<string> WatchedByCoyote
        => [.. Explorer.Safety, .. AtTheEnd.Properties, .. Scenario.All.SelectMany(s => s.Properties), "S-31"];

    [Fact]
    public void PropertiesListedAreThoseThatModelsAndMonitorsCheck()
        => Assert.Equal(
            Checked.Select(b => Id(b.Ltl)).Concat(WatchedByCoyote).Distinct().Order(StringComparer.Ordinal),
            List.Keys.Order(StringComparer.Ordinal));

    /// <summary>The models that the list names for a property are those with an <c>ltl</c> block of its name.</summary>
    [Fact]
    public void EveryPropertyNamesTheModelsThatCheckIt()
        => Assert.All(List, p => Assert.Equal(
            Checked.Where(b => Id(b.Ltl) == p.Key).Select(b => $"{b.Model}:{b.Ltl}").Order(StringComparer.Ordinal),
            p.Value.Models.Order(StringComparer.Ordinal)));

    /// <summary>
    /// The monitors that it names exist, and it names some exactly where Coyote watches the property.
    /// </summary>
    [Fact]
    public void EveryPropertyNamesTheMonitorsThatWatchIt()
        => Assert.All(List, p =>
        {
            Assert.Equal(WatchedByCoyote.Contains(p.Key), p.Value.Monitors.Length > 0);
            Assert.All(p.Value.Monitors, name => Assert.True(MethodExists(name), $"{p.Key}: no method {name}"));
        });

    /// <summary>
    /// Each property of a model has its witness in that model, which a run demands to be violated; and each block is
    /// asked for, so that none is forgotten.
    /// </summary>
    [Fact]
    public void EveryPropertyOfAModelHasItsWitness()
    {
        var runs = ModelRun.ReadAll(Pair.Repository);
        var asked = runs.SelectMany(r => r.Questions.Select(q => (r.Model, q.Property, q.Expected))).ToHashSet();
        Assert.All(Checked, b =>
        {
            Assert.Contains((b.Model, b.Ltl + ModelQuestion.Witness), Blocks);
            Assert.Contains((b.Model, b.Ltl, "holds"), asked);
            Assert.Contains((b.Model, b.Ltl + ModelQuestion.Witness, "violated"), asked);
        });
        Assert.Equal(Blocks.Order(), asked.Select(a => (a.Model, a.Property)).Distinct().Order());
    }

    private static string Id(string ltl) => ltl.Replace('_', '-');

    private static string[] Names(string cell) => [.. Code().Matches(cell).Select(m => m.Groups[1].Value)];

    private static bool MethodExists(string name)
    {
        const BindingFlags Any =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        var (type, method) = (name.Split('.')[0], name.Split('.')[1]);
        return typeof(Explorer).Assembly.GetTypes()
            .Any(t => t.Name == type && t.GetMembers(Any).Any(m => m.Name == method));
    }

    [GeneratedRegex(@"^\| ([SL]-\d\d) \| (.+) \| (.+) \| (.+) \| (.+) \|$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^ltl (\w+)", RegexOptions.Multiline)]
    private static partial Regex LtlName();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
