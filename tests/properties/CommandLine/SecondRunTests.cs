using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>
/// A second run of a command that takes a seed gives the same bytes, in what it prints and in every file that it
/// writes; another seed gives others. The whole matrix is run twice by .ci/run.
/// </summary>
public sealed class SecondRunTests
{
    public static TheoryData<string> Commands =>
    [
        "handshake --auth rsa-sig --show-keys",
        "handshake --auth dss-sig --mode aggressive --group modp1024 --show-keys",
        "handshake --auth ecdsa-384 --group ecp384 --pfs --show-keys --format json",
        "handshake --auth rsa-enc --show-keys",
        "handshake --auth rsa-rev-enc --mode aggressive --show-keys --format json",
        "handshake --matrix --run 700",
        "handshake --matrix --run 1500 --format json",
        "explore --scenario simultaneous-initiation --schedules 40",
        "explore --scenario rekey --schedules 40 --format json",
        "explore --scenario loss --mutant M-118 --schedules 100",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task SecondRunGivesTheSameBytes(string command)
    {
        var (first, second, other) = (await RunAsync(command, 11), await RunAsync(command, 11), await RunAsync(command, 12));
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, file => Assert.Equal(Convert.ToHexString(file.Value), Convert.ToHexString(second[file.Key])));
        Assert.Contains(first, file => !other.TryGetValue(file.Key, out var bytes) || !file.Value.AsSpan().SequenceEqual(bytes));
    }

    /// <summary>What a run printed and the files that it wrote, by name.</summary>
    private static async Task<SortedDictionary<string, byte[]>> RunAsync(string command, int seed)
    {
        using var folder = new TestFolder();
        string[] files = command.StartsWith("handshake", StringComparison.Ordinal)
            && !command.Contains("--matrix", StringComparison.Ordinal)
            ? ["--pcap", "h.pcap", "--keylog", "h.keys", "--events", "h.events"]
            : [];
        var (code, text, error) = await RefikeProcess.RunAsync(
            folder.Name, [.. command.Split(' '), "--seed", $"{seed}", .. files]);
        Assert.True(code is 0 or 1, error);
        var all = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["printed"] = System.Text.Encoding.UTF8.GetBytes(text.Replace(folder.Name, "FOLDER", StringComparison.Ordinal)),
        };
        foreach (var file in Directory.GetFiles(folder.Name))
        {
            all[Path.GetFileName(file)] = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        }

        Assert.Equal(files.Length / 2, all.Count(f => f.Key.StartsWith("h.", StringComparison.Ordinal)));
        return all;
    }
}
