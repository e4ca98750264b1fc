using System.Text;
using System.Text.RegularExpressions;

namespace RefIke.Specification.Promela;

/// <summary>The mutants of the models as people read them: <c>spec/model-mutants.md</c>.</summary>
public static class MutantTable
{
    /// <summary>Where it is.</summary>
    public static string FilePath(string repository) => Path.Combine(repository, "spec", "model-mutants.md");

    /// <summary>The page.</summary>
    public static string Of(string repository)
    {
        var mutants = ModelMutant.ReadAll(repository);
        var text = new StringBuilder(
            """
            # Mutants of the models

            Faults that are put into a table or a model on purpose, each of which some property must notice: [mutants.toml](models/mutants.toml)
            has them, `refike spec mutants` tries them (each until the first property is violated; with `--all` every property), `--record`
            writes down which are. Asked are all runs of the model, or those with one define, or the one without any (`none`): what would be
            violated in the others is not known. A property is worth its place where a mutant would live without it.

            | mutant | model | runs | what is wrong | violated |
            |---|---|---|---|---|

            """);
        foreach (var m in mutants)
        {
            text.Append($"| {m.Id} | {m.Model} | {(m.Only.Length == 0 ? "all" : $"`{m.Only}`")} | {m.Words} | {string.Join(' ', m.Kills.Select(k => k.Replace('_', '-')))} |\n");
        }

        text.Append("\n## Properties\n\nHow many mutants each property kills, and how many of them three properties at most notice.\n\n| model | property | mutants | of few |\n|---|---|---|---|\n");
        foreach (var (model, property) in Properties(repository))
        {
            var killed = mutants.Where(m => m.Model == model && m.Kills.Contains(property)).ToArray();
            text.Append($"| {model} | {property.Replace('_', '-')} | {killed.Length} | {killed.Count(m => m.Kills.Count <= 3)} |\n");
        }

        return text.ToString();
    }

    /// <summary>Every property that must hold in some run, by its model.</summary>
    public static IReadOnlyList<(string Model, string Property)> Properties(string repository)
        => [.. ModelRun.ReadAll(repository).SelectMany(r => r.Questions.Where(q => q.Expected == "holds").Select(q => (r.Model, q.Property)))
            .Distinct().OrderBy(p => p.Model, StringComparer.Ordinal).ThenBy(p => p.Property, StringComparer.Ordinal)];

    /// <summary>Writes down which properties each mutant was seen to violate; the rest of the file stays as it is.</summary>
    public static void Record(string repository, IEnumerable<MutantVerdict> verdicts)
    {
        var text = File.ReadAllText(ModelMutant.FilePath(repository));
        foreach (var v in verdicts.Where(v => v.Faults.Count == 0))
        {
            text = new Regex($"""(?s)(id = "{v.Mutant.Id}"\n.*?\nkills = )\[[^\]]*\]""").Replace(
                text, m => $"{m.Groups[1].Value}[{string.Join(", ", v.Kills.Select(k => $"\"{k}\""))}]", 1);
        }

        File.WriteAllText(ModelMutant.FilePath(repository), text);
        File.WriteAllText(FilePath(repository), Of(repository));
    }
}
