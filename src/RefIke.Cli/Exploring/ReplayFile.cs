using System.Text.Json.Serialization;
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
        => RunFile.Write(folder, scenario + Ending, new ReplayFile(scenario, mutant?.Label, found.What, budget, found.Way));

    /// <summary>Reads one, with the scenario and the seeded fault that it names.</summary>
    /// <exception cref="BadInputException">It is none, or names what is not known here.</exception>
    public static (ReplayFile File, Scenario Scenario, Variation? Mutant) Read(string path)
    {
        var file = RunFile.Read<ReplayFile>(path, "replay file");
        var (scenario, mutant) = RunFile.Named(path, file.Scenario, file.Mutant);
        return file.Budget is { } budget && new[]
        {
            budget.Losses, budget.Copies, budget.Replays, budget.Delays, budget.PrematureTimers, budget.LateTimers, budget.Alterations, budget.Attacks,
        }.Min() < 0 ? throw new BadInputException($"{path}: a budget below nothing") : (file, scenario, mutant);
    }
}
