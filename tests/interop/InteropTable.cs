using Xunit;

[assembly: AssemblyFixture(typeof(RefIke.Interop.InteropTable))]

namespace RefIke.Interop;

/// <summary>What every live case came to, as the table that CI prints: <c>interop-table.md</c> beside the tests.</summary>
public sealed class InteropTable : IDisposable
{
    private readonly List<string> rows = [];

    /// <summary>Where the table is written.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "interop-table.md");

    /// <summary>One case: RefIke's role, both offers, what was shown.</summary>
    internal void Add(string role, string phase1, string esp, string shown, bool held)
    {
        lock (rows)
        {
            rows.Add($"| strongSwan | {role,-9} | {phase1,-22} | {esp,-20} | {shown,-68} | {(held ? "ok" : "FAILED"),-6} |");
        }
    }

    public void Dispose() => File.WriteAllLines(Path,
    [
        $"| {"peer",-10} | {"RefIke",-9} | {"phase 1",-22} | {"ESP",-20} | {"shown",-68} | {"",-6} |",
        $"|{new string('-', 12)}|{new string('-', 11)}|{new string('-', 24)}|{new string('-', 22)}|{new string('-', 70)}|{new string('-', 8)}|",
        .. rows.Order(StringComparer.Ordinal),
    ]);
}
