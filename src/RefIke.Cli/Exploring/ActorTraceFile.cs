using System.Text.Json;
using System.Text.Json.Serialization;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Cli.Exploring;

/// <summary>A violation among actors: what Coyote recorded of it, by which it makes the same run again.</summary>
/// <param name="Mutant">The seeded fault's id, or null.</param>
/// <param name="Trace">Coyote's own document.</param>
internal sealed record ActorTraceFile(
    [property: JsonRequired] string Scenario, string? Mutant, string Violation, [property: JsonRequired] string Trace)
{
    private const string Ending = ".trace.json";

    /// <summary>Whether a file's name says that it is one.</summary>
    public static bool IsOne(string path) => path.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>Writes a finding into a folder, which is made if it is not there.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public static string Write(string folder, Result result, string trace)
        => RunFile.Write(folder, result.Scenario + Ending, new ActorTraceFile(result.Scenario, result.Plan.Variation?.Label, result.Found!.What, trace));

    /// <summary>Reads one, with the scenario and the seeded fault that it names.</summary>
    /// <exception cref="BadInputException">It is none, or names what is not known here.</exception>
    public static (ActorTraceFile File, Scenario Scenario, Variation? Mutant) Read(string path)
    {
        var file = RunFile.Read<ActorTraceFile>(path, "recorded run");
        try
        {
            using var document = JsonDocument.Parse(file.Trace);
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{path}: no recorded run: {e.Message}");
        }

        var (scenario, mutant) = RunFile.Named(path, file.Scenario, file.Mutant);
        return (file, scenario, mutant);
    }
}
