using Tomlyn;
using Tomlyn.Model;

namespace RefIke.Specification.Symbolic;

/// <summary>What each search of <c>spec/symbolic</c> found when it was recorded: <c>verdicts.toml</c>.</summary>
public static class MaudeRecord
{
    /// <summary>Verdict and states, by the variant's name and the search's key.</summary>
    public static IReadOnlyDictionary<(string Model, string Search), (string Verdict, long States)> Read(string repository)
        => Parse(File.ReadAllText(FilePath(repository)));

    /// <summary>As <see cref="Read"/>, of a text.</summary>
    public static IReadOnlyDictionary<(string Model, string Search), (string Verdict, long States)> Parse(string text)
    {
        var document = TomlSerializer.Deserialize<TomlTable>(text)!;
        return document
            .SelectMany(model => ((TomlArray)model.Value).OfType<TomlTable>(), (model, found) => (model.Key, found))
            .ToDictionary(
                p => (p.Key, (string)p.found["search"]), p => ((string)p.found["verdict"], (long)p.found["states"]));
    }

    /// <summary>The text that records some verdicts.</summary>
    public static string Write(IEnumerable<SearchVerdict> verdicts)
        => """
            # What each search of the models found when it was recorded: see README.md. Written with REFIKE_ACCEPT=1 by the test
            # EverySearchIsAsRecorded of tests/properties, and read again by refike spec check.
            #
            #   holds      no such state within the bounds             violated   there is one: the attack named above the search
            #   reached    a witness: the honest run is there

            """
            + string.Concat(verdicts.GroupBy(v => v.Search.Model).Select(model
                => $"\n{model.Key} = [\n{string.Concat(model.Select(Line))}]\n"));

    /// <summary>Where it is.</summary>
    public static string FilePath(string repository) => Path.Combine(MaudeVariant.Folder(repository), "verdicts.toml");

    private static string Line(SearchVerdict v)
        => $"  {{ search = \"{v.Search.Key}\", verdict = \"{v.Verdict}\", states = {v.States} }},\n";
}
