using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RefIke.Specification.Symbolic;

/// <summary>The models in a folder of their own, as they are or with a fault, and one variant's searches in it.</summary>
internal sealed partial class MaudeModel : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("refike-maude").FullName;
    private readonly MaudeVariant variant;
    private readonly CancellationToken stop;

    /// <param name="change">What is done to each file first, by its name.</param>
    public MaudeModel(string repository, MaudeVariant variant, Func<string, string, string>? change, CancellationToken stop)
    {
        this.stop = stop;
        foreach (var file in Directory.GetFiles(MaudeVariant.Folder(repository), $"*{MaudeVariant.Extension}"))
        {
            var name = Path.GetFileName(file);
            var text = File.ReadAllText(file);
            File.WriteAllText(Path.Combine(folder, name), change is null ? text : change(name, text));
        }

        this.variant = variant with { Text = File.ReadAllText(Path.Combine(folder, variant.Name + MaudeVariant.Extension)) };
    }

    /// <summary>
    /// What each of some searches found: whether there was a solution, in how many states; or what Maude complained of.
    /// </summary>
    public MaudeResults Ask(IReadOnlyList<MaudeSearch> searches)
    {
        var (output, error) = Execute(variant.Modules + string.Concat(searches.Select(s => Command(s, s.Start))));
        var results = Result().Matches(output)
            .Select(m => new MaudeResult(m.Groups[1].Success, Number(m.Groups[2]), TimeSpan.FromMilliseconds(Number(m.Groups[3])))).ToArray();
        // Maude exits with 0 whatever happens: a complaint, or a search without a result, is a model that is none.
        return results.Length == searches.Count && error.Length == 0
            ? new(results, [])
            : new([], [$"{results.Length} of {searches.Count} searches ran",
                .. error.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>A digest of all that the results depend on: the tool, the file and what it loads, the searches.</summary>
    public string Key(IReadOnlyList<MaudeSearch> searches)
        => CheckCache.Key([Version(), .. variant.Loads(folder), .. searches.Select(s => Command(s, s.Start))]);

    /// <summary>The way to the solution of a search, drawn.</summary>
    public IReadOnlyList<string> Draw(MaudeSearch search)
    {
        var asked = variant.Modules + Command(search, $"drawn({search.Start})");
        var solution = Solution().Match(Execute(asked).Output);
        return solution.Success
            ? MaudeLadder.Draw(search, Execute($"{asked}show path {solution.Groups[1].Value} .\n").Output)
            : ["no path: the search with events has no solution"];
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, true);

    private static string Version()
    {
        using var process = Process.Start(new ProcessStartInfo("maude", "--version") { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    }

    private static string Command(MaudeSearch s, string start)
        => $"search [1] {(s.Module.Length == 0 ? "" : $"in {s.Module} : ")}{start} =>* C:Conf such that {s.Goal} .\n";

    private (string Output, string Error) Execute(string text)
    {
        stop.ThrowIfCancellationRequested();
        var file = Path.Combine(folder, "asked" + MaudeVariant.Extension);
        File.WriteAllText(file, text);
        using var process = Process.Start(new ProcessStartInfo(
            "maude", ["-no-banner", "-no-advise", "-no-wrap", Path.GetFileName(file)])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // It looks for files there, not in its current folder.
            Environment = { ["PWD"] = folder },
        })!;
        using var killed = stop.Register(() =>
        {
            if (!process.HasExited)
            {
                process.Kill(true);
            }
        });
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        return (output, error.Result);
    }

    private static long Number(Group group) => long.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?:No solution\.|(Solution 1) \(state \d+\))\nstates: (\d+)  rewrites: \d+ in \d+ms cpu \((\d+)ms real\)",
        RegexOptions.Multiline)]
    private static partial Regex Result();

    [GeneratedRegex(@"^Solution 1 \(state (\d+)\)", RegexOptions.Multiline)]
    private static partial Regex Solution();
}

/// <summary>What one search found.</summary>
internal sealed record MaudeResult(bool Found, long States, TimeSpan Time);

/// <summary>What each of some searches found, or what Maude complained of.</summary>
internal sealed record MaudeResults(IReadOnlyList<MaudeResult> Results, IReadOnlyList<string> Faults);
