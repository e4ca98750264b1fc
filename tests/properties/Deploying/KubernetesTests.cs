using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using RefIke.Cli;
using RefIke.Properties.CommandLine;
using RefIke.Properties.Engine;
using Xunit;

namespace RefIke.Properties.Deploying;

/// <summary>
/// The manifests of <c>deploy/kubernetes</c> against the types of the API, made from its published schema: no unknown field, none twice, each
/// of its type. What those types leave open (which words a field takes, what must go together) is held here too, and what the pods
/// run is run.
/// </summary>
public sealed partial class KubernetesTests
{
    private static readonly string Folder = Path.Combine(Pair.Repository, "deploy", "kubernetes");

    public static TheoryData<string> Manifests => [.. Directory.GetFiles(Folder, "*.yaml").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Jobs => ["merge.yaml", "shards.yaml"];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void ManifestIsOfTheApi(string name) => Assert.Single(Read(Text(name)));

    /// <summary>Each field in turn is written wrongly by one letter, and refused.</summary>
    [Theory]
    [MemberData(nameof(Manifests))]
    public void MisspeltFieldIsRefused(string name)
    {
        var text = Text(name);
        var fields = Field().Matches(text).Select(m => m.Groups[1]).Where(f => f.Value is not ("cpu" or "memory" or "storage")).ToArray();
        Assert.True(fields.Length > 5);
        Assert.All(fields, f => Assert.ThrowsAny<Exception>(() => Read(text.Insert(f.Index + 1, "x"))));
    }

    [Theory]
    [InlineData("completions: 4", "completions: four")]
    [InlineData("completions: 4", "completions: 4\n  completions: 8")]
    [InlineData("memory: 4Gi", "memory: 4Gx")]
    [InlineData("kind: Job", "kind: Jab")]
    [InlineData("batch/v1", "batch/v0")]
    [InlineData("values: [1, 2]", "values: all")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: perhaps")]
    [InlineData("drop: [ALL]", "drop: {ALL: true}")]
    public void ValueOfAnotherTypeIsRefused(string right, string wrong)
    {
        Assert.Contains(right, Text("shards.yaml"), StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => Read(Text("shards.yaml").Replace(right, wrong, StringComparison.Ordinal)));
    }

    /// <summary>One pod a part; a verdict or a mistake ends all, a stop does not.</summary>
    [Fact]
    public void EachIndexIsAPart()
    {
        var job = Job("shards.yaml").Spec;
        var container = job.Template.Spec.Containers.Single();
        Assert.Equal("Indexed", job.CompletionMode);
        Assert.Equal($"{job.Completions}", container.Env.Single(e => e.Name == "SHARDS").Value);
        Assert.NotNull(job.BackoffLimitPerIndex);
        Assert.Equal([ExitCodes.Failed, ExitCodes.BadInput], Codes(job));
        Assert.Equal("requests.cpu", container.Env.Single(e => e.Name == "DOTNET_PROCESSOR_COUNT").ValueFrom.ResourceFieldRef.Resource);
        Assert.Contains("cpu", container.Resources.Requests.Keys);
    }

    /// <summary>The rules that the API has for a policy of failures; a pod that was disrupted costs no try.</summary>
    [Theory]
    [MemberData(nameof(Jobs))]
    public void DisruptionIsNoFailure(string name)
    {
        var job = Job(name).Spec;
        Assert.Equal("Never", job.Template.Spec.RestartPolicy);
        Assert.All(job.PodFailurePolicy.Rules, r => Assert.True(r.OnExitCodes is null != r.OnPodConditions is null));
        var (first, second) = (job.PodFailurePolicy.Rules[0], job.PodFailurePolicy.Rules[1]);
        Assert.Equal(("Ignore", "DisruptionTarget", "True"), (first.Action, first.OnPodConditions.Single().Type, first.OnPodConditions.Single().Status));
        Assert.Equal(("FailJob", "In"), (second.Action, second.OnExitCodes.OperatorProperty));
        Assert.Equal(job.Template.Spec.Containers.Single().Name, second.OnExitCodes.ContainerName);
    }

    /// <summary>No root, nothing beyond the volume to write to, no account of the cluster's.</summary>
    [Theory]
    [MemberData(nameof(Jobs))]
    public void PodHasNoPrivilege(string name)
    {
        var pod = Job(name).Spec.Template.Spec;
        var container = pod.Containers.Single();
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.True(pod.SecurityContext.RunAsUser > 0);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal(["memory"], container.Resources.Limits.Keys);
    }

    /// <summary>Both jobs have the one volume at the place that they name.</summary>
    [Theory]
    [MemberData(nameof(Jobs))]
    public void VolumeIsTheOneThatIsClaimed(string name)
    {
        var claim = Assert.IsType<V1PersistentVolumeClaim>(Read(Text("volume.yaml")).Single());
        var pod = Job(name).Spec.Template.Spec;
        Assert.Equal(["ReadWriteMany"], claim.Spec.AccessModes);
        Assert.Equal(claim.Metadata.Name, pod.Volumes.Single().PersistentVolumeClaim.ClaimName);
        Assert.Equal((pod.Volumes.Single().Name, "/shards"), (pod.Containers.Single().VolumeMounts.Single().Name, pod.Containers.Single().VolumeMounts.Single().MountPath));
    }

    /// <summary>What the pods run, one after the other, with less to search: four parts that the merge joins.</summary>
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void PodsSearchAndMerge()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "there is no /bin/sh");
        using var folder = new TestFolder();
        var shards = Job("shards.yaml").Spec;
        for (var index = 0; index < shards.Completions; index++)
        {
            var (code, output) = Run(folder, shards.Template.Spec.Containers.Single(), index);
            Assert.True(code == ExitCodes.Held, output);
        }

        Assert.Equal(4, Directory.GetDirectories(folder.File("shards/resume")).Length);
        var merged = Run(folder, Job("merge.yaml").Spec.Template.Spec.Containers.Single(), 0);
        Assert.Equal(ExitCodes.Held, merged.Code);
        Assert.Contains("simultaneous-rekey: 4 parts", merged.Output, StringComparison.Ordinal);
    }

