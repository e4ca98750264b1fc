using System.Globalization;
using System.Text;
using RefIke.Specification.Symbolic;

namespace RefIke.Cli.Verbs;

/// <summary>The part of <c>refike spec check</c> that is Maude's: the searches of <c>spec/symbolic</c>.</summary>
internal static class SymbolicCheck
{
    private static readonly CompositeFormat Columns =
        CompositeFormat.Parse("{0,-20} {1,-26} {2,-9} {3,-9} {4,8}  {5}");

    /// <summary>The head of the table.</summary>
    public static string Head => Cells("model", "looks for", "expected", "verdict", "states", "bounds");

    /// <summary>A line of the table, the ladder under it.</summary>
    public static string Line(SearchVerdict v)
    {
        var bounds = $"{v.Search.Start}{(v.Search.Bounds.Length > 0 ? $": {v.Search.Bounds}" : "")}";
        var line = Cells(
            v.Search.Model, v.Search.Asked, v.Expected, v.Verdict, v.States,
            v.AsExpected ? bounds : $"{bounds}  <- {Difference(v)}");
        return string.Join('\n', v.Detail.Select(d => $"    {d}".TrimEnd()).Prepend(line));
    }

    /// <summary>A verdict for JSON.</summary>
    public static object Document(SearchVerdict v) => new
    {
        v.Search.Model,
        v.Search.Module,
        v.Search.Start,
        property = v.Search.Asked,
        v.Search.Note,
        v.Expected,
        v.Verdict,
        v.AsExpected,
        v.States,
        v.Search.Bounds,
        seconds = v.Time.TotalSeconds,
        v.Detail,
    };

    private static string Difference(SearchVerdict v) => v.Expected.Length == 0 ? "NOT RECORDED"
        : v.Verdict != v.Expected ? "NOT AS RECORDED" : $"NOT AS RECORDED: {v.ExpectedStates} states";

    private static string Cells(params object[] cells) => string.Format(CultureInfo.InvariantCulture, Columns, cells);
}
