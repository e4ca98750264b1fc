using Xunit;

[assembly: AssemblyFixture(typeof(RefIke.Interop.InteropTable))]

namespace RefIke.Interop;

/// <summary>What every live case came to, as the table that CI prints: <c>interop-table.md</c> beside the tests.</summary>
public sealed class InteropTable : IDisposable
{
    private readonly List<string> rows = [];

    /// <summary>Where the table is written.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "interop-table.md");

    /// <summary>One case: the peer, RefIke's role, mode and method, both offers, what was shown.</summary>
    internal void Add(string peer, string role, LiveSetup setup, string shown, bool held)
    {
        lock (rows)
        {
            rows.Add($"| {peer,-10} | {role,-9} | {setup.Method,-20} | {setup.Phase1,-27} | {setup.Esp,-25} | {shown,-80} "
                + $"| {(held ? "ok" : "FAILED"),-6} |");
        }
    }

    public void Dispose() => File.WriteAllLines(Path,
    [
        $"| {"peer",-10} | {"RefIke",-9} | {"mode, method",-20} | {"phase 1",-27} | {"ESP",-25} | {"shown",-80} | {"",-6} |",
        $"|{new string('-', 12)}|{new string('-', 11)}|{new string('-', 22)}|{new string('-', 29)}|{new string('-', 27)}"
            + $"|{new string('-', 82)}|{new string('-', 8)}|",
        .. rows.Order(StringComparer.Ordinal),
    ]);
}
