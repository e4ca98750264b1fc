using RefIke.Cli.Exploring;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike explore --merge</c>: the parts of a search, of a sampling, or of both.</summary>
internal static class ExploreMerge
{
    public static int Run(string folder, bool json)
    {
        if (SampleFiles.Parts(folder) is not { Length: > 0 } samples)
        {
            var merged = ShardFiles.Merge(folder);
            Console.Out.Write(json ? ShardFiles.Json(merged) : ShardFiles.Text(merged));
            return merged.Any(m => m.Violated.Count > 0) ? ExitCodes.Failed : ExitCodes.Held;
        }

        if (ShardFiles.AreIn(folder))
        {
            throw new BadInputException($"--merge: {folder} has parts of a search and of a sampling; each wants a folder of its own");
        }

        var all = SampleFiles.Merge(samples);
        Console.Out.Write(json ? SampleText.Json(all) : SampleText.Of(all));
        return all.Scenarios.Any(s => s.Violated is not null) ? ExitCodes.Failed : all.Whole ? ExitCodes.Held : ExitCodes.Undecided;
    }
}
