using RefIke.Vectors.Negative;
using Xunit;

namespace RefIke.Vectors.Tests.Negative;

/// <summary>The negative vectors can fail: an altered file is noticed.</summary>
public sealed class NegativeVectorFaultTests
{
    public static TheoryData<string> Texts => NegativeVectorTests.Texts;

    /// <summary>A case whose expected result is altered is named, and it alone.</summary>
    [Theory]
    [MemberData(nameof(Texts))]
    public void AlteredResultIsNoticed(string name)
    {
        var file = NegativeFile.Read(File.ReadAllText(NegativeVectorTests.PathOf(name)));
        var group = file.Groups[file.Groups.Length / 2];
        var one = group.Cases[group.Cases.Length / 2];
        var (result, last) = (one.Result, one.Result.Rejections[^1]);
        Outcome[] altered =
        [
            result with { Rejections = [.. result.Rejections[..^1], last with { Kind = "Other" }] }, result with { Rejections = [] },
            result with { Rejections = [.. result.Rejections[..^1], last with { Notify = new Notice("INVALID-SPI", 11) }] },
            result with { Rejections = [.. result.Rejections[..^1], last with { Offset = (last.Offset ?? 0) + 1 }] },
            result with { Answers = [.. result.Answers, new byte[28]] }, result with { MayAnswer = !result.MayAnswer },
            result with { State = "other" }, result with { Changes = [.. result.Changes, "IPsec SA: gone"] },
            result with { Remains = result.Remains with { IpsecSas = ["00000000"] } },
        ];
        foreach (var other in altered)
        {
            var text = (file with { Groups = [group with { Cases = [.. group.Cases.Select(c => c == one ? c with { Result = other } : c)] }], NumberOfCases = group.Cases.Length }).Write();
            var faults = NegativeVectors.Faults(text);
            Assert.NotEmpty(faults);
            Assert.All(faults, f => Assert.StartsWith($"{one.Id}:", f, StringComparison.Ordinal));
        }
    }

    /// <summary>What comes before a case is held to as well: other inputs, a datagram that RefIke would not send, other random octets.</summary>
    [Fact]
    public void AlteredSetupIsNoticed()
    {
        var file = NegativeFile.Read(File.ReadAllText(NegativeVectorTests.PathOf("hash.json")));
        var group = file.Groups[0];
        var sent = group.Setup.Before.First(o => o.What == "sent");
        Setting[] altered =
        [
            group.Setup with { Inputs = group.Setup.Inputs with { PreSharedKey = "guess"u8.ToArray() } }, group.Setup with { Configuration = "nobody:B" },
            group.Setup with { Before = group.Setup.Before.Replace(sent, sent with { Datagram = new byte[28] }) }, group.Setup with { Before = group.Setup.Before.Remove(sent) },
            group.Setup with { Random = [.. group.Setup.Random.Select(d => d with { Octets = new byte[d.Octets.Length] })] },
        ];
        Assert.All(altered, s => Assert.NotEmpty(
            NegativeVectors.Faults((file with { Groups = [group with { Setup = s }], NumberOfCases = group.Cases.Length }).Write())));
    }
}
