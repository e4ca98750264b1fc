using System.Text.RegularExpressions;
using RefIke.Exchanges.Machines;
using RefIke.Properties.Engine;
using RefIke.Properties.Exchanges;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// What ties the specification to the code tears loudly: a row, a guard or the last citation of a clause taken away is found, and
/// the finding names it. Every row and every guard is tried, and of the clauses every seventh.
/// </summary>
public sealed class LostLinkTests
{
    private static readonly IReadOnlyList<Row> Rows = RowFile.ReadAll(Pair.Repository);

    /// <summary>Each row, missing from its table.</summary>
    [Fact]
    public void EveryRowThatIsMissingIsNamed()
    {
        var endpoint = new Pair().A.Endpoint;
        Assert.All(Rows, row => Assert.Equal(
            Of(row), Assert.Single(TableEqualityTests.Differences(endpoint, Rows.Where(r => r != row)))));
    }

    /// <summary>Each guard that is not trivial, taken out of its row: the row as it stands in the table and as in the machine.</summary>
    [Fact]
    public void EveryGuardThatIsMissingIsNamed()
    {
        var endpoint = new Pair().A.Endpoint;
        Assert.All(Rows.Where(r => r.Guard != "Always"), row =>
        {
            var without = row with { Guard = "Always" };
            var found = TableEqualityTests.Differences(endpoint, Rows.Select(r => r == row ? without : r));
            Assert.Equal(new[] { Of(row), Of(without) }.ToHashSet(), found.ToHashSet());
        });
    }

    /// <summary>Each event that a state drops, no longer named: every fifth line is tried.</summary>
    [Fact]
    public void EveryEventThatIsNoLongerSaidToBeDroppedIsNamed()
    {
        var drops = RowFile.ReadAllDrops(Pair.Repository);
        Assert.All(drops.Where((_, n) => n % 5 == 0), drop => Assert.All(drop.Events, e => Assert.Equal(
            [$"nothing is said of {drop.Exchange} {drop.Role} {drop.State} {e}"],
            TableShapeTests.Undecided(Rows, [.. drops.Select(d => d == drop ? d with { Events = [.. d.Events.Where(o => o != e)] } : d)]))));
    }

    /// <summary>
    /// In a copy of the repository that is cut down to what cites clauses: every citation of a clause in code and rows gone, and every
    /// one in tests gone, a clause after the other; coverage then names this clause and no other.
    /// </summary>
    [Fact]
    public void EveryClauseThatLosesItsCodeOrItsTestsIsNamed()
    {
        using var copy = new Citations();
        Assert.Empty(copy.Faults());
        var linked = Coverage.Of(Pair.Repository).Links;
        var sample = linked.Where((_, n) => n % 7 == 0).ToArray();
        Assert.All(sample.Where(l => l.Code + l.Rows > 0), l => Assert.Equal(
            [$"{l.Clause.Id}: nothing obeys it, and no reason is given"], copy.Without(l.Clause.Id, "src/", "spec/exchanges/")));
        Assert.All(sample.Where(l => l.IsShown && l.Clause.Exception is null), l => Assert.Equal(
            [$"{l.Clause.Id}: no test shows it, and no reason is given"], copy.Without(l.Clause.Id, "tests/")));
        Assert.True(sample.Length > 40);
    }

    /// <summary>
    /// In the same copy one single citation gone, of many or of few: the record misses it by clause and file. Every fortieth is tried.
    /// </summary>
    [Fact]
    public void EveryCitationThatIsMissingIsNamed()
    {
        using var copy = new Citations();
        copy.Record();
        var all = RecordedLinks.Lines(Coverage.Places(Pair.Repository));
        var sample = all.Where((c, n) => n % 40 == 0 && !c.Contains("spec/", StringComparison.Ordinal)).ToArray();
        Assert.True(sample.Length > 20);
        Assert.All(sample, citation =>
        {
            var parts = citation.Split(' ');
            Assert.Equal([citation], copy.LostWithoutOne(parts[0], parts[1]));
        });
    }

