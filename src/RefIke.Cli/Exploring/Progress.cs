using RefIke.Cli.CommandLine;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Worlds;

namespace RefIke.Cli.Exploring;

/// <summary>
/// How far an exploration has come: one line on standard error, written over itself, and nothing where that is no
/// terminal.
/// </summary>
internal sealed class Progress(int scenarios) : IDisposable
{
    private readonly Lock gate = new();
    private int ended;
    private readonly StatusLine line = new();

    public void Ended(Result result)
        => Show($"{++ended} of {scenarios} scenarios explored, the last {result.Scenario} in {result.Time.TotalSeconds:F1} s");

    public void Dispose() => Show("");

    private void Show(string text)
    {
        lock (gate)
        {
            line.Show(text);
        }
    }
}
