using System.Text.RegularExpressions;
using System.Xml.Linq;
using RefIke.Properties.Engine;
using Xunit;

namespace RefIke.Properties.Deploying;

/// <summary><c>deploy/Dockerfile</c> read as text: what it copies is there and enough, and nothing runs as root.</summary>
public sealed partial class DockerfileTests
{
    /// <summary>Where the image has the program.</summary>
    public const string Program = "/opt/refike/refike.dll";

    private static readonly string Folder = Path.Combine(Pair.Repository, "deploy");
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Folder, "Dockerfile"));

    /// <summary>From the repository, not from another stage.</summary>
    private static string[] Copied => [.. Lines.Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from", StringComparison.Ordinal))
        .SelectMany(l => l.Split(' ')[1..^1])];

    /// <summary>What is copied is there, is let through to the builder, and nothing else is.</summary>
    [Fact]
    public void EveryCopiedPathIsThere()
    {
        Assert.All(Copied, path => Assert.True(Path.Exists(Path.Combine(Pair.Repository, path)), path));
        var ignore = File.ReadAllLines(Path.Combine(Folder, "Dockerfile.dockerignore"));
        Assert.Equal(["*", .. Copied.Select(p => $"!{p}"), "**/bin", "**/obj"], ignore);
    }

    /// <summary>All projects that the tool is made of, what they embed, and what their builds import.</summary>
    [Fact]
    public void WhatTheToolIsMadeOfIsCopied()
    {
        var needed = Projects(Path.Combine(Pair.Repository, "src", "RefIke.Cli", "RefIke.Cli.csproj")).Distinct().SelectMany(p =>
            XDocument.Load(p).Descendants("EmbeddedResource").Select(e => FullPath(p, e.Attribute("Include")!.Value)).Prepend(p)).ToArray();
        Assert.Contains(needed, n => n.Contains("vectors", StringComparison.Ordinal));
        string[] beside = ["global.json", "BannedSymbols.txt", ".editorconfig", .. Directory.GetFiles(Pair.Repository, "Directory.*").Select(f => Path.GetFileName(f))];
        Assert.All(needed.Select(n => Path.GetRelativePath(Pair.Repository, n)).Concat(beside),
            n => Assert.Contains(Copied, c => n == c || n.StartsWith($"{c}/", StringComparison.Ordinal)));
    }

    /// <summary>No registry is chosen here, and none is taken by accident.</summary>
    [Fact]
    public void RegistryIsToBeGiven()
    {
        Assert.Contains("ARG REGISTRY", Lines);
        var stages = Lines.Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, stages.Length);
        Assert.All(stages, s => Assert.StartsWith("FROM ${REGISTRY:?}/dotnet/", s, StringComparison.Ordinal));
    }

    /// <summary>The last stage: what was published, by the base image's own user, with the tool as the entry point.</summary>
    [Fact]
    public void ImageRunsTheToolWithoutRoot()
    {
        var last = Lines[Array.FindLastIndex(Lines, l => l.StartsWith("FROM ", StringComparison.Ordinal))..];
        Assert.Equal("USER $APP_UID", last.Last(l => l.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.Equal($"ENTRYPOINT [\"dotnet\", \"{Program}\"]", last[^1]);
        var target = Published().Match(string.Join('\n', Lines)).Groups[1].Value;
        Assert.Equal(Path.GetDirectoryName(Program), target);
        Assert.Contains($"COPY --from=build {target} {target}", last);
    }

    private static IEnumerable<string> Projects(string project)
        => XDocument.Load(project).Descendants("ProjectReference").SelectMany(r => Projects(FullPath(project, r.Attribute("Include")!.Value))).Prepend(project);

    private static string FullPath(string project, string include) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, include));

    [GeneratedRegex("^RUN dotnet publish src/RefIke.Cli .*-o ([^ ]+)", RegexOptions.Multiline)]
    private static partial Regex Published();
}
