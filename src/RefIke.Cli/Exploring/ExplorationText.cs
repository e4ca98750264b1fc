using System.Globalization;
using System.Text;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Cli.Exploring;

/// <summary>An exploration, a replay and the list of what can be explored, for people.</summary>
internal static class ExplorationText
{
    private const int Width = 100;

    /// <summary>The tables; where a property fails, the ladder of the run that violates it.</summary>
    /// <param name="replay">The replay file of that run.</param>
    public static void Write(IReadOnlyList<Result> results, string? replay)
    {
        ExplorationTable.Write(results);
        if (results.FirstOrDefault(r => r.Found is not null) is { Found: { } found } violated)
        {
            Console.WriteLine($"\n{violated.Scenario}: {found.What}\n\n{found.Ladder}");
            Console.WriteLine(found.Way.Count > 0
                ? $"turns: {string.Join(' ', found.Way)}\n{Files(replay!)}" : $"again: refike explore --replay {replay}");
        }
    }

    /// <summary>What was written of a violation.</summary>
    public static string Files(string replay)
        => $"again: refike explore --replay {replay}\nbeside it the picture (.svg), the capture (.pcap) and the key log that opens it (.keys)";

    public static string Of(ReplayFile file, Violation? found) => Replayed(file.Scenario, file.Mutant, file.Violation, found);

    public static string Of(ActorTraceFile file, Violation? found) => Replayed(file.Scenario, file.Mutant, file.Violation, found);

    private static string Replayed(string scenario, string? mutant, string violation, Violation? found)
    {
        var what = mutant is null ? scenario : $"{scenario} with {mutant}";
        return found is null
            ? $"{what}: every property holds in this run; the file says {violation}\n"
            : $"{what}: {found.What}\n\n{found.Ladder}\n";
    }

    public static string List()
    {
        var text = new StringBuilder("Scenarios\n\n");
        foreach (var scenario in Scenario.All)
        {
            text.Append($"  {scenario.Name}  [{string.Join(' ', scenario.Properties)}]  {scenario.Race}".TrimEnd()).Append('\n');
            Wrapped(text, scenario.Words);
        }

        text.Append("\nSeeded faults\n\n");
        foreach (var mutant in Mutant.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {mutant.Id,-6} {mutant.Words} ({mutant.Clause})\n");
        }

        return text.ToString();
    }

    private static void Wrapped(StringBuilder text, string words)
    {
        var line = "     ";
        foreach (var word in words.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                text.Append(CultureInfo.InvariantCulture, $"{line}\n");
                line = "     ";
            }

            line += " " + word;
        }

        text.Append(CultureInfo.InvariantCulture, $"{line}\n");
    }
}
