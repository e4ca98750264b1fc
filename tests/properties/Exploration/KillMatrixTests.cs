using System.Globalization;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Scenarios;
using RefIke.Properties.Engine;
using RefIke.Properties.Exchanges;
using RefIke.Specification;
using RefIke.Specification.Promela;
using RefIke.Vectors.Tests.Replay;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>
/// Seeded fault × checker: which of the table equality, SPIN, Coyote, the property tests and the vectors finds which fault.
/// The matrix is kept in <c>spec/kill-matrix.md</c>; whoever it says has found a fault must find it again, alone, and a fault
/// that nobody has found fails. They take some minutes, so they are run where they are asked for: <c>--explicit only</c>, as
/// .ci/run does.
/// </summary>
/// <remarks>
/// REFIKE_ACCEPT=1 lets all checkers search, and writes the rows anew: an hour for all. REFIKE_JUDGES="properties vectors"
/// lets those columns alone search (rows, spin, coyote, properties, vectors), the others keep what they have.
/// REFIKE_FAULTS="M-12 M-13" is for those faults alone, with or without the other two.
/// </remarks>
public sealed class KillMatrixTests
{
    private const string None = "–";

    private static readonly string Kept = Path.Combine(Pair.Repository, "spec", "kill-matrix.md");

    private static bool Accepts => Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1";

    private static string[]? List(string variable)
        => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } words ? words.Split(' ') : null;

    public static TheoryData<string> Faults
    {
        get
        {
            var asked = List("REFIKE_FAULTS");
            return [.. Mutant.All.Select(m => m.Id).Where(id => asked?.Contains(id) != false)];
        }
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Faults))]
    public void EverySeededFaultIsFoundByWhomTheMatrixSays(string id)
    {
        var mutant = Mutant.All.Single(m => m.Id == id);
        var stop = TestContext.Current.CancellationToken;
        var kept = File.ReadLines(Kept).SingleOrDefault(l => l.StartsWith($"| {id} |", StringComparison.Ordinal)) is { } row
            ? Row.Of(row) : Row.Unknown;
        var asked = Accepts ? kept.Without(List("REFIKE_JUDGES")) : kept;
        var spin = SpinRunner.IsInstalled ? Spin(mutant, asked.Spin, stop) : kept.Spin;
        string coyote = None, rows = None, properties = None, vectors = None;
        Parallel.Invoke(
            () => coyote = Coyote(mutant, asked.Coyote, stop),
            () => (rows, properties, vectors) = (Rows(mutant), FaultyPairs.Finding(mutant, asked.Properties) ?? None,
                asked.Vectors == None ? None : EndpointReplayTests.Finding(mutant, asked.Vectors) ?? None));
        var found = new Row(mutant.Words, rows, spin, coyote, properties, vectors);
        Assert.Contains(found.Cells, c => c != None);
        if (Accepts)
        {
            Keep(id, $"| {id} | {mutant.Words} | {string.Join(" | ", found.Cells)} |");
            return;
        }

        Assert.Equal(kept, found);
    }

    /// <summary>The catalogue's order, one line a fault, and no line for a fault that is gone.</summary>
    [Fact]
    public void MatrixHasEachFaultOnce()
        => Assert.Equal(Mutant.All.Select(m => m.Id), File.ReadLines(Kept).Where(IsFault).Select(l => l.Split('|')[1].Trim()));

    /// <summary>Whoever failed without a fault would find them all.</summary>
    [Fact(Explicit = true)]
    public void NobodyFindsAFaultWhereThereIsNone()
    {
        var none = new Mutant("M-00", "nothing", "");
        Assert.Null(FaultyPairs.Finding(none, null));
        Assert.Null(EndpointReplayTests.Finding(none));
    }

    private static void Keep(string id, string line)
    {
        var lines = File.ReadAllLines(Kept).Where(l => !l.StartsWith($"| {id} |", StringComparison.Ordinal)).Append(line).ToLookup(IsFault);
        File.WriteAllLines(Kept, [.. lines[false], .. lines[true].OrderBy(Number)]);
    }

    private static bool IsFault(string line) => line.StartsWith("| M-", StringComparison.Ordinal);

    private static int Number(string line) => int.Parse(line.Split('|')[1].Trim().AsSpan(2), CultureInfo.InvariantCulture);

    /// <summary>Whether the machines as the fault configures them are still the tables of the specification.</summary>
    private static string Rows(Mutant mutant)
        => TableEqualityTests.Differences(new RefIke.Engine.Endpoint(mutant.Change(new Pair().A.Endpoint.Setup))).Count == 0 ? None : "yes";

    /// <summary>The first verdict that the same fault in the tables changes, of all models or of the one that had it before.</summary>
    private static string Spin(Mutant mutant, string? before, CancellationToken stop)
        => before == None || mutant.InTables is not { } change ? None
            : SpinRunner.Run(Pair.Repository, new() { Change = change, Model = before?.Split(' ')[0] }, stop)
                .FirstOrDefault(v => !v.AsExpected) is { } verdict ? $"{verdict.Model.Split(' ')[0]} {verdict.Property}"
            : None;

    /// <summary>
    /// The first property that a schedule violates, of all scenarios or of the one that had it before; the schedule is played
    /// again and must end in the same ladder.
    /// </summary>
    private static string Coyote(Mutant mutant, string? before, CancellationToken stop)
    {
        if (before == None)
        {
            return None;
        }

        var explorer = new Explorer(new TraceAcceptance(RowFile.ReadAll(Pair.Repository)));
        foreach (var scenario in Scenario.All.Where(s => before is null || s.Name == before.Split(' ')[0]))
        {
            if (explorer.Explore(scenario, 200, 2409, mutant, stop).Found is not { } found)
            {
                continue;
            }

            var again = explorer.Play(scenario, found.Way, mutant);
            Assert.Equal(found.What, again?.What);
            Assert.Equal(found.Ladder, again?.Ladder);
            return $"{scenario.Name} {found.Property}";
        }

        return None;
    }

    /// <summary>A line of the matrix without the fault's id; a cell is null where nobody was asked.</summary>
    private sealed record Row(string? Words, string? Rows, string? Spin, string? Coyote, string? Properties, string? Vectors)
    {
        /// <summary>Of a fault that the matrix does not have: nobody has found it yet.</summary>
        public static Row Unknown { get; } = new(null, None, None, None, None, None);

        public IEnumerable<string?> Cells => [Rows, Spin, Coyote, Properties, Vectors];

        public static Row Of(string line)
        {
            var cells = line.Split('|').Select(c => c.Trim()).ToArray();
            return new(cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]);
        }

        /// <summary>With the cells of these columns, or of all, to be filled.</summary>
        public Row Without(string[]? columns)
        {
            return new(Words, Keeps("rows", Rows), Keeps("spin", Spin), Keeps("coyote", Coyote), Keeps("properties", Properties), Keeps("vectors", Vectors));

            string? Keeps(string column, string? cell) => columns?.Contains(column) == false ? cell : null;
        }
    }
}
