using System.Globalization;
using RefIke.Cli.CommandLine;
using RefIke.Exploration.Exhaustive;

namespace RefIke.Cli.Exploring;

/// <summary>How far a search has come.</summary>
internal sealed class SearchLine(string scenario) : IDisposable
{
    private readonly StatusLine line = new();

    /// <summary>After each round.</summary>
    public void Show(SearchProgress p)
        => line.Show(string.Create(CultureInfo.InvariantCulture, $"{scenario}: depth {p.Depth}, {p.States:#,0} states, {p.Frontier:#,0} in front"));

    public void Dispose() => line.Show("");
}
