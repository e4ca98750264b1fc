using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification.Promela;

/// <summary>A fault put into a model or a table on purpose, so that it is seen which properties notice: <c>spec/models/mutants.toml</c>.</summary>
/// <param name="Id"><c>MM-nn</c>.</param>
/// <param name="Words">What is wrong.</param>
/// <param name="Model">The model that is asked.</param>
/// <param name="File">The file of <c>spec/models</c> or <c>spec/exchanges</c> that is changed.</param>
/// <param name="Take">The text that goes, which stands there once.</param>
/// <param name="Give">What comes in its place.</param>
/// <param name="Only">A define that the runs must have, or <c>none</c> for the run without any; empty for all runs of the model.</param>
/// <param name="Kills">The properties that are violated then, of all that hold without it.</param>
public sealed record ModelMutant(
    string Id, string Words, string Model, string File, string Take, string Give, string Only, IReadOnlyList<string> Kills)
{
    /// <summary>Every one, in the order of the file.</summary>
    public static IReadOnlyList<ModelMutant> ReadAll(string repository) => Parse(System.IO.File.ReadAllText(FilePath(repository)));

    /// <summary>As <see cref="ReadAll"/>, of a text.</summary>
    public static IReadOnlyList<ModelMutant> Parse(string text)
        => [.. ((TomlTableArray)TomlSerializer.Deserialize<TomlTable>(text)!["mutant"]).Select(m => new ModelMutant(
            (string)m["id"], (string)m["words"], (string)m["model"], (string)m["file"], (string)m["take"], (string)m["give"],
            m.TryGetValue("only", out var only) ? (string)only : "", [.. ((TomlArray)m["kills"]).OfType<string>()]))];

    /// <summary>The properties of which no mutant is noticed by three at most, with the reason why they stand all the same.</summary>
    public static IReadOnlyDictionary<(string Model, string Property), string> Justified(string repository)
        => TomlSerializer.Deserialize<TomlTable>(System.IO.File.ReadAllText(FilePath(repository)))!.TryGetValue("justified", out var all)
            ? ((TomlTableArray)all).ToDictionary(j => ((string)j["model"], (string)j["property"]), j => (string)j["reason"])
            : new Dictionary<(string, string), string>();

    /// <summary>Where they are.</summary>
    public static string FilePath(string repository) => Path.Combine(repository, "spec", "models", "mutants.toml");

    /// <summary>The changed file's text; null where what is taken away does not stand there once.</summary>
    public string? Changed(string repository)
    {
        var folder = Path.Combine(repository, "spec", File.EndsWith(".rows", StringComparison.Ordinal) ? "exchanges" : "models");
        var place = Directory.GetFiles(folder, File).SingleOrDefault();
        var parts = place is null ? [] : System.IO.File.ReadAllText(place).Split(Take);
        return parts.Length == 2 ? string.Join(Give, parts) : null;
    }

    /// <summary>The runs of its model that it concerns, each with what must hold in it.</summary>
    public IReadOnlyList<ModelRun> Runs(string repository)
        => [.. ModelRun.ReadAll(repository).Where(r => r.Model == Model && Only switch
            {
                "" => true,
                "none" => r.Defines.Length == 0,
                _ => r.Defines.Split(' ').Contains(Only),
            })
            .Select(r => r with { Questions = [.. r.Questions.Where(q => q.Expected == "holds")] }).Where(r => r.Questions.Count > 0)];
}

/// <summary>What became of a mutant.</summary>
/// <param name="Kills">The properties that were seen to be violated.</param>
/// <param name="Faults">Why it could not be tried.</param>
public sealed record MutantVerdict(ModelMutant Mutant, IReadOnlyList<string> Kills, IReadOnlyList<string> Faults, TimeSpan Time);
