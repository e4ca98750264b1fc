namespace RefIke.Cli.Verbs;

/// <summary>How far a check has come: one line on standard error, nothing where that is no terminal.</summary>
internal sealed class CheckProgress(int runs) : IDisposable
{
    private readonly Lock gate = new();
    private int begun;
    private int length;

    /// <summary>A run of either tool begins.</summary>
    public void Began(string run)
    {
        lock (gate)
        {
            Show($"run {++begun} of {runs}: {run}".TrimEnd());
        }
    }

    /// <summary>A line of the result, in place of the line of progress.</summary>
    public void Print(string? line)
    {
        lock (gate)
        {
            if (line is not null)
            {
                Show("");
                Console.WriteLine(line);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Print(null);

    private void Show(string text)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{text.PadRight(length)}{(text.Length == 0 ? "\r" : "")}");
            length = text.Length;
        }
    }
}
