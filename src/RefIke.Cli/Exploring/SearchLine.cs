using System.Globalization;
using RefIke.Exploration.Exhaustive;

namespace RefIke.Cli.Exploring;

/// <summary>How far a search has come: one line on standard error, written over itself, and nothing where that is no terminal.</summary>
internal sealed class SearchLine(string scenario) : IDisposable
{
    private int length;

    /// <summary>After each round.</summary>
    public void Show(SearchProgress p)
        => Write(string.Create(CultureInfo.InvariantCulture, $"{scenario}: depth {p.Depth}, {p.States:#,0} states, {p.Frontier:#,0} in front"));

    public void Dispose() => Write("");

    private void Write(string text)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{text.PadRight(length)}{(text.Length == 0 ? "\r" : "")}");
            length = text.Length;
        }
    }
}
