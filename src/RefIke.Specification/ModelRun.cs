using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification;

/// <summary>One compilation of a Promela model, and what is asked of it.</summary>
/// <param name="Model">Its file under <c>spec/models</c>, without <c>.pml</c>.</param>
/// <param name="Defines">Bounds other than the model's own, as options of the preprocessor.</param>
/// <param name="Questions">The properties, in the order of the file.</param>
public sealed record ModelRun(string Model, string Defines, IReadOnlyList<ModelQuestion> Questions)
{
    /// <summary>Every run of <c>spec/models/checks.toml</c>.</summary>
    public static IReadOnlyList<ModelRun> ReadAll(string repository)
    {
        var text = File.ReadAllText(Path.Combine(repository, "spec", "models", "checks.toml"));
        return [.. ((TomlTableArray)TomlSerializer.Deserialize<TomlTable>(text)!["run"]).SelectMany(
            run => AllDefines(run).Select(defines => new ModelRun((string)run["model"], defines,
                [.. Ask(run, "holds"), .. Ask(run, "fairly"), .. Ask(run, "violated")])))];
    }

    /// <summary>One entry may stand for several runs: with each of a list of defines.</summary>
    private static IEnumerable<string> AllDefines(TomlTable run)
    {
        var all = run.TryGetValue("defines", out var d) ? (string)d : "";
        return run.TryGetValue("each", out var each) ? ((TomlArray)each).OfType<string>().Select(e => $"{e} {all}".Trim()) : [all];
    }

    private static IEnumerable<ModelQuestion> Ask(TomlTable run, string key)
        => (run.TryGetValue(key, out var names) ? (TomlArray)names : []).OfType<string>()
            .Select(name => key == "violated"
                ? new ModelQuestion(name, "violated", name[0] == 'L' && !ModelQuestion.IsWitness(name))
                : new ModelQuestion(name, "holds", key == "fairly"));
}

/// <summary>A property of a model and what must come of it.</summary>
/// <param name="Property">The name of its <c>ltl</c> block: <c>S_02</c>, or <c>S_02_witness</c>.</param>
/// <param name="Expected"><c>holds</c> or <c>violated</c>.</param>
/// <param name="Fair">Whether only runs count in which no process that can always go on waits for ever.</param>
public sealed record ModelQuestion(string Property, string Expected, bool Fair)
{
    /// <summary>How the name of a witness ends.</summary>
    public const string Witness = "_witness";

    /// <summary>Whether an <c>ltl</c> block is a witness.</summary>
    public static bool IsWitness(string name) => name.EndsWith(Witness, StringComparison.Ordinal);
}
