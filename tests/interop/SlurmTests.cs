using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using RefIke.Specification;
using Xunit;

namespace RefIke.Interop;

/// <summary>The scripts of <c>deploy/slurm</c> on a cluster of one node: four parts of a search as four tasks.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class SlurmTests : IDisposable
{
    private const string Scenario = "simultaneous-rekey";
    private static readonly string Refike = Path.Combine(AppContext.BaseDirectory, "refike");
    private static readonly string Scripts = Path.Combine(RowFile.FindRepository(AppContext.BaseDirectory)!, "deploy", "slurm");
    private readonly string folder = Directory.CreateTempSubdirectory("refike-slurm").FullName;

    private string Out => Path.Combine(folder, "out");

    /// <summary>Together they reach the states that one search reaches.</summary>
    [Fact]
    public void FourTasksReachWhatOneSearchDoes()
    {
        using var slurm = Cluster();
        string[] search = ["--exhaustive", "--scenario", Scenario, "--losses", "1", "--copies", "1"];
        Finish(slurm, Submit(slurm, [], search));
        Assert.Contains($"{Scenario}: 4 parts", Log("merge"), StringComparison.Ordinal);
        Assert.Equal(Digest(Whole(search)), Digest(Log("merge")));
    }

    /// <summary>
    /// What the time limit does to one part and scancel to another: the one goes back into the queue and goes on where it was, the other
    /// is missed by the merge and goes on when it is asked for again.
    /// </summary>
    [Fact]
    public void StoppedPartsGoOn()
    {
        using var slurm = Cluster();
        string[] search = ["--exhaustive", "--scenario", Scenario, "--losses", "2", "--copies", "3"];
        var jobs = Submit(slurm, [], search);
        Stop(slurm, 2, "--batch", "--signal=USR1", $"{jobs.Shards}_2");
        Stop(slurm, 3, $"{jobs.Shards}_3");
        Finish(slurm, jobs);
        Assert.Contains("part 2/4 goes back into the queue", Log("shard-2"), StringComparison.Ordinal);
        Assert.Contains("Restarts=1", slurm.Job($"{jobs.Shards}_2"), StringComparison.Ordinal);
        Assert.True(TakenUp(Log("shard-2")) > 1, Log("shard-2"));
        Assert.Contains("JobState=CANCELLED", slurm.Job($"{jobs.Shards}_3"), StringComparison.Ordinal);
        Assert.Contains("stopped before all was seen", Log("shard-3"), StringComparison.Ordinal);
        Assert.Contains($"of {Scenario} the parts 3 of 4 are missing", Log("merge"), StringComparison.Ordinal);
        Assert.Contains("ExitCode=2:0", slurm.Job(jobs.Merge), StringComparison.Ordinal);

        Finish(slurm, Submit(slurm, ["--only", "3"], search));
        Assert.True(TakenUp(Log("shard-3")) > 1, Log("shard-3"));
        Assert.Equal(Digest(Whole(search)), Digest(Log("merge")));
    }

    /// <summary>Of schedules that Coyote draws each part has its share.</summary>
    [Fact]
    public void PartsOfASampleAreJoined()
    {
        using var slurm = Cluster();
        var jobs = Submit(slurm, [], "--schedules", "40", "--scenario", Scenario);
        Finish(slurm, jobs);
        Assert.Contains("ExitCode=0:0", slurm.Job(jobs.Merge), StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(Out, "*-of-4.sample.json").Length);
        Assert.Contains(Scenario, Log("merge"), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, true);

    /// <summary>munged wants to be reached by everybody, so the folder may be entered.</summary>
    private SlurmCluster Cluster()
    {
        Assert.SkipUnless(SlurmCluster.Missing is null, SlurmCluster.Missing ?? "");
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        return new(folder, 4);
    }

    private (string Shards, string Merge) Submit(SlurmCluster slurm, string[] options, params string[] search)
    {
        var (code, output) = slurm.Run(Path.Combine(Scripts, "submit"),
            ["--out", Out, "--cpus", "1", "--memory", "1G", "--refike", Refike, .. options, "--", .. search]);
        Assert.True(code == 0, output);
        var jobs = Jobs().Match(output);
        return (jobs.Groups[1].Value, jobs.Groups[2].Value);
    }

    private static void Finish(SlurmCluster slurm, (string Shards, string Merge) jobs)
        => Assert.True(slurm.Ended(300, jobs.Shards, jobs.Merge), $"jobs {jobs} have not ended\n{slurm.Tail}");

    /// <summary>Signals a task whose search has come some way: past two seconds of a processor the runtime and the first steps are behind it.</summary>
    private void Stop(SlurmCluster slurm, int part, params string[] how)
    {
        Assert.True(Shell.WaitUntil(() => Searching(part) > TimeSpan.FromSeconds(2), 120), $"part {part} does not search\n{slurm.Tail}");
        Assert.Equal((0, ""), slurm.Run("scancel", how));
    }

    /// <summary>How much of a processor the process that searches a part has used.</summary>
    private TimeSpan Searching(int part)
    {
        foreach (var process in Process.GetProcessesByName("refike"))
        {
            using (process)
            {
                try
                {
                    var words = File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0');
                    if (words.Contains(Out) && words.Contains($"{part}/4"))
                    {
                        return process.TotalProcessorTime;
                    }
                }
                catch (Exception e) when (e is IOException or InvalidOperationException)
                {
                    // It has just ended.
                }
            }
        }

        return TimeSpan.Zero;
    }

    private string Log(string name) => File.ReadAllText(Path.Combine(Out, "log", $"{name}.txt"));

    /// <summary>The same search in one process.</summary>
    private static string Whole(params string[] search)
    {
        using var process = Shell.Start(Refike, ["explore", .. search]);
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(300_000), "the whole search has not ended");
        Assert.Equal(0, process.ExitCode);
        return output.Result;
    }

    private static string Digest(string text) => DigestLine().Matches(text)[^1].Groups[1].Value;

    private static long TakenUp(string text) => TakenUpLine().Matches(text) is { Count: > 0 } found
        ? long.Parse(found[^1].Groups[1].Value.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("shards: job ([0-9]+), merge: job ([0-9]+)")]
    private static partial Regex Jobs();

    [GeneratedRegex("digest +([0-9a-f]{64})")]
    private static partial Regex DigestLine();

    [GeneratedRegex("taken up +([0-9,]+) states")]
    private static partial Regex TakenUpLine();
}
