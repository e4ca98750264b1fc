using System.Reflection;
using RefIke.Exchanges.Machines;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Worlds;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Properties.Engine;
using RefIke.Properties.Exchanges;
using RefIke.Specification;
using RefIke.Specification.Promela;
using RefIke.Vectors.Tests.Replay;
using Xunit;
using Xunit.v3;

namespace RefIke.Properties.Exploration;

/// <summary>
/// Seeded fault × checker: which of the table equality, SPIN, Coyote, the property tests and the vectors finds which fault.
/// The matrix is kept in <c>spec/kill-matrix.md</c>; a fault that nothing finds, or a cell that changed, fails.
/// To accept a new matrix, set REFIKE_ACCEPT=1. The faults take ten minutes and more, so they are run where they are asked
/// for: <c>--explicit only</c>, as .ci/run does.
/// </summary>
public sealed class KillMatrixTests
{
    private const string None = "–";

    private static readonly string Kept = Path.Combine(Pair.Repository, "spec", "kill-matrix.md");

    public static TheoryData<string> Faults => [.. Mutant.All.Select(m => m.Id)];

    [Theory(Explicit = true)]
    [MemberData(nameof(Faults))]
    public void EverySeededFaultIsFoundByWhomTheMatrixSays(string id)
    {
        var mutant = Mutant.All.Single(m => m.Id == id);
        var stop = TestContext.Current.CancellationToken;
        var kept = File.ReadLines(Kept).SingleOrDefault(l => l.StartsWith($"| {id} |", StringComparison.Ordinal))?.Split('|') ?? [];
        var spin = SpinRunner.IsInstalled ? Spin(mutant, stop) : kept.ElementAtOrDefault(4)?.Trim() ?? None;
        string coyote = None, rows = None, properties = None, vectors = None;
        Parallel.Invoke(
            () => coyote = Coyote(mutant, stop),
            () => (rows, properties, vectors) = (Rows(mutant), Properties(mutant), EndpointReplayTests.Finding(mutant) ?? None));
        string[] cells = [rows, spin, coyote, properties, vectors];
        Assert.Contains(cells, c => c != None);
        var line = $"| {id} | {mutant.Words} | {string.Join(" | ", cells)} |";
        if (Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1")
        {
            Keep(id, line);
            return;
        }

        Assert.Equal(string.Join('|', kept), line);
    }

    private static void Keep(string id, string line)
    {
        var lines = File.ReadAllLines(Kept).Where(l => !l.StartsWith($"| {id} |", StringComparison.Ordinal)).Append(line).ToLookup(IsFault);
        File.WriteAllLines(Kept, [.. lines[false], .. lines[true].OrderBy(Number)]);
    }

    private static bool IsFault(string line) => line.StartsWith("| M-", StringComparison.Ordinal);

    private static int Number(string line) => int.Parse(line.Split('|')[1].Trim().AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The catalogue's order, one line a fault, and no line for a fault that is gone.</summary>
    [Fact]
    public void MatrixHasEachFaultOnce()
        => Assert.Equal(Mutant.All.Select(m => m.Id), File.ReadLines(Kept).Where(IsFault).Select(l => l.Split('|')[1].Trim()));

    /// <summary>Whether the machines as the fault configures them are still the tables of the specification.</summary>
    private static string Rows(Mutant mutant)
        => TableEqualityTests.Differences(new Pair(fault: mutant).A.Endpoint).Count == 0 ? None : "yes";

    /// <summary>The first verdict of the models that the same fault in the tables changes.</summary>
    private static string Spin(Mutant mutant, CancellationToken stop)
        => mutant.InTables is not { } change ? None
            : SpinRunner.Run(Pair.Repository, new() { Change = change }, stop).FirstOrDefault(v => !v.AsExpected) is { } verdict ? $"{verdict.Model.Split(' ')[0]} {verdict.Property}"
            : None;

    /// <summary>The first property that a schedule violates; the schedule is played again and must end in the same ladder.</summary>
    private static string Coyote(Mutant mutant, CancellationToken stop)
    {
        var explorer = new Explorer(new TraceAcceptance(RowFile.ReadAll(Pair.Repository)));
        foreach (var scenario in Scenario.All)
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

    /// <summary>The first class of tests in which one fails with the fault in A.</summary>
    private static string Properties(Mutant mutant)
    {
        foreach (var type in typeof(IFaultable).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IFaultable))).OrderBy(t => t.Namespace, StringComparer.Ordinal).ThenBy(t => t.Name, StringComparer.Ordinal))
        {
            foreach (var test in type.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null).OrderBy(m => m.Name, StringComparer.Ordinal))
            {
                foreach (var arguments in Arguments(type, test))
                {
                    var tests = (IFaultable)Activator.CreateInstance(type)!;
                    tests.Fault = mutant;
                    try
                    {
                        test.Invoke(tests, arguments);
                    }
                    catch (TargetInvocationException)
                    {
                        return type.Name;
                    }
                }
            }
        }

        return None;
    }

    private static IEnumerable<object?[]> Arguments(Type type, MethodInfo test)
        => test.GetCustomAttribute<MemberDataAttribute>() is { } member
            ? ((IEnumerable<ITheoryDataRow>)type.GetProperty(member.MemberName)!.GetValue(null)!).Select(r => r.GetData())
            : test.GetParameters().Length == 0 ? [[]]
            : test.GetCustomAttributes<InlineDataAttribute>().Select(d => d.Data.ToArray());
}