    /// <summary>A container without a command runs the image's entry point. <c>dotnet</c> is one that has the tool elsewhere.</summary>
    [UnsupportedOSPlatform("windows")]
    private static (int Code, string Output) Run(TestFolder folder, V1Container container, int index)
    {
        var dotnet = folder.Write("dotnet", $"#!/bin/sh\n[ \"$1\" = {DockerfileTests.Program} ] || exit 99\nshift\nPATH=${{PATH#*:}} exec dotnet {RefikeProcess.Tool} \"$@\"\n");
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        string[] words = [.. container.Command ?? ["dotnet", DockerfileTests.Program], .. container.Args];
        words = [.. words.Select(w => w == "2" ? "0" : w.Replace("/shards", folder.File("shards"), StringComparison.Ordinal))];
        var start = new ProcessStartInfo(words[0] == "dotnet" ? dotnet : words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{folder.Name}:{start.Environment["PATH"]}";
        start.Environment["JOB_COMPLETION_INDEX"] = $"{index}";
        foreach (var variable in container.Env?.Where(e => e.Value is not null) ?? [])
        {
            start.Environment[variable.Name] = variable.Value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    }

    private static IEnumerable<int> Codes(V1JobSpec job) => job.PodFailurePolicy.Rules.Where(r => r.OnExitCodes is not null).SelectMany(r => r.OnExitCodes.Values);

    private static V1Job Job(string name) => Assert.IsType<V1Job>(Read(Text(name)).Single());

    private static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name)).ReplaceLineEndings("\n");

    private static List<object> Read(string text) => KubernetesYaml.LoadAllFromString(text, strict: true);

    [GeneratedRegex("^ *(?:- )?([A-Za-z]+):", RegexOptions.Multiline)]
    private static partial Regex Field();
}
