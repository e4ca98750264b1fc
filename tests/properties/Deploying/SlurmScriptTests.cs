using System.Diagnostics;
using System.Runtime.Versioning;
using RefIke.Cli;
using RefIke.Properties.CommandLine;
using RefIke.Properties.Engine;
using Xunit;

namespace RefIke.Properties.Deploying;

/// <summary>The scripts of <c>deploy/slurm</c> where no Slurm is: what they tell it and make of signals; the live test has the real one.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SlurmScriptTests : IDisposable
{
    private static readonly string Scripts = Path.Combine(Pair.Repository, "deploy", "slurm");
    private readonly TestFolder folder = new();

    [Theory]
    [InlineData("--out is missing", "--", "--exhaustive")]
    [InlineData("no options of refike explore", "--out", "o")]
    [InlineData("--shards: 1 is not a number from 2", "--out", "o", "--shards", "1", "--", "--exhaustive")]
    [InlineData("--shards wants a value", "--out", "o", "--shards")]
    [InlineData("--exhaustive is no option", "--out", "o", "--exhaustive")]
    [InlineData("--resume=r is for this script to give", "--out", "o", "--", "--exhaustive", "--resume=r")]
    [InlineData("there is no program none-such", "--out", "o", "--refike", "none-such", "--", "--exhaustive")]
    public void WrongUseIsRefused(string why, params string[] arguments)
    {
        var (code, output) = Run("submit", [], arguments);
        Assert.Equal(2, code);
        Assert.Contains($"submit: {why}", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(folder.Name));
    }

    /// <summary>An array of as many tasks as parts, and the merge after it.</summary>
    [Fact]
    public void MergeFollowsTheArray()
    {
        Program("sbatch", "echo \"$*\" >> told; echo '7;cluster'");
        var refike = Program("refike", "exit 0");
        var (code, output) = Run("submit", [], "--out", "o", "--shards", "16", "--refike", refike, "--slurm", "--partition=long", "--", "--schedules", "9");
        Assert.True(code == 0, output);
        var told = File.ReadAllLines(folder.File("told"));
        Assert.Contains("--array=1-16 ", told[0], StringComparison.Ordinal);
        Assert.EndsWith($"--partition=long {Scripts}/shard.sbatch {refike} {folder.File("o")} 16 20 --schedules 9", told[0], StringComparison.Ordinal);
        Assert.Contains("--dependency=afterany:7 ", told[1], StringComparison.Ordinal);
        Assert.EndsWith($"--partition=long {Scripts}/merge.sbatch {refike} {folder.File("o")}", told[1], StringComparison.Ordinal);
    }

    /// <summary>Its own end is the task's, whatever it is; nothing is queued again.</summary>
    [Theory]
    [InlineData(ExitCodes.Held)]
    [InlineData(ExitCodes.Failed)]
    [InlineData(ExitCodes.BadInput)]
    [InlineData(ExitCodes.Undecided)]
    public void TaskEndsAsThePartDid(int code)
    {
        var ended = Task($"echo \"$@\"; exit {code}", 0, "--exhaustive", "--scenario", "rekey");
        Assert.Equal(code, ended.Code);
        Assert.Contains($"explore --exhaustive --scenario rekey --shard 3/4 --out {folder.Name} --resume {folder.Name}/resume", ended.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("told")));
    }

    /// <summary>The time is nearly over: a search that can go on is queued again, by its own number, as often as was allowed.</summary>
    [Theory]
    [InlineData("goes back into the queue", true, 0, "--exhaustive")]
    [InlineData("was started 3 times: no more", false, 2, "--exhaustive")]
    [InlineData("had too little time, and a sample is not gone on with", false, 0, "--schedules")]
    public void WarnedTaskIsQueuedAgain(string says, bool queued, int restarts, string search)
    {
        var ended = Task("trap 'exit 3' TERM; kill -USR1 $PPID; while :; do sleep 0.1; done", restarts, search);
        Assert.Equal(ExitCodes.Undecided, ended.Code);
        Assert.Contains($"part 3/4 {says}", ended.Output, StringComparison.Ordinal);
        Assert.Equal(queued ? "requeue 7_3\n" : "", File.Exists(folder.File("told")) ? File.ReadAllText(folder.File("told")) : "");
    }

    /// <summary>Preempted or cancelled: Slurm tells refike itself, and whether the task comes again is not the task's to say.</summary>
    [Fact]
    public void TerminatedTaskWaitsForItsPart()
    {
        var ended = Task("trap 'echo told twice; exit 9' TERM; kill -TERM $PPID; sleep 1; echo written down; exit 3", 0, "--exhaustive");
        Assert.Equal(ExitCodes.Undecided, ended.Code);
        Assert.Contains("written down", ended.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("told")));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>The third of four tasks with such a refike, which may be started three times.</summary>
    private (int Code, string Output) Task(string refike, int restarts, params string[] search)
    {
        Program("scontrol", "echo \"$*\" >> told");
        Dictionary<string, string> slurm = new()
        {
            ["SLURM_ARRAY_JOB_ID"] = "7",
            ["SLURM_ARRAY_TASK_ID"] = "3",
            ["SLURM_RESTART_COUNT"] = $"{restarts}",
        };
        return Run("shard.sbatch", slurm, [Program("refike", refike), folder.Name, "4", "2", .. search]);
    }

    private string Program(string name, string does)
    {
        var path = folder.Write(name, $"#!/bin/bash\n{does}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private (int Code, string Output) Run(string script, Dictionary<string, string> variables, params string[] arguments)
    {
        Assert.SkipUnless(RefikeProcess.Has("bash"), "bash is not installed");
        var start = new ProcessStartInfo("bash", [Path.Combine(Scripts, script), .. arguments])
        {
            WorkingDirectory = folder.Name,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder.Name}:{start.Environment["PATH"]}";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(60_000))
        {
            process.Kill(true);
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
