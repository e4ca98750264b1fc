using System.Text.Json;

namespace RefIke.Exploration.Exhaustive;

/// <summary>A folder does not hold a search that can be gone on with; the message says why, for whoever gave the folder.</summary>
public sealed class CheckpointException(string message) : Exception(message);

/// <summary>Which search it is: only the very same one can be gone on with, or joined.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Bounds">The budget, and the seeded fault or the policy where there is one.</param>
public sealed record SearchIdentity(string Version, string Scenario, string Bounds, int Part, int Of);

/// <summary>How far a search had come when it was written down: what the two files beside it hold.</summary>
/// <param name="Ways">SHA-256 over the entries of <c>ways</c>.</param>
/// <param name="Frontier">SHA-256 over <c>frontier</c>: first what is left of a round, then what it has found.</param>
/// <param name="Left">How many are left of the round.</param>
/// <param name="Back">Moves that lead back (see <see cref="Rounds"/>).</param>
internal sealed record Checkpoint(
    SearchIdentity Search, int States, long Transitions, long Ends, int Depth, string Ways, string Frontier, int Left, int[][] Back)
{
    private const string Name = "search.json";

    /// <summary>Where the frontier is.</summary>
    public static string FrontierIn(string folder) => Path.Combine(folder, "frontier");

    /// <summary>Writes it in one piece: a stop on the way leaves the former one.</summary>
    public void Write(string folder)
    {
        var path = Path.Combine(folder, Name);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this));
        File.Move(path + ".new", path, true);
    }

    /// <summary>Reads the one in a folder; null where it holds none.</summary>
    /// <exception cref="CheckpointException">It is damaged, or of another search.</exception>
    public static Checkpoint? Read(string folder, SearchIdentity expected)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return null;
        }

        Checkpoint? read;
        try
        {
            read = JsonSerializer.Deserialize<Checkpoint>(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{path} is damaged: {e.Message}");
        }

        return read is not { Search: { } search, Back: not null, Ways: not null, Frontier: not null } ? throw new CheckpointException($"{path} is damaged: a field is missing")
            : search != expected ? throw new CheckpointException($"{path} is of another search: {search}, and not {expected}")
            : read;
    }
}
