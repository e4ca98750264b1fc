using Microsoft.Coyote;
using Microsoft.Coyote.SystematicTesting;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling;

/// <summary>What one schedule of a scenario consists of, for Coyote.</summary>
internal interface IShape
{
    /// <summary>An engine that draws schedules of it.</summary>
    /// <param name="isOver">Whether nothing more is to be done: then schedules are empty.</param>
    TestingEngine Engine(Configuration configuration, Func<bool> isOver);

    /// <summary>The violation in the last schedule that Coyote tells of; null where it tells of something else.</summary>
    /// <param name="reports">What it tells.</param>
    Violation? Broken(string reports);

    /// <summary>Whether an exchange stays open for ever is what Coyote itself watches: L-01.</summary>
    static Fault? StaysOpen(string reports) => reports.Contains("hot state", StringComparison.Ordinal) ? new Fault("L-01", reports) : null;
}
