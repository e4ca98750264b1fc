using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Hosting;
using RefIke.Cli.Verbs;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;

namespace RefIke.Cli.Exploring;

/// <summary>The parts of a sampling that was split by the first turns: a file for each, with what it came to.</summary>
internal static class SampleFiles
{
    private const string Ending = ".sample.json";

    /// <summary>What one part says of itself.</summary>
    /// <param name="Settings">All by which a part must be like the others.</param>
    /// <param name="Whole">Whether all of its schedules were run.</param>
    internal sealed record Part(
        [property: JsonRequired] string Version, [property: JsonRequired] string Settings, int Number, int Of, bool Whole,
        [property: JsonRequired] IReadOnlyList<OfScenario> Scenarios);

    /// <summary>What it came to in one scenario.</summary>
    /// <param name="Rows">Those taken, as the tables write them.</param>
    internal sealed record OfScenario(
        [property: JsonRequired] string Name, int Schedules, long Different, bool IsEstimate, long Decisions, string? Violated,
        [property: JsonRequired] IReadOnlyList<string> Rows);

    /// <summary>What all parts came to.</summary>
    internal sealed record Merged(string Settings, int Parts, bool Whole, IReadOnlyList<OfScenario> Scenarios);

    /// <summary>Writes a part.</summary>
    public static void Write(string folder, SamplingPlan plan, IEnumerable<Scenario> scenarios, IEnumerable<Result> results, bool whole)
    {
        Directory.CreateDirectory(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"{plan.Part}-of-{plan.Of}{Ending}");
        using var file = new StreamWriter(OutputFile.Create(Path.Combine(folder, name)));
        file.WriteLine(JsonText.Line(new Part(
            ExhaustiveVerb.Version, Settings(plan, scenarios), plan.Part, plan.Of, whole,
            [.. results.Select(r => new OfScenario(
                r.Scenario, r.Schedules, r.Different, r.IsEstimate, r.Decisions, r.Found?.What, [.. r.Rows.Select(RowCoverage.Transition)]))])));
    }

    /// <summary>The parts in a folder.</summary>
    public static string[] Parts(string folder)
        => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, $"*{Ending}").Order(StringComparer.Ordinal)] : [];

    /// <summary>Joins them: schedules and, as no two parts share any, different ones add up.</summary>
    /// <exception cref="BadInputException">A part is missing or damaged, or the parts are not of one sampling.</exception>
    public static Merged Merge(IReadOnlyList<string> files)
    {
        var parts = files.Select(f => (File: f, Is: Read(f))).ToArray();
        var first = parts[0].Is;
        MergedParts.Check(
            "sampling", "settings", "", [.. parts.Select(p => (p.File, (object)(p.Is.Version, p.Is.Settings, p.Is.Of), p.Is.Number))], first.Of);
        return new(first.Settings, first.Of, parts.All(p => p.Is.Whole), [.. parts.SelectMany(p => p.Is.Scenarios).GroupBy(s => s.Name).Select(Joined)]);
    }

    private static OfScenario Joined(IGrouping<string, OfScenario> of) => new(
        of.Key, of.Sum(s => s.Schedules), of.Sum(s => s.Different), of.Any(s => s.IsEstimate), of.Sum(s => s.Decisions),
        of.Select(s => s.Violated).FirstOrDefault(v => v is not null), [.. of.SelectMany(s => s.Rows).Distinct().Order(StringComparer.Ordinal)]);

    private static string Settings(SamplingPlan plan, IEnumerable<Scenario> scenarios) => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(' ', plan.Strategies.Select(s => s.Name))}, seed {plan.Seed}, {plan.Variation?.Label ?? "no seeded fault"}, {plan.Schedules} schedules, "
        + $"scenarios {string.Join(' ', scenarios.Select(s => s.Name))}");

    private static Part Read(string file)
    {
        try
        {
            return JsonText.Read<Part>(File.ReadAllText(file)) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new BadInputException($"--merge: {file} is no part of a sampling: {e.Message}");
        }
    }
}
