using Microsoft.Coyote.Actors;
using RefIke.Engine;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Sampling;
using RefIke.Exploration.Sampling.Actors;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>Endpoints, network, clock and owner as Coyote's actors, and the UDP host's loop among them.</summary>
public sealed class ActorsTests
{
    private static readonly TraceAcceptance Tables = new(RowFile.ReadAll(Pair.Repository));
    private static readonly Explorer Explorer = new(Tables);

    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(s => s.Name)];

    public static TheoryData<string> Strategies => [.. Strategy.All.Select(s => s.Name)];

    /// <summary>Every run comes to its end, whoever is made to wait.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void EveryPropertyHoldsAmongActors(string name)
    {
        var plan = new SamplingPlan(21, 2409) { Shape = Shape.Actors, Strategies = Strategy.Each };
        var result = Explorer.Explore(Scenario.All.Single(s => s.Name == name), plan, null, TestContext.Current.CancellationToken);
        Assert.True(result.Found is null, $"{result.Found?.What}\n{result.Found?.Ladder}");
        Assert.Equal(21, result.Schedules);
    }

    /// <summary>The same seed draws the same schedules.</summary>
    [Theory]
    [MemberData(nameof(Strategies))]
    public void SeedDecidesWhatIsDrawn(string strategy)
    {
        foreach (var shape in Enum.GetValues<Shape>())
        {
            var plan = new SamplingPlan(10, 7) { Shape = shape, Strategies = [Strategy.All.Single(s => s.Name == strategy)] };
            var (once, again) = (Drawn(plan), Drawn(plan));
            Assert.Equal((once.Schedules, once.Different, once.Decisions), (again.Schedules, again.Different, again.Decisions));
            Assert.Equal(10, once.Schedules);
        }

        static Result Drawn(SamplingPlan plan) => Explorer.Explore(Scenario.All.Single(s => s.Name == "reordering"), plan, null, TestContext.Current.CancellationToken);
    }

    /// <summary>Strategies draw other schedules among actors, and most draw the same ones through the driver: there only its own choices count.</summary>
    [Fact]
    public void StrategiesDifferAmongActors()
    {
        Assert.Equal(1, Kinds(Shape.Seam));
        Assert.Equal(3, Kinds(Shape.Actors));

        static int Kinds(Shape shape) => new[] { "random", "prioritization", "delay-bounding" }.Select(name => Explorer.Explore(
            Scenario.All.Single(s => s.Name == "simultaneous-initiation"),
            new SamplingPlan(20, 7) { Shape = shape, Strategies = [Strategy.All.Single(s => s.Name == name)] }, null, TestContext.Current.CancellationToken))
            .Select(r => (r.Different, r.Decisions)).Distinct().Count();
    }

    /// <summary>A fault in an endpoint is found, and Coyote's record makes the same run again.</summary>
    [Fact]
    public void SeededFaultIsFoundAmongActorsAndFoundAgain()
    {
        var (scenario, mutant) = (Scenario.All.Single(s => s.Name == "loss"), Mutant.All.Single(m => m.Id == "M-121"));
        var result = Explorer.Explore(scenario, new SamplingPlan(500, 2409) { Shape = Shape.Actors, Variation = mutant }, null, TestContext.Current.CancellationToken);
        Assert.Equal("S-10", result.Found?.Property);
        var again = Explorer.Play(scenario, result.Trace!, mutant);
        Assert.Equal(result.Found!.What, again?.What);
        Assert.Equal(result.Found.Ladder, again?.Ladder);
        Assert.Null(Explorer.Play(scenario, result.Trace!));
    }

    /// <summary>
    /// A host in which the loop that receives and the loop that waits for timers both step the endpoint loses what one of them did. The host that
    /// there is has one loop for both, and every property holds in it: <see cref="EveryPropertyHoldsAmongActors"/>.
    /// </summary>
    [Fact]
    public void HostWithALoopForTimersBesideItsReceiverIsFound()
    {
        var plan = new SamplingPlan(200, 2409) { Shape = Shape.Actors };
        var result = new Explorer(Tables) { Loops = [typeof(Receiver), typeof(Timers)] }.Explore(
            Scenario.All.Single(s => s.Name == "premature-timer"), plan, null, TestContext.Current.CancellationToken);
        Assert.NotNull(result.Found);
    }

    /// <summary>Takes the step, and only later writes down where it led.</summary>
    [OnEventDoAction(typeof(Written), nameof(Write))]
    internal abstract class LateWriter : EndpointActor
    {
        protected override void Count(LocalStep step, string words, Message? message) => SendEvent(Id, new Written(step, words, message));

        protected void Write(Event e)
        {
            var written = (Written)e;
            base.Count(written.Step, written.Words, written.Message);
        }
    }

    internal sealed class Written(LocalStep step, string words, Message? message) : Event
    {
        public LocalStep Step => step;

        public string Words => words;

        public Message? Message => message;
    }

    internal sealed class Receiver : LateWriter
    {
        protected override (Host.Waiting? Input, TimerId? Timer) Next() => (Host.Take(), null);
    }

    internal sealed class Timers : LateWriter
    {
        protected override (Host.Waiting? Input, TimerId? Timer) Next() => (null, Host.Due(Stage.At.Now));
    }
}
