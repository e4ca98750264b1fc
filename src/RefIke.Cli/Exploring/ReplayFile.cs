using System.Text.Json;
using System.Text.Json.Serialization;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Hosting;
using RefIke.Exploration.Policies;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Cli.Exploring;

/// <summary>A violation that was found, with the choices that lead to it again.</summary>
/// <param name="Mutant">The seeded fault's id, the policy's name, or null.</param>
/// <param name="Budget">What could be done to the network in that run; the scenario's own where it is null.</param>
internal sealed record ReplayFile(
    [property: JsonRequired] string Scenario, string? Mutant, string Violation, Budget? Budget,
    [property: JsonRequired] IReadOnlyList<int> Way)
{
    /// <summary>How its name ends.</summary>
    public const string Ending = ".replay.json";

    /// <summary>Writes a finding into a folder, which is made if it is not there.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public static string Write(string folder, string scenario, Budget budget, Variation? mutant, Violation found)
    {
        var path = Path.GetFullPath(Path.Combine(folder, scenario + Ending));
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"cannot write {path}: {e.Message}");
        }

        using var file = new StreamWriter(OutputFile.Create(path));
        file.WriteLine(JsonText.Line(new ReplayFile(scenario, mutant?.Label, found.What, budget, found.Way)));
        return path;
    }

    /// <summary>Reads one, with the scenario and the seeded fault that it names.</summary>
    /// <exception cref="BadInputException">It is none, or names what is not known here.</exception>
    public static (ReplayFile File, Scenario Scenario, Variation? Mutant) Read(string path)
    {
        ReplayFile file;
        try
        {
            file = JsonText.Read<ReplayFile>(File.ReadAllText(path)) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                e is JsonException ? $"{path}: no replay file: {e.Message}" : $"cannot read {path}: {e.Message}");
        }

        var scenario = Exploration.Scenarios.Scenario.All.FirstOrDefault(s => s.Name == file.Scenario)
            ?? throw new BadInputException($"{path}: scenario {file.Scenario} is unknown");
        if (file.Budget is { } budget && new[] { budget.Losses, budget.Copies, budget.Replays, budget.Delays, budget.PrematureTimers, budget.LateTimers, budget.Alterations, budget.Attacks }.Min() < 0)
        {
            throw new BadInputException($"{path}: a budget below nothing");
        }

        var mutant = Variations.Named(file.Mutant);
        return mutant is null && file.Mutant is not null
            ? throw new BadInputException($"{path}: seeded fault {file.Mutant} is unknown")
            : (file, scenario, mutant);
    }
}
