using System.Collections.Immutable;
using RefIke.Exploration.Mutants;

namespace RefIke.Exploration.Killing;

/// <summary>
/// Seeded fault × judge, and scenario × the fault that it finds, as <c>spec/kill-matrix.md</c> keeps them. Lines of prose are left as they are.
/// </summary>
public sealed class KillMatrix
{
    private readonly string path;

    private KillMatrix(string path, IEnumerable<MatrixRow> rows, IEnumerable<KeyValuePair<string, string>> scenarios)
        => (this.path, Rows, Scenarios) = (path, rows.ToImmutableDictionary(r => r.Id), scenarios.ToImmutableDictionary());

    /// <summary>By the fault's id.</summary>
    public ImmutableDictionary<string, MatrixRow> Rows { get; private set; }

    /// <summary>By the scenario's name: which fault it finds, by which property, or why it is kept.</summary>
    public ImmutableDictionary<string, string> Scenarios { get; private set; }

    /// <summary>The matrix of a repository.</summary>
    public static KillMatrix Read(string repository)
    {
        var path = Path.Combine(repository, "spec", "kill-matrix.md");
        var lines = File.ReadAllLines(path);
        return new(path, lines.Where(IsFault).Select(MatrixRow.Of), lines.Where(IsScenario).Select(l => l.Split('`', '|')).Select(
            c => KeyValuePair.Create(c[2], c[4].Trim())));
    }

    /// <summary>What is known of a fault.</summary>
    public MatrixRow Of(Mutant fault) => Rows.GetValueOrDefault(fault.Id, MatrixRow.Unknown(fault.Id, fault.Words)) with { Words = fault.Words };

    /// <summary>Writes a fault's line in place of what stood there.</summary>
    public void Keep(MatrixRow row)
    {
        Rows = Rows.SetItem(row.Id, row);
        Write();
    }

    /// <summary>Writes a scenario's line in place of what stood there.</summary>
    public void Keep(string scenario, string finding)
    {
        Scenarios = Scenarios.SetItem(scenario, finding);
        Write();
    }

    private static bool IsFault(string line) => line.StartsWith("| M-", StringComparison.Ordinal);

    private static bool IsScenario(string line) => line.StartsWith("| `", StringComparison.Ordinal);

    /// <summary>Each table stands behind its own head: a line of dashes.</summary>
    private void Write()
    {
        var heads = 0;
        File.WriteAllLines(path, File.ReadAllLines(path).Where(l => !IsFault(l) && !IsScenario(l)).SelectMany(l => (IEnumerable<string>)(
            !l.StartsWith("|---", StringComparison.Ordinal) ? [l]
            : ++heads == 1 ? [l, .. Rows.Values.OrderBy(r => Mutant.NumberOf(r.Id)).Select(r => $"{r}")]
            : [l, .. Scenarios.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"| `{s.Key}` | {s.Value} |")])));
    }
}
