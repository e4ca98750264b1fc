using RefIke.Cli.CommandLine;

namespace RefIke.Cli.Verbs;

/// <summary>How far a check has come: one line on standard error, nothing where that is no terminal.</summary>
internal sealed class CheckProgress(int runs) : IDisposable
{
    private readonly Lock gate = new();
    private readonly StatusLine line = new();
    private int begun;

    /// <summary>A run of either tool begins.</summary>
    public void Began(string run)
    {
        lock (gate)
        {
            line.Show($"run {++begun} of {runs}: {run}".TrimEnd());
        }
    }

    /// <summary>A line of the result, in place of the line of progress.</summary>
    public void Print(string? result)
    {
        lock (gate)
        {
            if (result is not null)
            {
                line.Show("");
                Console.WriteLine(result);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Print(null);
}
