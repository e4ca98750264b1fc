using System.Globalization;
using RefIke.Cli.CommandLine;
using RefIke.Exploration.Exhaustive;

namespace RefIke.Cli.Exploring;

/// <summary>What exhaustive searches came to, for people and as JSON.</summary>
internal static class ExhaustiveText
{
    /// <summary>A block for each search.</summary>
    /// <param name="replay">The replay file of its violation.</param>
    public static void Write(ExhaustiveResult r, string? replay)
    {
        Console.WriteLine($"{r.Scenario}: {Verdict(r)}");
        Console.WriteLine($"  bounds        {r.Bounds}");
        Console.WriteLine($"  states        {N(r.States)}, of them {N(r.Ends)} in which the scenario has ended");
        Console.WriteLine($"  transitions   {N(r.Transitions)}, depth {N(r.Depth)}");
        Console.WriteLine($"  the core      {N(r.CoreSteps)} steps, each made once: {N(r.LocalStates)} states of one endpoint, {N(r.Messages)} datagrams");
        Console.WriteLine($"  rate          {N((long)r.Rate)} states/s, {r.Time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s, {N(r.Memory >> 20)} MiB");
        if (r.TakenUp > 0 || r.OnDisk > 0)
        {
            Console.WriteLine($"  taken up      {N(r.TakenUp)} states of a former run; parts of the reached set on disk: {r.OnDisk}");
        }

        Console.WriteLine($"  digest        {r.Digest}");
        Console.WriteLine($"                two states taken for one: probability below {r.CollisionBound.ToString("E1", CultureInfo.InvariantCulture)}");
        if (r.Found is { } found)
        {
            Console.WriteLine($"\n{found.What}\none of the shortest ways there, {found.Way.Count} moves:\n\n{found.Ladder}");
            Console.WriteLine(ExplorationText.Files(replay!));
        }
    }

    /// <summary>All as one document.</summary>
    public static string Json(IReadOnlyList<ExhaustiveResult> results) => JsonText.Document(new
    {
        document = "refike explore exhaustive",
        version = 1,
        held = results.All(r => r.IsWhole),
        searches = results.Select(r => new
        {
            r.Scenario,
            whole = r.IsWhole,
            r.States,
            r.Transitions,
            r.Ends,
            r.Depth,
            r.CoreSteps,
            r.LocalStates,
            datagrams = r.Messages,
            seconds = r.Time.TotalSeconds,
            statesPerSecond = r.Rate,
            r.Memory,
            r.TakenUp,
            r.OnDisk,
            r.Bounds,
            r.Digest,
            r.CollisionBound,
            violated = r.Found is null ? null : new { r.Found.Property, r.Found.What, Length = r.Found.Way.Count, moves = r.Found.Way, r.Found.Ladder },
        }),
    });

    private static string Verdict(ExhaustiveResult r) => r.Found is { } found ? $"{found.Property} violated"
        : r.IsWhole ? "every property holds in every state within the bounds" : "stopped before all was seen: no verdict";

    private static string N(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);
}
