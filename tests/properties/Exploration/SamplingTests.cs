using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>How schedules are counted and split, what is covered, and that none of it grows with them.</summary>
public sealed class SamplingTests
{
    private static readonly IReadOnlyList<Row> Rows = RowFile.ReadAll(Pair.Repository);

    public static TheoryData<string> Scenarios => ["honest", "replay", "heavy-loss", "simultaneous-initiation", "parent-deleted"];

    [Fact]
    public void DifferentSchedulesAreCountedExactlyAndThenWithinThreePercent()
    {
        var different = new DifferentSchedules();
        foreach (var count in (int[])[10_000, DifferentSchedules.MostKept, 400_000])
        {
            for (var n = 0; n < count; n++)
            {
                different.Add([n / 1000, n % 1000, 3]);
                different.Add([n / 1000, n % 1000, 3]);
            }

            Assert.Equal(count > DifferentSchedules.MostKept, different.IsEstimate);
            Assert.InRange(different.Count, different.IsEstimate ? count * 0.97 : count, different.IsEstimate ? count * 1.03 : count);
        }
    }

    /// <summary>No schedule has two beginnings, each has one, and each beginning is in one part.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void PartsAreDisjointAndComplete(string name)
    {
        var scenario = Scenario.All.Single(s => s.Name == name);
        var moves = new Rules(scenario, null, null).Fresh().Moves;
        const int parts = 5;
        var all = Prefixes.All(moves, Prefixes.ForEachPart * parts);
        var split = Enumerable.Range(1, parts).SelectMany(p => Prefixes.Of(moves, p, parts)).ToArray();
        Assert.Equal(all.Count, split.Length);
        Assert.Equal(Words(all).Order(StringComparer.Ordinal), Words(split).Order(StringComparer.Ordinal));
        Assert.Equal(all.Count, Words(all).Distinct().Count());
        var random = new Random(7);
        for (var n = 0; n < 300; n++)
        {
            var walk = new Walk(moves, (_, turns) => random.Next(turns.Count));
            walk.Run();
            Assert.Single(all, prefix => prefix.SequenceEqual(walk.Way.Take(prefix.Count)));
        }

        static IEnumerable<string> Words(IEnumerable<IReadOnlyList<int>> ways) => ways.Select(w => string.Join(' ', w));
    }

    /// <summary>A part draws schedules of its own only: together the parts have every different one that each has.</summary>
    [Fact]
    public void PartsTogetherReachWhatOneRunReaches()
    {
        var scenario = Scenario.All.Single(s => s.Name == "delete");
        var parts = Enumerable.Range(1, 3).Select(p => new Explorer(null).Explore(
            scenario, new SamplingPlan(400, 7) { Part = p, Of = 3 }, null, TestContext.Current.CancellationToken)).ToArray();
        var whole = new Explorer(null).Explore(scenario, 1200, 7, cancelled: TestContext.Current.CancellationToken);
        Assert.All(parts, p => Assert.Equal(400, p.Schedules));
        Assert.Superset(whole.Rows.ToHashSet(), parts.SelectMany(p => p.Rows).ToHashSet());
        Assert.True(parts.Sum(p => p.Different) > whole.Different);
    }

    [Fact]
    public void CoverageNamesWhatNoScheduleReached()
    {
        var scenario = Scenario.All.Single(s => s.Name == "honest");
        var result = new Explorer(new TraceAcceptance(Rows)).Explore(scenario, 5, 1, cancelled: TestContext.Current.CancellationToken);
        var coverage = new RowCoverage(Rows, [scenario], result.Rows.Select(RowCoverage.Transition));
        Assert.Equal(Rows.Count(r => r.Exchange is "MainModePsk" or "QuickMode"), coverage.Rows);
        Assert.Contains(coverage.MissedRows, r => r.StartsWith("QuickMode Responder AwaitHash3 Hash3 HashDiffers", StringComparison.Ordinal));
        Assert.DoesNotContain(coverage.MissedRows, r => r.StartsWith("QuickMode Responder AwaitHash3 Hash3 HashMatches ", StringComparison.Ordinal));
        Assert.Contains(coverage.MissedPairs, p => p == "QuickMode Initiator AwaitHash2 Refused");
        Assert.Equal(Rows.Count, coverage.Rows + coverage.Unspoken.Sum(u => u.Rows));
    }

    /// <summary>
    /// What is remembered between schedules is forgotten in time: after 100,000 of them no more memory is held than after 20,000, when each part
    /// of it has been forgotten once. It takes minutes, so it is run where it is asked for: <c>--explicit only</c>.
    /// </summary>
    [Fact(Explicit = true)]
    public void MemoryIsFlatOverAHundredThousandSchedules()
    {
        var held = new SortedDictionary<int, long>();
        new Explorer(new TraceAcceptance(Rows)).Explore(
            Scenario.All.Single(s => s.Name == "duplication"), new SamplingPlan(100_000, 2409), n =>
            {
                if (n is 10_000 or 20_000 or 50_000 or 100_000)
                {
                    held[n] = GC.GetTotalMemory(forceFullCollection: true);
                }
            }, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", held.Select(h => $"{h.Key}: {h.Value >> 10} KiB")));
        Assert.InRange(held[100_000], 0, held[20_000] + (8 << 20));
    }
}
