using RefIke.Cli.Hosting;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Specification;

namespace RefIke.Cli.Exploring;

/// <summary>
/// A violation as files for whoever wants to see it: to play it again, as a picture, and as a capture with the key log that opens it. The
/// keys are of named random octets, and open nothing else.
/// </summary>
internal static class Counterexample
{
    private static readonly DateTimeOffset Zero = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes them into a folder, which is made if it is not there.</summary>
    /// <returns>The full path of the replay file; the others have its name with other endings.</returns>
    /// <exception cref="BadInputException">One cannot be written.</exception>
    public static string Write(string folder, Scenario scenario, Budget budget, Variation? mutant, Violation found)
    {
        var replay = ReplayFile.Write(folder, scenario.Name, budget, mutant, found);
        var story = Story.Of(scenario, budget, found.Way, new TraceAcceptance(SpecificationTables.Rows), mutant);
        var name = replay[..^ReplayFile.Ending.Length];
        var title = mutant is null ? scenario.Name : $"{scenario.Name} with {mutant.Label}";
        using (var picture = new StreamWriter(OutputFile.Create(name + ".svg")))
        {
            picture.Write(LadderSvg.Of(title, found.What, story.Lines));
        }

        Capture(name + ".pcap", story);
        using var keys = new KeyLogFile(name + ".keys");
        foreach (var effect in story.Keys)
        {
            keys.Write(effect);
        }

        return replay;
    }

    /// <summary>Virtual time, and within one moment a microsecond for each datagram, so that their order stays.</summary>
    private static void Capture(string path, Story story)
    {
        var at = Zero;
        using var file = new PcapFile(path, () => at);
        foreach (var datagram in story.Datagrams)
        {
            var due = Zero.AddMilliseconds(datagram.At.Milliseconds);
            at = due > at ? due : at.AddMicroseconds(1);
            file.Write(datagram.From, datagram.To, [.. new byte[datagram.HasMarker ? 4 : 0], .. datagram.Datagram.Span]);
        }
    }
}
