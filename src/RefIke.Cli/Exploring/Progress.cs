using System.Diagnostics;
using System.Globalization;
using RefIke.Cli.CommandLine;

namespace RefIke.Cli.Exploring;

/// <summary>
/// How far an exploration has come: one line on standard error, written over itself, and nothing where that is no
/// terminal.
/// </summary>
internal sealed class Progress(int scenarios, long schedules) : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private readonly Lock gate = new();
    private readonly StatusLine line = new();
    private readonly long start = Stopwatch.GetTimestamp();
    private int ended;
    private long done;
    private long shown;

    /// <summary>One more schedule, from whatever thread.</summary>
    public void Ran()
    {
        var count = Interlocked.Increment(ref done);
        var last = Volatile.Read(ref shown);
        if (Stopwatch.GetElapsedTime(last) >= Between && Interlocked.CompareExchange(ref shown, Stopwatch.GetTimestamp(), last) == last)
        {
            Show(count);
        }
    }

    /// <summary>One more scenario.</summary>
    public void Ended()
    {
        Interlocked.Increment(ref ended);
        Show(Interlocked.Read(ref done));
    }

    public void Dispose()
    {
        lock (gate)
        {
            line.Show("");
        }
    }

    private void Show(long count)
    {
        lock (gate)
        {
            line.Show(string.Create(
                CultureInfo.InvariantCulture,
                $"{count:#,0} of {schedules:#,0} schedules, {count / Stopwatch.GetElapsedTime(start).TotalSeconds:#,0}/s; {ended} of {scenarios} scenarios explored"));
        }
    }
}
