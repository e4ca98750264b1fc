using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification.Promela;

/// <summary>One compilation of a Promela model, and what is asked of it.</summary>
/// <param name="Model">Its file under <c>spec/models</c>, without <c>.pml</c>.</param>
/// <param name="Defines">Bounds other than the model's own, as options of the preprocessor.</param>
/// <param name="Questions">The properties, in the order of the file.</param>
public sealed record ModelRun(string Model, string Defines, IReadOnlyList<ModelQuestion> Questions)
{
    /// <summary>Model and defines: by it the verdicts are recorded.</summary>
    public string Name => $"{Model} {Defines}".TrimEnd();

    /// <summary>Every run of <c>spec/models/checks.toml</c>.</summary>
    /// <param name="night">
    /// Whether a run that names larger bounds has them: they stand behind its defines, so that they count.
    /// </param>
    public static IReadOnlyList<ModelRun> ReadAll(string repository, bool night = false)
    {
        var text = File.ReadAllText(Path.Combine(repository, "spec", "models", "checks.toml"));
        return [.. ((TomlTableArray)TomlSerializer.Deserialize<TomlTable>(text)!["run"]).SelectMany(
            run => AllDefines(run, night).Select(defines => new ModelRun((string)run["model"], defines,
                [.. Ask(run, "holds"), .. Ask(run, "fairly"), .. Ask(run, "violated")])))];
    }

    /// <summary>One entry may stand for several runs: with each of a list of defines.</summary>
    private static IEnumerable<string> AllDefines(TomlTable run, bool night)
    {
        string[] all = [Text(run, "defines"), night ? Text(run, "night") : ""];
        return run.TryGetValue("each", out var each)
            ? ((TomlArray)each).OfType<string>().Select(e => Joined([e, .. all]))
            : [Joined(all)];
    }

    private static string Text(TomlTable run, string key) => run.TryGetValue(key, out var text) ? (string)text : "";

    /// <summary>The defines, of two with one name the later alone.</summary>
    private static string Joined(string[] defines)
    {
        var words = string.Join(' ', defines).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Where((w, n) => Array.FindLastIndex(words, o => NameOf(o) == NameOf(w)) == n));

        static string NameOf(string define) => define.Split('=')[0];
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
