using System.Collections.Immutable;
using System.Text;
using RefIke.Engine;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Worlds;
using RefIke.Vectors.Negative;
using Xunit;

namespace RefIke.Vectors.Tests.Negative;

/// <summary>
/// The negative vectors can fail: an altered file is noticed, and so is an endpoint that leaves a check out.
/// </summary>
public sealed class NegativeVectorFaultTests
{
    public static TheoryData<string> Texts => NegativeVectorTests.Texts;

    private static string TablePath => VectorFolder.In("Negative", "mutants.md");

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
            result with { Rejections = [.. result.Rejections[..^1], last with { Kind = "Other" }] },
            result with { Rejections = [] },
            result with { Rejections = [.. result.Rejections[..^1],
                last with { Notify = new Notice("INVALID-SPI", 11) }] },
            result with { Rejections = [.. result.Rejections[..^1], last with { Offset = (last.Offset ?? 0) + 1 }] },
            result with { Answers = [.. result.Answers, new byte[28]] }, result with { MayAnswer = !result.MayAnswer },
            result with { State = "other" }, result with { Changes = [.. result.Changes, "IPsec SA: gone"] },
            result with { Remains = result.Remains with { IpsecSas = ["00000000"] } },
        ];
        foreach (var other in altered)
        {
            var text = (file with
            {
                Groups = [group with { Cases = [.. group.Cases
                .Select(c => c == one ? c with { Result = other } : c)] }],
                NumberOfCases = group.Cases.Length
            }).Write();
            var faults = NegativeVectors.Faults(text);
            Assert.NotEmpty(faults);
            Assert.All(faults, f => Assert.StartsWith($"{one.Id}:", f, StringComparison.Ordinal));
        }
    }

    /// <summary>
    /// What comes before a case is held to as well: other inputs, a datagram that RefIke would not send, other random
    /// octets.
    /// </summary>
    [Fact]
    public void AlteredSetupIsNoticed()
    {
        var file = NegativeFile.Read(File.ReadAllText(NegativeVectorTests.PathOf("hash.json")));
        var group = file.Groups[0];
        var sent = group.Setup.Before.First(o => o.What == "sent");
        Setting[] altered =
        [
            group.Setup with { Inputs = group.Setup.Inputs with { PreSharedKey = "guess"u8.ToArray() } },
            group.Setup with { Configuration = "nobody:B" },
            group.Setup with { Before = group.Setup.Before.Replace(sent, sent with { Datagram = new byte[28] }) },
            group.Setup with { Before = group.Setup.Before.Remove(sent) },
            group.Setup with { Random = [.. group.Setup.Random
                .Select(d => d with { Octets = new byte[d.Octets.Length] })] },
        ];
        Assert.All(altered, s => Assert.NotEmpty(
            NegativeVectors.Faults((file with
            {
                Groups = [group with { Setup = s }],
                NumberOfCases = group.Cases.Length
            }).Write())));
    }

    /// <summary>
    /// Negative/mutants.md says by which case each seeded fault is found, and it is. REFIKE_ACCEPT=mutants in the
    /// environment looks for all of them again, which takes minutes.
    /// </summary>
    [Fact]
    public void SeededFaultsAreFound()
    {
        var groups = NegativeVectorTests.Names.SelectMany(n =>
            NegativeFile.Read(File.ReadAllText(NegativeVectorTests.PathOf(n))).Groups).ToImmutableArray();
        if (Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "mutants")
        {
            File.WriteAllText(TablePath, Table(groups));
        }

        var rows = File.ReadLines(TablePath).Where(l => l.StartsWith("| M-", StringComparison.Ordinal))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries)).ToArray();
        Assert.InRange(rows.Length, 30, Mutant.All.Length);
        foreach (var row in rows)
        {
            var (mutant, id) = (Mutant.All.Single(m => m.Id == row[1]), row[3].Trim('`'));
            Assert.Equal(mutant.Words, row[2]);
            var group = groups.Single(g => g.Cases.Any(c => c.Id == id));
            var alone = group with { Cases = [group.Cases.Single(c => c.Id == id)] };
            Assert.True(Found(mutant, alone).Any(f => f.StartsWith($"{id}:", StringComparison.Ordinal)),
                $"{mutant.Id} is not found by {id}");
        }
    }

    private static IEnumerable<string> Found(Mutant mutant, NegativeGroup group)
        => new NegativeReplay(mutant.Change, step => Safe(mutant.Around(new Step(step)))).Faults(group);

    /// <summary>A fault may make the endpoint throw: then it refuses nothing.</summary>
    private static NegativeStep Safe(Step step) => (state, now, input) =>
    {
        try
        {
            return step(state, now, input);
        }
        catch (Exception e) when (e is NullReferenceException or InvalidOperationException)
        {
            return (state, []);
        }
    };

    private static string Table(ImmutableArray<NegativeGroup> groups)
    {
        var table = new StringBuilder(
            "# Seeded faults that a negative vector finds\n\nWritten by the tests. The fault is in the endpoint under test; the case is one that comes out otherwise.\n\n| fault | | found by |\n|---|---|---|\n");
        var found = Mutant.All.AsParallel().AsOrdered().Select(m =>
            (Mutant: m, Case: groups.SelectMany(g => Found(m, g).Select(f => (Group: g, Fault: f)))
            .FirstOrDefault(x => x.Group.Cases.Any(c => x.Fault.StartsWith($"{c.Id}:", StringComparison.Ordinal)))));
        foreach (var (mutant, one) in found.Where(f => f.Case.Group is not null))
        {
            table.Append($"| {mutant.Id} | {mutant.Words} | `{one.Fault[..one.Fault.IndexOf(':', StringComparison.Ordinal)]}` |\n");
        }

        return $"{table}";
    }
}