    private static Transition Of(Row r)
        => new(r.Exchange, r.Role, r.State, r.Event, r.Guard, r.Next, r.Sends, r.Payloads, r.Clause);

    /// <summary>
    /// A copy of the ledger, the rows, and of each other source the citations alone; vectors have one a line, and an end.
    /// </summary>
    private sealed class Citations : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("refike-links").FullName;
        private readonly Dictionary<string, string> texts = [];

        public Citations()
        {
            foreach (var (from, files) in new[]
            {
                ("spec/clauses", "*.toml"), ("spec/exchanges", "*.rows"), ("spec/models", "*.pml"), ("spec/symbolic", "*.maude"),
                ("src", "*.cs"), ("tests", "*.cs"),
            })
            {
                foreach (var file in Directory.GetFiles(Path.Combine(Pair.Repository, from), files, SearchOption.AllDirectories)
                    .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)))
                {
                    var text = File.ReadAllText(file);
                    Write(Path.GetRelativePath(Pair.Repository, file), !file.EndsWith(".cs", StringComparison.Ordinal) ? text
                        : string.Join('\n', Regex.Matches(text, """(?:"|\bclause\s+)[a-z0-9]+-[0-9A-Z][0-9A-Z.]*-\d\d""").Select(m => m.Value)));
                }
            }

            foreach (var vectors in Coverage.Places(Pair.Repository).Where(p => p.Kind == CitationKind.Vector
                && !p.File.EndsWith(".cs", StringComparison.Ordinal)).GroupBy(p => p.File))
            {
                var file = Path.HasExtension(vectors.Key) ? vectors.Key : Path.Combine(vectors.Key, "all.json");
                Write(file, string.Concat(["{\"clauses\": [\n", .. vectors.Select(v => $"\"{v.Id}\",\n"), "\"\"]}"]));
            }
        }

        public IEnumerable<string> Faults()
            => Coverage.Of(folder).Links.Where(l => l.Fault is not null).Select(l => $"{l.Clause.Id}: {l.Fault}");

        /// <summary>The faults with a clause's citations gone in some folders; they are there again afterwards.</summary>
        public string[] Without(string id, params string[] places)
        {
            var inRows = id.Replace('-', '_').Replace('.', '_');
            var changed = texts.Where(t => places.Any(p => t.Key.StartsWith(p, StringComparison.Ordinal))
                && (t.Value.Contains(id, StringComparison.Ordinal) || t.Value.Contains(inRows, StringComparison.Ordinal))).ToArray();
            foreach (var (file, text) in changed)
            {
                File.WriteAllText(Path.Combine(folder, file), file.EndsWith(".rows", StringComparison.Ordinal)
                    ? string.Join('\n', text.Split('\n').Where(l => !l.Contains($" {inRows})", StringComparison.Ordinal)))
                    : string.Join('\n', text.Split('\n').Where(l => !Ends(l, id))));
            }

            var faults = Faults().ToArray();
            foreach (var (file, text) in changed)
            {
                File.WriteAllText(Path.Combine(folder, file), text);
            }

            return faults;
        }

        public void Record() => RecordedLinks.Write(folder);

        /// <summary>What the record misses with one citation of a clause gone from a file.</summary>
        public IReadOnlyList<string> LostWithoutOne(string id, string file)
        {
            file = texts.ContainsKey(file) ? file : Path.Combine(file, "all.json");
            var lines = texts[file].Split('\n').ToList();
            lines.RemoveAt(lines.FindIndex(l => Ends(l, id)));
            File.WriteAllText(Path.Combine(folder, file), string.Join('\n', lines));
            var lost = RecordedLinks.Compare(folder).Lost;
            File.WriteAllText(Path.Combine(folder, file), texts[file]);
            return lost;
        }

        public void Dispose() => Directory.Delete(folder, true);

        private static bool Ends(string line, string id) => line.TrimEnd('"', ',').EndsWith(id, StringComparison.Ordinal);

        private void Write(string file, string text)
        {
            texts[file] = text;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.WriteAllText(Path.Combine(folder, file), text);
        }
    }
}
