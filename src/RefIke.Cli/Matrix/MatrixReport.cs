using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RefIke.Cli.CommandLine;
using RefIke.Crypto;

namespace RefIke.Cli.Matrix;

/// <summary>All combinations of a seed and their faults: as a table, or as the document of docs/command-line.md.</summary>
internal sealed record MatrixReport(ulong Seed, ImmutableArray<(Combination Combination, string? Fault)> Runs)
{
    public bool Held => Runs.All(r => r.Fault is null);

    /// <summary>
    /// Runs them, a processor each. Keys, certificates and exponentiations are shared; the outcome does not depend on
    /// the order.
    /// </summary>
    public static MatrixReport Run(ulong seed, ImmutableArray<Combination> combinations, CancellationToken stop)
    {
        var faults = new string?[combinations.Length];
        var (keys, diffieHellman) = (new MatrixKeys(), new MemoisedDiffieHellman(DiffieHellman.Best));
        Parallel.For(0, faults.Length, new ParallelOptions { CancellationToken = stop },
            n => faults[n] = MatrixRun.Fault(combinations[n], seed, keys, diffieHellman));
        return new MatrixReport(seed, [.. combinations.Zip(faults)]);
    }

    /// <summary>The command line that runs one combination again.</summary>
    public string Repeat(Combination combination)
        => $"refike handshake --matrix --seed {Seed} --run {combination.Run}";

    public string ToText()
    {
        var text = new StringBuilder();
        Line(text, $"{"auth",-12} {"mode",-11} {"runs",5} {"completed",10}");
        foreach (var g in ByMethod())
        {
            Line(text, $"{g.Auth,-12} {g.Mode,-11} {g.Runs,5} {g.Completed,10}");
        }

        Line(text, $"{"all",-24} {Runs.Length,5} {Runs.Count(r => r.Fault is null),10}");
        Line(text, "");
        foreach (var axis in Axes.All)
        {
            Wrapped(text, axis.Name, axis.Values.Select(v => $"{v} {Count(axis, v)}"));
        }

        Line(text, "");
        foreach (var (combination, fault) in Runs.Where(r => r.Fault is not null))
        {
            Line(text, $"run {combination.Run}: {combination}");
            Line(text, $"  {fault}");
            Line(text, $"  {Repeat(combination)}");
        }

        Line(text, Held
            ? "All completed; both ends hold the same KEYMAT in every run."
            : $"{Runs.Count(r => r.Fault is not null)} of {Runs.Length} failed.");
        return text.ToString();
    }

    public string ToJson() => JsonText.Document(new
    {
        Document = "refike handshake matrix",
        Version = 1,
        Seed,
        Held,
        Runs = Runs.Length,
        Completed = Runs.Count(r => r.Fault is null),
        Methods = ByMethod().Select(g => new { g.Auth, g.Mode, g.Runs, g.Completed }),
        Axes = Axes.All.Select(a => new
        {
            a.Name,
            Values = a.Values.Select(v => new { Value = v, Runs = Count(a, v) }),
        }),
        Failures = Runs.Where(r => r.Fault is not null).Select(r => new
        {
            r.Combination.Run,
            Values = Axes.All.Zip(r.Combination.Values, (a, v) => new { Axis = a.Name, Value = v }),
            r.Fault,
            Repeat = Repeat(r.Combination),
        }),
    });

    private IEnumerable<(string Auth, string Mode, int Runs, int Completed)> ByMethod()
        => Runs.GroupBy(r => (r.Combination.Auth, Mode: r.Combination["mode"]))
            .OrderBy(g => Axes.All[0].Values.IndexOf(g.Key.Auth)).ThenByDescending(g => g.Key.Mode, StringComparer.Ordinal)
            .Select(g => (g.Key.Auth, g.Key.Mode, g.Count(), g.Count(r => r.Fault is null)));

    private int Count(Axis axis, string value) => Runs.Count(r => r.Combination[axis.Name] == value);

    private static void Wrapped(StringBuilder text, string name, IEnumerable<string> words)
    {
        var line = $"{name,-10}";
        foreach (var word in words)
        {
            if (line.Length + word.Length > 98)
            {
                Line(text, line.TrimEnd());
                line = new string(' ', 10);
            }

            line += word + "  ";
        }

        Line(text, line.TrimEnd());
    }

    private static void Line(StringBuilder text, string line) => text.Append(CultureInfo.InvariantCulture, $"{line}\n");
}
