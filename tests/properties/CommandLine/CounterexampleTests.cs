using System.Buffers.Binary;
using System.Xml.Linq;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>What is written of a violation besides the replay file: a picture, a capture, and the key log that opens it.</summary>
public sealed class CounterexampleTests
{
    [Theory]
    [InlineData("explore", "--scenario", "rekey", "--mutant", "M-145")]
    [InlineData("explore", "--exhaustive", "--scenario", "rekey", "--mutant", "M-145")]
    public async Task ViolationIsWrittenForEveryReader(params string[] arguments)
    {
        using var folder = new TestFolder();
        var (code, text, _) = await RefikeProcess.RunAsync(folder.Name, [.. arguments, "--out", "found"]);
        Assert.Equal(1, code);
        var picture = XDocument.Load(folder.File("found/rekey.svg"));
        XNamespace svg = "http://www.w3.org/2000/svg";
        string[] words = [.. picture.Descendants(svg + "text").Select(t => t.Value.Trim())];
        Assert.Contains("L-05: there is no pair that both ends hold", words);
        Assert.Contains(words, w => w.StartsWith("HDR* QuickMode", StringComparison.Ordinal) && w.EndsWith("— lost", StringComparison.Ordinal));
        Assert.Equal(text.Count(c => c is '▶' or '◀'), Packets(File.ReadAllBytes(folder.File("found/rekey.pcap"))));
        Assert.Contains(File.ReadLines(folder.File("found/rekey.keys")), l => l.Length == 16 + 1 + 48 && l[16] == ',');
        var (again, _, _) = await RefikeProcess.RunAsync(folder.Name, "explore", "--replay", folder.File("found/rekey.replay.json"));
        Assert.Equal(1, again);
    }

    private static int Packets(byte[] capture)
    {
        var count = 0;
        for (var at = 24; at < capture.Length; count++)
        {
            at += 16 + BinaryPrimitives.ReadInt32LittleEndian(capture.AsSpan(at + 8));
        }

        return count;
    }
}
